/** The statements on the table `dead_letters`. */
import type { Queryable } from '../../platform/postgres/database.ts';

export type DeadLetterStatus = 'open' | 'retried' | 'discarded';

export interface DeadLetterRow {
  readonly id: string;
  readonly status: DeadLetterStatus;
  readonly type: string;
  readonly source: string;
  readonly event_id: string;
  readonly code: string;
  readonly detail: string;
  readonly event: Buffer | null;
  /** Whether `event` holds sealed fields. */
  readonly sealed: boolean;
  readonly attempts: number;
  readonly created_at: string;
  readonly settled_at: string | null;
  readonly position: bigint | null;
  /** Of the event that was stored: its own or that of an edited one; null also where it was stored before this was kept. */
  readonly stored_event_id: string | null;
}

const COLUMNS = `id, status, type, source, event_id, code, detail, event, sealed, attempts, created_at, settled_at, position,
  stored_event_id`;

export interface Owner {
  readonly bucket: number;
  readonly tenant: string;
}

export interface NewDeadLetter {
  readonly id: string;
  readonly fingerprint: Buffer;
  readonly type: string;
  readonly source: string;
  readonly eventId: string;
  readonly code: string;
  readonly detail: string;
  readonly event: Buffer;
  readonly sealed: boolean;
}

/**
 * Stores the letters; an event that is there already keeps its letter, which is opened again. Answers with the id of
 * each fingerprint in hexadecimal. The letters have different fingerprints and come in their order, so two requests
 * that store the same ones lock them in the same order.
 */
export async function upsertDeadLetters(
  tx: Queryable,
  owner: Owner,
  letters: readonly NewDeadLetter[],
): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ id: string; fingerprint: Buffer }>({
    text: `insert into dead_letters as known
             (bucket, tenant, id, fingerprint, status, type, source, event_id, code, detail, event, sealed)
           select $1, $2, id, fingerprint, 'open', type, source, event_id, code, detail, event, sealed
           from unnest($3::uuid[], $4::bytea[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                       $10::bytea[], $11::boolean[])
             as new_letters (id, fingerprint, type, source, event_id, code, detail, event, sealed)
           on conflict (bucket, tenant, fingerprint) do update set
             status = 'open', attempts = known.attempts + 1, code = excluded.code, detail = excluded.detail,
             event = excluded.event, sealed = excluded.sealed, settled_at = null, position = null, stored_event_id = null
           returning id, fingerprint`,
    values: [
      owner.bucket,
      owner.tenant,
      letters.map((letter) => letter.id),
      letters.map((letter) => letter.fingerprint),
      letters.map((letter) => letter.type),
      letters.map((letter) => letter.source),
      letters.map((letter) => letter.eventId),
      letters.map((letter) => letter.code),
      letters.map((letter) => letter.detail),
      letters.map((letter) => letter.event),
      letters.map((letter) => letter.sealed),
    ],
  });
  return new Map(rows.map((row) => [row.fingerprint.toString('hex'), row.id]));
}

/** Rows of the tenant, at most 10,000: an index-only count of the primary key, about a millisecond. */
export async function countDeadLetters(tx: Queryable, owner: Owner): Promise<number> {
  const { rows } = await tx.query<{ count: bigint }>({
    text: 'select count(*) as count from dead_letters where bucket = $1 and tenant = $2',
    values: [owner.bucket, owner.tenant],
  });
  return Number(rows[0]?.count ?? 0n);
}

/** Removes the oldest settled letters to make room; index dead_letters_settled. Answers with how many went. */
export async function removeSettled(tx: Queryable, owner: Owner, count: number): Promise<number> {
  const { rowCount } = await tx.query({
    text: `delete from dead_letters where bucket = $1 and tenant = $2 and id in (
             select id from dead_letters where bucket = $1 and tenant = $2 and status <> 'open' order by id limit $3)`,
    values: [owner.bucket, owner.tenant, count],
  });
  return rowCount;
}

/** One page, newest first; `before` is exclusive. */
export async function readDeadLetters(
  database: Queryable,
  owner: Owner,
  page: { before: string | null; limit: number },
): Promise<DeadLetterRow[]> {
  const { rows } = await database.query<DeadLetterRow>({
    text: `select ${COLUMNS} from dead_letters
           where bucket = $1 and tenant = $2 and ($3::uuid is null or id < $3::uuid) order by id desc limit $4`,
    values: [owner.bucket, owner.tenant, page.before, page.limit],
  });
  return rows;
}

export async function readDeadLetter(
  database: Queryable,
  owner: Owner,
  id: string,
): Promise<DeadLetterRow | undefined> {
  const { rows } = await database.query<DeadLetterRow>({
    text: `select ${COLUMNS} from dead_letters where bucket = $1 and tenant = $2 and id = $3::uuid`,
    values: [owner.bucket, owner.tenant, id],
  });
  return rows[0];
}

export interface SettledLetter {
  readonly id: string;
  readonly status: 'retried' | 'discarded';
  readonly position: bigint | null;
  readonly storedEventId: string | null;
}

/** Settles an open letter and drops its event, which may hold personal data; false when it was settled before. */
export async function settleDeadLetter(
  database: Queryable,
  owner: Owner,
  settled: SettledLetter,
): Promise<boolean> {
  const { rowCount } = await database.query({
    text: `update dead_letters set status = $4, position = $5, stored_event_id = $6, settled_at = now(), event = null
           where bucket = $1 and tenant = $2 and id = $3::uuid and status = 'open'`,
    values: [
      owner.bucket,
      owner.tenant,
      settled.id,
      settled.status,
      settled.position,
      settled.storedEventId,
    ],
  });
  return rowCount > 0;
}

export interface OpenLetter {
  readonly id: string;
  readonly type: string;
  readonly event: Buffer;
  readonly sealed: boolean;
}

/** Open letters of the tenant: at most 10,000. */
export async function readOpenLetters(tx: Queryable, owner: Owner): Promise<OpenLetter[]> {
  const { rows } = await tx.query<OpenLetter>({
    text: `select id, type, event, sealed from dead_letters
           where bucket = $1 and tenant = $2 and status = 'open' and event is not null order by id`,
    values: [owner.bucket, owner.tenant],
  });
  return rows;
}

/** Discards letters and drops their events. */
export async function dropLetters(
  tx: Queryable,
  owner: Owner,
  ids: readonly string[],
): Promise<void> {
  await tx.query({
    text: `update dead_letters set status = 'discarded', settled_at = now(), event = null
           where bucket = $1 and tenant = $2 and id = any($3::uuid[])`,
    values: [owner.bucket, owner.tenant, ids],
  });
}

/** Notes a retry that failed again. */
export async function noteAttempt(
  database: Queryable,
  owner: Owner,
  attempt: { id: string; detail: string },
): Promise<void> {
  await database.query({
    text: `update dead_letters set attempts = attempts + 1, detail = $4
           where bucket = $1 and tenant = $2 and id = $3::uuid and status = 'open'`,
    values: [owner.bucket, owner.tenant, attempt.id, attempt.detail],
  });
}
