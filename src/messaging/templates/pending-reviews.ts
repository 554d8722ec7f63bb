/** Templates that were submitted and whose review is not known yet, one row for each language. */
import type { Queryable } from '../../platform/postgres/database.ts';
import type { MessagePlace } from '../outbox/outbox-row.ts';

export interface PendingReview extends MessagePlace {
  readonly templateId: string;
  readonly version: number;
  readonly language: string;
  readonly senderId: string;
  /** Whether the provider has it. */
  readonly submitted: boolean;
}

export async function addReviews(tx: Queryable, reviews: readonly PendingReview[]): Promise<void> {
  if (reviews.length === 0) return;
  await tx.query({
    text: `insert into messaging_reviews (bucket, tenant, template_id, version, language, sender_id)
           select * from unnest($1::integer[], $2::text[], $3::text[], $4::integer[], $5::text[], $6::text[])
           on conflict (bucket, tenant, template_id, version, language) do nothing`,
    values: [
      reviews.map(({ bucket }) => bucket),
      reviews.map(({ tenant }) => tenant),
      reviews.map(({ templateId }) => templateId),
      reviews.map(({ version }) => version),
      reviews.map(({ language }) => language),
      reviews.map(({ senderId }) => senderId),
    ],
  });
}

/** Leased for a minute, so that two processes do not submit the same one. Crosses buckets: few rows. */
export async function leaseReviews(
  database: Queryable,
  limit: number,
): Promise<readonly PendingReview[]> {
  const { rows } = await database.query<{
    bucket: number;
    tenant: string;
    template_id: string;
    version: number;
    language: string;
    sender_id: string;
    submitted: boolean;
  }>({
    text: `update messaging_reviews review
              set leased_until = clock_timestamp() + make_interval(secs => $2)
             from (select bucket, tenant, template_id, version, language from messaging_reviews
                    where leased_until < clock_timestamp()
                    order by leased_until limit $1 for update skip locked) free
            where review.bucket = free.bucket and review.tenant = free.tenant
              and review.template_id = free.template_id and review.version = free.version
              and review.language = free.language
            returning review.bucket, review.tenant, review.template_id, review.version, review.language,
                      review.sender_id, review.submitted`,
    values: [limit, LEASE_SECONDS],
  });
  return rows.map(({ template_id: templateId, sender_id: senderId, ...rest }) => ({
    ...rest,
    templateId,
    senderId,
  }));
}

/** Also how often a review that stays pending is asked for. */
const LEASE_SECONDS = 30;

export async function markSubmitted(database: Queryable, review: PendingReview): Promise<void> {
  await database.query({
    text: `update messaging_reviews set submitted = true, leased_until = '-infinity'
            where ${KEY}`,
    values: keyOf(review),
  });
}

export async function removeReview(database: Queryable, review: PendingReview): Promise<void> {
  await database.query({
    text: `delete from messaging_reviews where ${KEY}`,
    values: keyOf(review),
  });
}

const KEY = 'bucket = $1 and tenant = $2 and template_id = $3 and version = $4 and language = $5';

function keyOf({
  bucket,
  tenant,
  templateId,
  version,
  language,
}: PendingReview): readonly unknown[] {
  return [bucket, tenant, templateId, version, language];
}
