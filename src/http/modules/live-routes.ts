/** GET /v1/{module}/live: the rows of a list, and from then on each of them as it changes, as server-sent events. */
import type { CachedAuthenticator } from '../../access/authenticator.ts';
import { decodeCursor, encodeCursor } from '../../core/cursor.ts';
import { Failure } from '../../core/errors.ts';
import { pluralOf } from '../../core/module.ts';
import type { Logger } from '../../core/logger.ts';
import { createRowFeeds, type JoinedFeed } from '../../projections/live/row-feeds.ts';
import type { ReadRow, RowListQuery } from '../../projections/projections.ts';
import { rowFilter } from '../../projections/row-filter.ts';
import { limitOf } from '../query-input.ts';
import { scoped, type Call, type Route } from '../route.ts';
import { openSse, type SseConnection } from '../sse-connection.ts';
import type { Mounted } from './addresses.ts';
import { auditedList } from './audited.ts';
import { itemWriter } from './item-json.ts';
import { conditionParameters, conditionsOf, LIMIT, LIMIT_PARAMETER } from './list-conditions.ts';
import { LiveConnection } from './live-connection.ts';
import { createLiveReaders } from './live-readers.ts';
import type { ModuleRouteDependencies } from './services.ts';

/** A reader that missed more than this gets the list anew, which is less to read. */
const MISSED_EVENTS_MAX = 20_000n;

export interface LiveDependencies extends ModuleRouteDependencies {
  readonly authenticator: CachedAuthenticator;
  readonly logger: Logger;
}

export interface LiveLists {
  routeOf(mounted: Mounted): Route;
  close(): void;
}

export function createLiveLists(deps: LiveDependencies): LiveLists {
  const feeds = createRowFeeds(deps);
  const readers = createLiveReaders(deps.authenticator);

  async function handle(mounted: Mounted, call: Call): Promise<'streaming'> {
    const { principal, request, reply } = call;
    const opening = openingOf(deps, mounted, call);
    const leavePlace = readers.admit(principal.tenant);
    let joined: JoinedFeed | undefined;
    const leave = (): void => {
      leavePlace();
      joined?.leave();
    };
    try {
      joined = await feeds.join(mounted.list, principal.tenant, opening.live);
      const first = await opening.first(joined);
      if (reply.raw.destroyed) throw new Failure('INPUT_INVALID', 'The connection was closed.');
      reply.hijack();
      const connection = openSse(reply.raw);
      const { live } = opening;
      const scope = mounted.scopes.read;
      readers.add({ live, connection, headers: request.headers, principal, scope }, leave);
      first(connection);
      return 'streaming';
    } catch (error) {
      leave();
      throw error;
    }
  }

  return {
    routeOf: (mounted) => ({ ...described(mounted), handle: (call) => handle(mounted, call) }),
    close() {
      readers.close();
      feeds.close();
    },
  };
}

/** Parses what is asked for, before anything is opened. Errors: INPUT_INVALID. */
function openingOf(deps: LiveDependencies, mounted: Mounted, call: Call) {
  const { list: model } = mounted;
  const { tenant } = call.principal;
  const conditions = conditionsOf(call, model);
  const limit = limitOf(call.query, LIMIT);
  const cursor = call.request.headers['last-event-id'];
  const bucket = deps.log.bucketOf(tenant);
  const cursorAt = (position: bigint): string =>
    encodeCursor({ incarnation: deps.log.incarnation, bucket, position });
  const live = new LiveConnection({
    matches: rowFilter(model, conditions),
    render: rendererOf(mounted),
    cursorAt,
  });
  return {
    live,
    /** Reads what the connection begins with; what changes meanwhile is held by `live`. */
    async first(joined: JoinedFeed): Promise<(connection: SseConnection) => void> {
      const { position } = joined;
      const seen = typeof cursor === 'string' ? seenOf(cursor, deps.log.incarnation, bucket) : null;
      if (seen !== null && seen <= position && position - seen <= MISSED_EVENTS_MAX) {
        const changes = await missedOf(joined, seen);
        if (changes !== null) return (connection) => live.resume(connection, { position, changes });
      }
      const query: RowListQuery = { tenant, ...conditions, limit };
      const page = await deps.projections.reader(model).list(query);
      return (connection) => live.begin(connection, { position, ...page });
    },
  };
}

/** Where the reader was; null for a cursor of another log or none at all, which means to begin anew. */
function seenOf(cursor: string, incarnation: string, bucket: number): bigint | null {
  try {
    return decodeCursor(cursor, { incarnation, bucket }).position;
  } catch {
    return null;
  }
}

/** Null when the log does not hold all of it any more. */
async function missedOf(joined: JoinedFeed, seen: bigint) {
  try {
    return await joined.since(seen);
  } catch (error) {
    if (error instanceof Failure && error.code === 'CURSOR_EXPIRED') return null;
    throw error;
  }
}

/** One text for all readers of a row that changed. */
function rendererOf({ list }: Mounted): (read: ReadRow) => string {
  const known = RENDERED.get(list);
  if (known !== undefined) return known;
  const write = itemWriter(list);
  const texts = new WeakMap<ReadRow, string>();
  const render = (read: ReadRow): string => {
    const text = texts.get(read) ?? JSON.stringify(write(read));
    texts.set(read, text);
    return text;
  };
  RENDERED.set(list, render);
  return render;
}

const RENDERED = new WeakMap<Mounted['list'], (read: ReadRow) => string>();

function described(mounted: Mounted): Omit<Route, 'handle'> {
  const { path, pascal, module, scopes, list } = mounted;
  const { more: told, ...audited } = auditedList(mounted, 'followed');
  return {
    method: 'GET',
    path: `${path}/live`,
    operationId: `watch${pascal}`,
    tag: module.title,
    summary: `The list of ${pluralOf(mounted)}, and each of them as it changes, as server-sent events`,
    description:
      'First `event: snapshot` with `{"items": [...], "more": ...}`, which takes the place of what was shown; then one ' +
      'message for each row that changed, its data as in the list, and `event: removed` with `{"id": ...}` for a row ' +
      'that is gone or does not match any more. Connect again with Last-Event-ID to go on: changes are told, or the ' +
      'snapshot comes anew. A comment comes every 15 s; before the server closes it sends `event: dropped`.',
    access: scoped(scopes.read),
    parameters: [
      ...conditionParameters(list),
      LIMIT_PARAMETER,
      {
        name: 'last-event-id',
        in: 'header',
        description: 'The id of the last message seen.',
        schema: { type: 'string' },
      },
      ...told,
    ],
    ...audited,
    answers: {
      200: {
        description: 'A stream that ends when either side closes it',
        contentType: 'text/event-stream',
        schema: { type: 'string' },
      },
    },
    errors: ['INPUT_INVALID', 'WAIT_TIMEOUT'],
  };
}
