/** Answers by key and commands by id, each as of the moment of the statement: for the writer and for callers alike. */
import type { Queryable } from '../../platform/postgres/database.ts';
import { ANSWER_KEPT_SECONDS, type StoredAnswer } from '../log.ts';

export const ANSWER_KEPT_MICROS = ANSWER_KEPT_SECONDS * 1_000_000;

export interface AnswerPlace {
  readonly tenant: string;
  readonly key: Uint8Array;
}

interface AnswerRow {
  readonly ordinal: bigint;
  readonly key: Buffer;
  readonly request: Buffer;
  readonly body: Buffer;
  readonly position: bigint;
  readonly recorded_at: bigint;
}

/**
 * The stored answer of each key, null where there is none or it is past its time. One descent of the primary key each,
 * all in one round trip. Time is what log_append_batch takes it for, so that what is null here can be recorded anew.
 */
export async function readAnswers(
  on: Queryable,
  bucket: number,
  places: readonly AnswerPlace[],
): Promise<(StoredAnswer | null)[]> {
  const found: (StoredAnswer | null)[] = places.map(() => null);
  const { rows } = await on.query<AnswerRow>({
    text: `select p.ordinal, a.key, a.request, a.body, a.position, a.recorded_at
             from unnest($2::text[], $3::bytea[]) with ordinality as p(tenant, key, ordinal)
             cross join lateral (
               select k.key, k.request, k.body, k.position, k.recorded_at from log_answers k
                where k.bucket = $1 and k.tenant = p.tenant and k.key = p.key
                limit 1) a
            where a.recorded_at > (
              select greatest(h.recorded_at, (extract(epoch from clock_timestamp()) * 1000000)::bigint) - $4::bigint
                from log_heads h where h.bucket = $1)`,
    prepared: true,
    values: [
      bucket,
      places.map(({ tenant }) => tenant),
      places.map(({ key }) => Buffer.from(key.buffer, key.byteOffset, key.byteLength)),
      ANSWER_KEPT_MICROS,
    ],
  });
  for (const row of rows)
    found[Number(row.ordinal) - 1] = {
      key: row.key,
      request: row.request,
      body: row.body,
      position: row.position,
      recordedAtMicros: row.recorded_at,
    };
  return found;
}

export interface CommandPlace {
  readonly tenant: string;
  readonly stream: string;
  readonly commandId: string;
}

export interface StoredCommand {
  readonly version: bigint;
  readonly position: bigint;
}

/** Where each command id stands in its stream, null where it does not. One descent of the primary key each. */
export async function readCommands(
  on: Queryable,
  bucket: number,
  places: readonly CommandPlace[],
): Promise<(StoredCommand | null)[]> {
  const found: (StoredCommand | null)[] = places.map(() => null);
  const { rows } = await on.query<StoredCommand & { readonly ordinal: bigint }>({
    text: `select p.ordinal, c.version, c.position
             from unnest($2::text[], $3::text[], $4::text[]) with ordinality as p(tenant, stream, id, ordinal)
             cross join lateral (
               select k.version, k.position from log_stream_commands k
                where k.bucket = $1 and k.tenant = p.tenant and k.stream = p.stream and k.command_id = p.id
                limit 1) c`,
    prepared: true,
    values: [
      bucket,
      places.map(({ tenant }) => tenant),
      places.map(({ stream }) => stream),
      places.map(({ commandId }) => commandId),
    ],
  });
  for (const { ordinal, version, position } of rows)
    found[Number(ordinal) - 1] = { version, position };
  return found;
}
