/**
 * Answers to requests that carried an Idempotency-Key. The row is written in the transaction that makes the document or
 * job: of two equal requests at once the second waits for it and is answered with the first one's id.
 */
import { Failure } from '../core/errors.ts';
import type { Queryable } from '../platform/postgres/database.ts';
import type { Place } from './document-rows.ts';

export interface RequestKey {
  /** The key or user that asks. */
  readonly principal: string;
  readonly key: string;
}

export interface Request {
  readonly asked: RequestKey;
  /** Keyed hash of what is asked. */
  readonly hash: Uint8Array;
  readonly atMs: number;
}

/**
 * Null when the request is new, and `place.id` its answer from now on; else the id of the first one's answer.
 * Errors: IDEMPOTENCY_MISMATCH. Locks the key until the transaction ends.
 */
export async function claimRequest(
  tx: Queryable,
  { bucket, tenant, id }: Place,
  { asked, hash, atMs }: Request,
): Promise<string | null> {
  const { rowCount } = await tx.query({
    text: `insert into document_requests (bucket, tenant, principal, key, request_hash, answer, created_at)
           values ($1, $2, $3, $4, $5, $6, to_timestamp($7::double precision / 1000))
           on conflict do nothing`,
    values: [bucket, tenant, asked.principal, asked.key, hash, id, atMs],
  });
  if (rowCount === 1) return null;
  // A statement of its own sees what the other transaction committed meanwhile.
  const { rows } = await tx.query<{ hash: Buffer; answer: string }>({
    text: `select request_hash as hash, answer from document_requests
            where bucket = $1 and tenant = $2 and principal = $3 and key = $4`,
    values: [bucket, tenant, asked.principal, asked.key],
  });
  const [first] = rows;
  if (first === undefined)
    throw new Failure('UNAVAILABLE', 'The key has just expired; ask again.', {
      retryAfterSeconds: 1,
    });
  if (first.hash.equals(hash)) return first.answer;
  throw new Failure('IDEMPOTENCY_MISMATCH', 'The key was used for another request.');
}

/** Crosses buckets, index document_requests_age. */
export async function deleteOldRequests(database: Queryable, beforeMs: number): Promise<void> {
  await database.query({
    text: `delete from document_requests where created_at < to_timestamp($1::double precision / 1000)`,
    values: [beforeMs],
  });
}
