import type { StoredEvent } from '../../core/event.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import { BatchDecoder } from '../codec/batch-decoder.ts';
import { openAlone } from '../codec/packed-batch.ts';
import { StoredBatch } from '../codec/stored-batch.ts';

export interface StreamPlace {
  readonly tenant: string;
  readonly stream: string;
}

/** No stream has this name. */
const NOWHERE = '';

/**
 * The name as PostgreSQL can be asked for it. A text of PostgreSQL holds no NUL, so no stream has one in its name; asked for
 * all the same, the statement would fail, and with it the look-ups of everybody who shares it.
 */
function askable({ stream }: StreamPlace): string {
  return stream.includes('\0') ? NOWHERE : stream;
}

/** Version of each stream, 0 when it has no events. One backward descent of the primary key each (about 4 us). */
export async function readStreamVersions(
  on: Queryable,
  bucket: number,
  streams: readonly StreamPlace[],
): Promise<number[]> {
  const { rows } = await on.query<{ version: bigint }>({
    text: `select coalesce((
                    select e.version from log_stream_events e
                     where e.bucket = $1 and e.tenant = s.tenant and e.stream = s.stream
                     order by e.version desc limit 1), 0) as version
             from unnest($2::text[], $3::text[]) with ordinality as s(tenant, stream, ordinal)
            order by s.ordinal`,
    prepared: true,
    values: [bucket, streams.map(({ tenant }) => tenant), streams.map(askable)],
  });
  return rows.map(({ version }) => Number(version));
}

interface Row {
  readonly position: bigint;
  readonly recorded_at: bigint;
  readonly event: Buffer;
}

export interface StreamRange extends StreamPlace {
  readonly fromVersion: bigint;
  readonly limit: number;
}

/**
 * The first events of each range in order of version, at most `eventsMax` of each: one range of the primary key a stream.
 * Streams read one by one cost a round trip, parsing, planning and a connection each; together they cost one.
 */
export async function readStreamBeginnings(
  on: Queryable,
  bucket: number,
  { ranges, eventsMax }: { readonly ranges: readonly StreamRange[]; readonly eventsMax: number },
): Promise<StoredEvent[][]> {
  const { rows } = await on.query<Row & { readonly ordinal: bigint }>({
    text: `select s.ordinal, e.position, e.recorded_at, e.event
             from unnest($2::text[], $3::text[], $4::bigint[], $5::integer[])
                  with ordinality as s(tenant, stream, first, most, ordinal)
             cross join lateral (
               select k.version, k.position, k.recorded_at, k.event from log_stream_events k
                where k.bucket = $1 and k.tenant = s.tenant and k.stream = s.stream and k.version >= s.first
                order by k.version limit s.most) e
            order by s.ordinal, e.version`,
    prepared: true,
    values: [
      bucket,
      ranges.map(({ tenant }) => tenant),
      ranges.map(askable),
      ranges.map(({ fromVersion }) => fromVersion),
      ranges.map(({ limit }) => Math.min(limit, eventsMax)),
    ],
  });
  const found: StoredEvent[][] = ranges.map(() => []);
  for (const row of rows) {
    const event = eventOf(bucket, row);
    if (event !== null) found[Number(row.ordinal) - 1]?.push(event);
  }
  return found;
}

/** Events of one stream in order of version: one range of the primary key. */
export async function readStreamEvents(
  on: Queryable,
  place: StreamPlace & { readonly bucket: number },
  range: { fromVersion: bigint; limit: number },
): Promise<StoredEvent[]> {
  const { rows } = await on.query<Row>({
    text: `select position, recorded_at, event from log_stream_events
            where bucket = $1 and tenant = $2 and stream = $3 and version >= $4
            order by version limit $5`,
    prepared: true,
    values: [place.bucket, place.tenant, askable(place), range.fromVersion, range.limit],
  });
  return rows.flatMap((row) => eventOf(place.bucket, row) ?? []);
}

/** Positions behind `after` in order, or before `before`, newest first. */
export type StreamPositions = { readonly limit: number } & (
  { readonly after: bigint } | { readonly before: bigint }
);

/** Positions of one stream's events, for listings by stream: they rise with the versions, by which the key is read. */
export async function readStreamPositions(
  on: Queryable,
  place: StreamPlace & { readonly bucket: number },
  range: StreamPositions,
): Promise<number[]> {
  const isUp = 'after' in range;
  const { rows } = await on.query<{ position: bigint }>({
    text: isUp
      ? `select position from log_stream_events
          where bucket = $1 and tenant = $2 and stream = $3 and position > $4
          order by version limit $5`
      : `select position from log_stream_events
          where bucket = $1 and tenant = $2 and stream = $3 and position < $4
          order by version desc limit $5`,
    values: [
      place.bucket,
      place.tenant,
      askable(place),
      isUp ? range.after : range.before,
      range.limit,
    ],
  });
  return rows.map(({ position }) => Number(position));
}

function eventOf(bucket: number, row: Row): StoredEvent | null {
  const decoder = new BatchDecoder(openAlone(row.event));
  const position = Number(row.position);
  const part = { batchId: '', lastPosition: position, recordedAt: Number(row.recorded_at) };
  const batch = new StoredBatch({
    bucket,
    first: position,
    parts: [part],
    decoder,
    rawBytes: row.event.length,
  });
  return batch.eventAt(0);
}
