/** GET /v1/events, /v1/log/{bucket} and /v1/streams/{category}/{id}: what the log holds, page by page. */
import { decodeCursor, encodeCursor } from '../core/cursor.ts';
import { Failure } from '../core/errors.ts';
import type { StoredEvent } from '../core/event.ts';
import { EventPage, StreamPage } from '../contract.ts';
import type { FindFilters, LogReader } from '../log/log.ts';
import { renderPage, type PageRest } from './event-page.ts';
import { PURPOSE } from './audit-hook.ts';
import { auditedEvents } from './audited-events.ts';
import { EVENT_EXAMPLE } from './examples.ts';
import {
  newestEvents,
  newestOfStream,
  type ListedEvents,
  type StreamPlace,
} from './newest-events.ts';
import {
  invalid,
  isNewestFirst,
  limitOf,
  limitParameter,
  microsOf,
  ORDER,
  typeFilterOf,
} from './query-input.ts';
import { scoped, type Call, type Parameter, type Route } from './route.ts';

const LIMIT = { standard: 100, max: 1000 };
const TEXT = { type: 'string' };

export const AFTER: Parameter = {
  name: 'after',
  in: 'query',
  description:
    'Cursor; what follows it in the order of the listing is listed. Without it the listing begins with the oldest event held, or the newest.',
  schema: TEXT,
};
export const FILTERS: readonly Parameter[] = [
  {
    name: 'type',
    in: 'query',
    description: 'A type, or `prefix.*` for all that begin so.',
    schema: TEXT,
  },
  { name: 'source', in: 'query', description: 'The source, exactly.', schema: TEXT },
  { name: 'subject', in: 'query', description: 'The subject, exactly.', schema: TEXT },
  { name: 'id', in: 'query', description: 'The id, exactly.', schema: TEXT },
  { name: 'stream', in: 'query', description: 'The stream, `category/id`.', schema: TEXT },
];
const LIMIT_PARAMETER: Parameter = limitParameter('events', LIMIT);
const time = (name: string, description: string): Parameter => ({
  name,
  in: 'query',
  description,
  schema: { type: 'string', format: 'date-time' },
});

/** The filters that listings and tails share. */
export function filterOf(query: ReadonlyMap<string, string>) {
  return {
    type: typeFilterOf(query.get('type')),
    source: query.get('source'),
    subject: query.get('subject'),
    id: query.get('id'),
    stream: query.get('stream'),
  };
}

/**
 * The position of a cursor in `bucket`, 0n without one. Errors: CURSOR_INVALID, CURSOR_FOREIGN, CURSOR_EXPIRED with
 * the member `earliest`; a cursor beyond the head was not issued by this log.
 */
export async function placeOf(
  log: LogReader,
  bucket: number,
  cursor: string | undefined,
): Promise<{ after: bigint; head: bigint }> {
  const after =
    cursor === undefined
      ? 0n
      : decodeCursor(cursor, { incarnation: log.incarnation, bucket }).position;
  const head = await log.head(bucket);
  if (after > head.position)
    throw new Failure('CURSOR_INVALID', 'The cursor lies beyond the end of the log.');
  if (after > 0n && after < head.lowMark)
    throw new Failure('CURSOR_EXPIRED', 'The events after this cursor were removed by retention.', {
      extra: {
        earliest: encodeCursor({ incarnation: log.incarnation, bucket, position: head.lowMark }),
      },
    });
  return { after: after > head.lowMark ? after : head.lowMark, head: head.position };
}

export function eventRoutes(deps: { readonly log: LogReader }): readonly Route[] {
  return [listRoute(deps.log), streamRoute(deps.log), logRoute(deps.log)];
}

function listRoute(log: LogReader): Route {
  return {
    method: 'GET',
    path: '/v1/events',
    operationId: 'listEvents',
    tag: 'Events',
    summary: 'Events of the tenant, in the order they were recorded or newest first',
    description:
      'Go on with `next` while `more` is true; a page may be empty before that. With `order=newest` the listing begins ' +
      'with the newest event and goes back; `newer` then leads a tail, or a listing oldest first, to what came since.',
    access: scoped('events:read'),
    parameters: [
      AFTER,
      ORDER,
      ...FILTERS,
      time('from', 'Recorded at this time or later.'),
      time('to', 'Recorded before this time.'),
      LIMIT_PARAMETER,
      PURPOSE,
    ],
    audit: { class: 'access', action: 'events.listed' },
    answers: {
      200: {
        description: 'A page of events',
        schema: EventPage,
        example: { events: [EVENT_EXAMPLE], next: 'MS5hYmMuMy4x', more: false },
      },
    },
    errors: ['INPUT_INVALID', 'CURSOR_INVALID', 'CURSOR_EXPIRED', 'CURSOR_FOREIGN'],
    async handle({ principal, query }) {
      const asked: FindFilters = {
        tenant: principal.tenant,
        limit: limitOf(query, LIMIT),
        ...filterOf(query),
        fromMicros: microsOf(query, 'from'),
        toMicros: microsOf(query, 'to'),
      };
      const { events, rest } = isNewestFirst(query)
        ? await newestEvents(log, asked, query.get('after'))
        : await oldestEvents(log, asked, query.get('after'));
      return { status: 200, body: renderPage(events, rest).body, audited: auditedEvents(events) };
    },
  };
}

async function oldestEvents(
  log: LogReader,
  asked: FindFilters,
  cursor: string | undefined,
): Promise<ListedEvents> {
  const bucket = log.bucketOf(asked.tenant);
  const { after } = await placeOf(log, bucket, cursor);
  const { events, nextAfter, more } = await log.find({ ...asked, after });
  const next = (position: bigint): string =>
    encodeCursor({ incarnation: log.incarnation, bucket, position });
  const rest = (count: number): PageRest => {
    const last = count < events.length ? events[count - 1] : undefined;
    if (last !== undefined) return { next: next(last.position), more: true };
    return { next: next(nextAfter), more };
  };
  return { events, rest };
}

function streamRoute(log: LogReader): Route {
  return {
    method: 'GET',
    path: '/v1/streams/{category}/{id}',
    operationId: 'readStream',
    tag: 'Streams',
    summary: 'Events of one stream, in order of version or newest first',
    access: scoped('events:read'),
    parameters: [
      { name: 'category', in: 'path', description: 'Such as `orders`.', schema: TEXT },
      { name: 'id', in: 'path', description: 'The id within the category.', schema: TEXT },
      {
        name: 'after',
        in: 'query',
        description: 'Version; what follows it in this order is listed.',
        schema: { type: 'integer', minimum: 0 },
      },
      ORDER,
      LIMIT_PARAMETER,
    ],
    answers: { 200: { description: 'A page of the stream', schema: StreamPage } },
    audit: { class: 'access', action: 'stream.read' },
    errors: ['INPUT_INVALID', 'NOT_FOUND'],
    handle: (call) => readStream(log, call),
  };
}

async function readStream(log: LogReader, { principal, params, query }: Call) {
  const place = {
    tenant: principal.tenant,
    stream: `${params['category']}/${params['id']}`,
    limit: limitOf(query, LIMIT),
    after: versionAfter(query),
  };
  const { events, rest } = isNewestFirst(query)
    ? await newestOfStream(log, place)
    : await oldestOfStream(log, place);
  const { body } = renderPage(events, rest);
  return { status: 200, body, audited: auditedEvents(events) };
}

/** Null when none is given. */
function versionAfter(query: ReadonlyMap<string, string>): bigint | null {
  const text = query.get('after');
  if (text === undefined) return null;
  if (!/^\d{1,18}$/.test(text))
    throw invalid('after', 'must be a version of the stream.', 'NO_VERSION');
  return BigInt(text);
}

async function oldestOfStream(
  log: LogReader,
  { tenant, stream, limit, after: given }: StreamPlace,
): Promise<ListedEvents> {
  const after = given ?? 0n;
  // One more than asked for tells whether there is more.
  const events = await log.readStream(tenant, stream, {
    fromVersion: after + 1n,
    limit: limit + 1,
  });
  if (events.length === 0 && !(after > 0n && (await exists(log, tenant, stream))))
    throw new Failure('NOT_FOUND', 'There is no stream of this name.');
  const shown = events.slice(0, limit);
  const rest = (count: number): PageRest => ({
    next: (shown[count - 1]?.streamVersion ?? after).toString(),
    more: events.length > count,
  });
  return { events: shown, rest };
}

async function exists(log: LogReader, tenant: string, stream: string): Promise<boolean> {
  return (await log.readStream(tenant, stream, { fromVersion: 1n, limit: 1 })).length > 0;
}

function logRoute(log: LogReader): Route {
  return {
    method: 'GET',
    path: '/v1/log/{bucket}',
    operationId: 'readLog',
    tag: 'Log',
    summary: 'Every event of a bucket, of all tenants, for verification',
    description: 'For administrators of the installation. Each event has the extension `tenant`.',
    access: scoped('log:read'),
    audit: { class: 'access', action: 'log.read' },
    parameters: [
      {
        name: 'bucket',
        in: 'path',
        description: 'Number of the bucket.',
        schema: { type: 'integer', minimum: 0 },
      },
      AFTER,
      LIMIT_PARAMETER,
    ],
    answers: { 200: { description: 'A page of events', schema: EventPage } },
    errors: ['INPUT_INVALID', 'NOT_FOUND', 'CURSOR_INVALID', 'CURSOR_EXPIRED', 'CURSOR_FOREIGN'],
    async handle({ params, query }) {
      const bucket = /^\d{1,5}$/.test(params['bucket'] ?? '') ? Number(params['bucket']) : -1;
      if (bucket < 0 || bucket >= log.bucketCount)
        throw new Failure('NOT_FOUND', `There are ${log.bucketCount} buckets, numbered from 0.`);
      const limit = limitOf(query, LIMIT);
      const { after, head } = await placeOf(log, bucket, query.get('after'));
      const { events, looked } = await readBucket(log, { bucket, after, limit });
      const { body } = renderPage(
        events,
        (count) => {
          const position = count < events.length ? (events[count - 1]?.position ?? after) : looked;
          return {
            next: encodeCursor({ incarnation: log.incarnation, bucket, position }),
            more: position < head,
          };
        },
        { withTenant: true },
      );
      return { status: 200, body, audited: auditedEvents(events) };
    },
  };
}

/** Up to `limit` events behind `after` as they lie in the batches, and how far was looked. */
async function readBucket(
  log: LogReader,
  range: { readonly bucket: number; readonly after: bigint; readonly limit: number },
): Promise<{ events: readonly StoredEvent[]; looked: bigint }> {
  const batches = await log.readBatches(range.bucket, range.after, { eventsMax: range.limit });
  const events: StoredEvent[] = [];
  let looked = range.after;
  for (const batch of batches) {
    const skip = looked >= batch.firstPosition ? Number(looked - batch.firstPosition) + 1 : 0;
    for (let index = skip; index < batch.count && events.length < range.limit; index += 1) {
      const event = batch.eventAt(index);
      if (event !== null) events.push(event);
      looked = batch.firstPosition + BigInt(index);
    }
  }
  return { events, looked };
}
