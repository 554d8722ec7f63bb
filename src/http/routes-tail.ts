/** GET /v1/events/tail: events as they are recorded, as server-sent events. */
import type { IncomingHttpHeaders } from 'node:http';
import type { CachedAuthenticator } from '../access/authenticator.ts';
import type { Principal } from '../access/principal.ts';
import { Failure } from '../core/errors.ts';
import type { LogReader } from '../log/log.ts';
import type { Tail } from '../subscriptions/follow-tail.ts';
import type { TailHub } from '../subscriptions/tail.ts';
import { AFTER, filterOf, FILTERS, placeOf } from './routes-events.ts';
import { scoped, type Call, type Route } from './route.ts';
import { openSse, type SseConnection } from './sse-connection.ts';

const COMMENT_MS = 15_000;
/** With the authenticator's second this ends the tails of a revoked key within the contract's 2 s. */
const RECHECK_MS = 500;

export interface TailRouteDependencies {
  readonly log: LogReader;
  readonly hub: TailHub;
  readonly authenticator: CachedAuthenticator;
}

interface OpenTail {
  readonly tail: Tail;
  readonly connection: SseConnection;
  readonly headers: IncomingHttpHeaders;
  readonly principal: Principal;
}

export interface TailRoute {
  readonly route: Route;
  /** Ends the timers; the hub's close has dropped the tails. */
  close(): void;
}

export function tailRoute(deps: TailRouteDependencies): TailRoute {
  const open = new Set<OpenTail>();
  // One timer of each kind for all tails, not one for each tail.
  const comments = setInterval(() => {
    for (const { connection } of open) connection.comment();
  }, COMMENT_MS);
  const rechecks = setInterval(() => {
    for (const entry of open) void recheck(entry, deps.authenticator);
  }, RECHECK_MS);

  async function handle({ principal, query, request, reply }: Call): Promise<'streaming'> {
    const { tenant } = principal;
    const bucket = deps.log.bucketOf(tenant);
    // A browser that reconnects repeats the address it began with: what it has seen since wins.
    const lastEventId = request.headers['last-event-id'];
    const cursor =
      typeof lastEventId === 'string' && lastEventId !== '' ? lastEventId : query.get('after');
    const place = await placeOf(deps.log, bucket, cursor);
    const after = cursor === undefined ? place.head : place.after;
    const { raw } = reply;
    if (raw.destroyed) throw new Failure('INPUT_INVALID', 'The connection was closed.');
    deps.hub.admit(tenant);
    reply.hijack();
    const connection = openSse(raw);
    const tail = deps.hub.open({
      tenant,
      bucket,
      filter: filterOf(query),
      after,
      head: place.head,
      sink: connection,
    });
    const entry: OpenTail = { tail, connection, headers: request.headers, principal };
    open.add(entry);
    connection.onClose(() => {
      open.delete(entry);
      tail.close();
    });
    return 'streaming';
  }

  return {
    route: { ...DESCRIPTION, handle },
    close() {
      clearInterval(comments);
      clearInterval(rechecks);
    },
  };
}

/** A key that is not valid any more ends its tails; a database that is away does not. */
async function recheck(entry: OpenTail, authenticator: CachedAuthenticator): Promise<void> {
  try {
    const answer = authenticator.recheck(entry.headers);
    const principal = answer instanceof Promise ? await answer : answer;
    if (principal.tenant !== entry.principal.tenant || !principal.scopes.has('events:read'))
      entry.tail.drop('UNAUTHENTICATED');
  } catch (error) {
    if (error instanceof Failure && error.code === 'UNAUTHENTICATED')
      entry.tail.drop('UNAUTHENTICATED');
  }
}

const DESCRIPTION: Omit<Route, 'handle'> = {
  method: 'GET',
  path: '/v1/events/tail',
  operationId: 'tailEvents',
  tag: 'Events',
  summary: 'Events as they are recorded, as server-sent events',
  description:
    'The id of each message is a cursor, its data one event. A comment comes every 15 s. Before the server closes it ' +
    'sends `event: dropped` with the data `{"code": ...}`; connect again with Last-Event-ID to go on without loss.',
  access: scoped('events:read'),
  audit: { class: 'access', action: 'events.followed' },
  parameters: [
    {
      ...AFTER,
      description: 'Cursor to start behind. Without it and Last-Event-ID the tail starts at now.',
    },
    ...FILTERS,
    {
      name: 'last-event-id',
      in: 'header',
      description: 'Cursor of the last message seen; wins over `after`.',
      schema: { type: 'string' },
    },
  ],
  answers: {
    200: {
      description: 'A stream that ends when either side closes it',
      contentType: 'text/event-stream',
      schema: { type: 'string' },
    },
  },
  errors: ['INPUT_INVALID', 'CURSOR_INVALID', 'CURSOR_EXPIRED', 'CURSOR_FOREIGN'],
};
