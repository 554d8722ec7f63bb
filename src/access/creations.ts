/**
 * Makes a key, a tenant or a webhook once for equal requests. Whoever comes first with an Idempotency-Key writes its row,
 * makes what was asked and keeps the answer, all in one transaction; an equal request meanwhile, of this process or
 * another, waits for that row and then finds the answer, or makes it itself when the first one failed.
 */
import { canonicalJson } from '../core/canonical-json.ts';
import { Failure } from '../core/errors.ts';
import type { Database, Queryable } from '../platform/postgres/database.ts';
import type { Principal } from './principal.ts';
import { createAccessSecrets, sameBytes, type AccessSecrets } from './sealing.ts';

/** As long as answers to commands are kept: a client needs to know one number. */
export const CREATION_KEPT_SECONDS = 7 * 24 * 3600;

export interface CreationRequest {
  readonly principal: Pick<Principal, 'tenant' | 'keyId'>;
  /** What is made: `createKey`. */
  readonly operation: string;
  /** 1 to 255 characters; undefined for a request that is not to be remembered. */
  readonly idempotencyKey: string | undefined;
  readonly input: unknown;
}

export interface Creations {
  /**
   * What `make` gave, now or the first time. It has to be JSON, and `make` has to write through `tx` alone. Errors:
   * IDEMPOTENCY_MISMATCH when the first request under the key asked for something else; those of `make`, after which
   * nothing is remembered.
   */
  once<Made>(
    request: CreationRequest,
    make: (tx: Queryable) => Promise<Made>,
  ): Promise<{ readonly made: Made; readonly isRepeated: boolean }>;
}

export function createCreations(deps: {
  readonly database: Database;
  readonly bucketOf: (tenant: string) => number;
  readonly secrets: AccessSecrets;
}): Creations {
  const { database, bucketOf, secrets } = deps;
  return {
    once: (request, make) =>
      database.transaction(async (tx) => {
        const { principal, operation, idempotencyKey, input } = request;
        if (idempotencyKey === undefined) return { made: await make(tx), isRepeated: false };
        const { tenant, keyId } = principal;
        const row = {
          tx,
          bucket: bucketOf(tenant),
          tenant,
          key: secrets.hash(['creation', keyId, idempotencyKey]),
          request: secrets.hash(['created', operation, canonicalJson(input)]),
        };
        const box = createAccessSecrets(secrets.hash(['creation seal', keyId, idempotencyKey]));
        if (await reserve(row)) {
          const made = await make(tx);
          await keep(row, box.seal(JSON.stringify(made), [tenant, operation]));
          return { made, isRepeated: false };
        }
        const kept = await find(row);
        if (!sameBytes(kept.request, row.request))
          throw new Failure(
            'IDEMPOTENCY_MISMATCH',
            'The first request with this Idempotency-Key asked for something else.',
          );
        // safe because an equal request was answered with it: operation and input are the same
        const made = JSON.parse(box.open(kept.answer, [tenant, operation])) as Awaited<
          ReturnType<typeof make>
        >;
        return { made, isRepeated: true };
      }),
  };
}

interface CreationRow {
  readonly tx: Queryable;
  readonly bucket: number;
  readonly tenant: string;
  readonly key: Buffer;
  readonly request: Buffer;
}

/** True when the row is ours to fill: it was not there, or is over. Waits for a transaction that wrote it and goes on. */
async function reserve({ tx, bucket, tenant, key, request }: CreationRow): Promise<boolean> {
  const { rowCount } = await tx.query({
    // Locks one row of the primary key until the transaction ends.
    text: `insert into created_answers as kept (bucket, tenant, key, request)
           values ($1, $2, $3, $4)
           on conflict (bucket, tenant, key) do update
             set request = excluded.request, answer_sealed = null, created_at = now()
             where kept.created_at < now() - make_interval(secs => $5)`,
    values: [bucket, tenant, key, request, CREATION_KEPT_SECONDS],
  });
  return rowCount === 1;
}

async function keep({ tx, bucket, tenant, key }: CreationRow, sealed: Buffer): Promise<void> {
  await tx.query({
    text: `update created_answers set answer_sealed = $4
           where bucket = $1 and tenant = $2 and key = $3`,
    values: [bucket, tenant, key, sealed],
  });
}

/** Errors: IDEMPOTENCY_IN_FLIGHT for one that was swept between two statements; the next try makes it anew. */
async function find({
  tx,
  bucket,
  tenant,
  key,
}: CreationRow): Promise<{ readonly request: Buffer; readonly answer: Buffer }> {
  const { rows } = await tx.query<{ request: Buffer; answer_sealed: Buffer | null }>({
    text: `select request, answer_sealed from created_answers
           where bucket = $1 and tenant = $2 and key = $3`,
    values: [bucket, tenant, key],
  });
  const [row] = rows;
  if (row === undefined || row.answer_sealed === null)
    throw new Failure('IDEMPOTENCY_IN_FLIGHT', 'The first request with this key has not ended.', {
      retryAfterSeconds: 1,
    });
  return { request: row.request, answer: row.answer_sealed };
}
