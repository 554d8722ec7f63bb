/**
 * The HTTP server: one Node server for everything. Raw routes (ingest) are tried first and cost nothing of the
 * router; all else is described routes on fastify. Owns the tails, since they live as long as their connections.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import fastify, { type FastifyInstance } from 'fastify';
import { knownScopes } from '../access/scopes.ts';
import { encodeCursor } from '../core/cursor.ts';
import { Failure } from '../core/errors.ts';
import { renderEventJson } from '../core/event-json.ts';
import { LATENCY_BUCKETS_SECONDS, type Histogram } from '../core/metrics.ts';
import { createTailHub, type TailHub } from '../subscriptions/tail.ts';
import { createAuditHook, type AuditHook } from './audit-hook.ts';
import { createAuthFailureLimit, type AuthFailureLimit } from './auth-failure-limit.ts';
import { clientAddressBehind, type ClientAddress } from './client-address.ts';
import { HEADER_BYTES_MAX, HEADERS_TIMEOUT_MS, KEEP_ALIVE_MS } from './connection-limits.ts';
import { consolePage, mountConsole, sendPage } from './console-files.ts';
import { STALLED_MS_MAX } from './deadline.ts';
import type { HttpDependencies } from './dependencies.ts';
import { INGEST_ROUTES } from './ingest-description.ts';
import { mountRoutes, PATH_PARAMETER_LENGTH_MAX } from './mount-routes.ts';
import { failureOf, problemOf, sendProblem, traceIdOf } from './problem.ts';
import { createLiveLists, type LiveLists } from './modules/live-routes.ts';
import { moduleRoutes } from './modules/module-routes.ts';
import { createMemoryRateLimits } from './rate-limit/memory-rate-limits.ts';
import { accessRoutes } from './routes-access.ts';
import { peopleRoutes } from './routes-access-people.ts';
import { docsRoutes } from './routes-docs.ts';
import { eventRoutes } from './routes-events.ts';
import { noLoadShedder } from './load-shedding/load-shedder.ts';
import { hostFault, refuseMalformed } from './malformed-request.ts';
import { retentionRoutes } from './routes-retention.ts';
import { ingestServiceRoutes } from './routes-ingest-services.ts';
import { operationRoutes } from './routes-operations.ts';
import { streamRoutes } from './routes-streams.ts';
import { tailRoute } from './routes-tail.ts';
import type { Route } from './route.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { sessionRequests } from './session-requests.ts';
import { sseFrame } from './sse-connection.ts';

/** Node looks for heads that are late this often; its own half minute would let them be late by as much. */
const CHECK_MS = 2_000;
/** Tails and clients; each connection costs some ten kilobytes. */
const CONNECTIONS_MAX = 10_000;
/** Answers beyond this wait for their reader; buffers of the system hold less than this and more than a usual answer. */
const LARGE_BYTES = 64 * 1024;
/** Requests under way have this long to finish; an idle server must end within 3 s. */
const DRAIN_MS = 2000;

export interface HttpServer {
  /** Resolves with the address listened on, such as `http://127.0.0.1:8080`. */
  listen(address: { readonly host: string; readonly port: number }): Promise<string>;
  /** Takes no more, tells tails, lets requests finish within DRAIN_MS. */
  close(): Promise<void>;
  readonly tails: TailHub;
  /** `METHOD /path` of everything that answers, the console's files excepted; the path as in OpenAPI. */
  readonly mounted: ReadonlySet<string>;
  /** What /openapi.json is made from. */
  readonly routes: readonly Route[];
}

export function createHttpServer(deps: HttpDependencies): HttpServer {
  const hub = createTailHub({
    ...deps,
    render: (event) => {
      const { bucket, position } = event;
      const cursor = encodeCursor({ incarnation: deps.log.incarnation, bucket, position });
      return sseFrame(cursor, renderEventJson(event));
    },
  });
  const tail = tailRoute({ ...deps, hub });
  const operations = operationRoutes(deps);
  const live =
    deps.modules === undefined ? undefined : createLiveLists({ ...deps, ...deps.modules });
  const described = describedRoutes(deps, {
    tail: tail.route,
    operations: operations.routes,
    live,
  });
  const routes = [...described, ...docsRoutes(described, deps.version)];
  // What raw handlers serve is mounted by being described; all else tells of itself.
  const raw = routes.filter((route) => route.handle === undefined);
  const mounted = new Set(raw.map((route) => `${route.method} ${route.path}`));
  const hook = createAuditHook({
    ...deps,
    clientAddress: clientAddressBehind(deps.trustedProxies),
  });
  const app = createApp({ ...deps, hook }, routes, mounted);
  let closing = false;
  const { shedder = noLoadShedder } = deps;
  // Whoever is served while the server drains is asked to go: a busy connection would otherwise be cut in the middle. Who
  // came while it was overloaded, to come again.
  app.server.prependListener('request', (request, response: ServerResponse) => {
    if (closing || shedder.givesBack(request)) response.setHeader('connection', 'close');
  });
  return {
    tails: hub,
    mounted,
    routes,
    async listen({ host, port }) {
      await mountConsole(app, deps.consoleFolder);
      return app.listen({ host, port });
    },
    async close() {
      closing = true;
      operations.close();
      hub.close();
      tail.close();
      live?.close();
      const cut = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS);
      await Promise.all([app.close(), shedder.close()]);
      clearTimeout(cut);
      hook.close();
    },
  };
}

interface MadeHere {
  readonly tail: Route;
  readonly operations: readonly Route[];
  readonly live: LiveLists | undefined;
}

function describedRoutes(deps: HttpDependencies, made: MadeHere): readonly Route[] {
  const { access, ingestServices, modules, retention } = deps;
  const clientAddress = clientAddressBehind(deps.trustedProxies);
  return [
    ...INGEST_ROUTES,
    ...eventRoutes(deps),
    made.tail,
    ...accessRoutes({ ...deps, scopes: knownScopes(modules?.modules ?? []) }),
    ...(access === undefined ? [] : peopleRoutes({ access, clientAddress })),
    ...(ingestServices === undefined ? [] : ingestServiceRoutes(ingestServices)),
    ...(retention === undefined ? [] : retentionRoutes(retention)),
    ...made.operations,
    ...(deps.moreRoutes ?? []),
    ...moduleRoutesOf(deps, made.live),
  ];
}

function moduleRoutesOf(deps: HttpDependencies, live: LiveLists | undefined): readonly Route[] {
  if (deps.modules === undefined) return [];
  const moduleDependencies = { ...deps.modules, log: deps.log };
  return [...streamRoutes(moduleDependencies), ...moduleRoutes(moduleDependencies, live)];
}

type AppDependencies = HttpDependencies & { readonly hook: AuditHook };

function createApp(
  deps: AppDependencies,
  routes: readonly Route[],
  mounted: Set<string>,
): FastifyInstance {
  const limit = createAuthFailureLimit(deps.clock);
  const clientAddress = clientAddressBehind(deps.trustedProxies);
  const seconds = deps.metrics.histogram({
    name: 'comptoir_http_request_seconds',
    help: 'Time from the head of a request to the end of its answer.',
    labels: ['route', 'status'],
    buckets: LATENCY_BUCKETS_SECONDS,
  });
  const app = fastify({
    serverFactory: (handler) =>
      nodeServer((request, response) => {
        if (!serveRaw(deps, { request, response, seconds, limit, clientAddress }))
          handler(request, response);
      }),
    exposeHeadRoutes: false,
    clientErrorHandler: (error, socket) => refuseMalformed(error, socket),
    return503OnClosing: false,
    routerOptions: { maxParamLength: PATH_PARAMETER_LENGTH_MAX },
    frameworkErrors: (error, request, reply) =>
      sendProblem(reply.raw, error, traceIdOf(request.headers['traceparent'])),
  });
  app.addHook('onRoute', ({ method, url }) => {
    const isConsole = url === '/' || url === '/*';
    // A head goes with its GET and is described by it.
    if (!isConsole && method !== 'HEAD')
      mounted.add(`${String(method)} ${url.replaceAll(/:(\w+)/g, '{$1}')}`);
  });
  answerLikeRoutes(app, { ...deps, seconds });
  deps.shedder?.attach({
    server: app.server,
    connectionsMax: CONNECTIONS_MAX,
    onRefused(count, each) {
      const labels = { route: RAW_ROUTE, status: '5xx' };
      for (let index = 0; index < count; index += 1) seconds.observe(each, labels);
    },
  });
  mountRoutes(app, routes, {
    authenticator: deps.authenticator,
    limit,
    clientAddress,
    sessions: deps.access === undefined ? undefined : sessionRequests(deps.access),
    audit: deps.hook,
    rateLimits: deps.rateLimits ?? createMemoryRateLimits(deps.clock),
  });
  return app;
}

interface AnswerDependencies extends Pick<
  HttpDependencies,
  'logger' | 'consoleFolder' | 'stalledMsMax'
> {
  readonly seconds: Histogram;
}

/** Headers and figures of every answer, and problem documents for what failed. */
function answerLikeRoutes(
  app: FastifyInstance,
  { seconds, logger, consoleFolder, stalledMsMax = STALLED_MS_MAX }: AnswerDependencies,
): void {
  app.addHook('onSend', async (_request, reply, payload) => {
    // Until the next request of the connection; Node sees to it that whoever takes a little now and then is not cut.
    if (isLarge(payload)) reply.raw.socket?.setTimeout(stalledMsMax);
    return payload;
  });
  // A promise: what is refused at once would be refused before the end of a request without a body has been seen, and its
  // connection closed below.
  app.addHook('onRequest', async (_request, reply) => {
    void reply.headers(SECURITY_HEADERS);
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = `${request.method} ${request.routeOptions.url ?? 'none'}`;
    const elapsed = reply.elapsedTime;
    seconds.observe(elapsed / 1000, { route, status: statusClass(reply.statusCode) });
    logger.debug('request', { route, status: reply.statusCode, durationMs: elapsed });
    done();
  });
  app.setErrorHandler((error, request, reply) => {
    const traceId = traceIdOf(request.headers['traceparent']);
    const { status, headers, problem } = problemOf(error, traceId);
    if (status === 500) {
      const { cause } = failureOf(error);
      logger.error('a request failed', { traceId, code: problem.code, error: cause ?? error });
    }
    if (!request.raw.complete) void reply.header('connection', 'close');
    return reply.code(status).headers(headers).send(JSON.stringify(problem));
  });
  const pageFor = consolePage(consoleFolder);
  app.setNotFoundHandler((request, reply) => {
    const html = pageFor(request);
    if (html !== null) return sendPage(reply, html);
    throw new Failure('NOT_FOUND', 'There is nothing under this address and method.');
  });
}

function nodeServer(handler: (request: IncomingMessage, response: ServerResponse) => void): Server {
  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    connectionsCheckingInterval: CHECK_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Newline-delimited JSON may flow for hours; whoever reads a body bounds the time itself.
    requestTimeout: 0,
    maxHeaderSize: HEADER_BYTES_MAX,
    requireHostHeader: false,
    noDelay: true,
  });
  server.maxConnections = CONNECTIONS_MAX;
  // Node would answer with 417 and no word; who expects more than is known may be served all the same (RFC 9110, section
  // 10.1.1).
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('request', (request, response: ServerResponse) => {
    // Node would refuse the lack of a host by itself, without a problem document, and take the first of two, where a proxy in
    // front may have looked at the second.
    const fault = hostFault(request);
    if (fault === null) return handler(request, response);
    const failure = new Failure('INPUT_INVALID', `The request ${fault}`);
    sendProblem(response, failure, traceIdOf(request.headers['traceparent']));
  });
  return server;
}

interface RawExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly seconds: Histogram;
  readonly limit: AuthFailureLimit;
  readonly clientAddress: ClientAddress;
}

/** Tries the raw routes; one of them that takes the request is measured and its refusals counted like any other. */
function serveRaw(deps: AppDependencies, exchange: RawExchange): boolean {
  const { request, response, seconds, limit, clientAddress } = exchange;
  if (request.method !== 'POST' && request.method !== 'OPTIONS') return false;
  const refusal = limit.isEmpty ? null : limit.refusal(clientAddress(request));
  if (refusal !== null && !deps.authenticator.knows(request.headers)) {
    sendProblem(response, refusal, traceIdOf(request.headers['traceparent']));
    return true;
  }
  const started = performance.now();
  if (!deps.rawRoutes.some((route) => route(request, response))) return false;
  // Closed but once, and `once` would make a function more for each.
  response.on('close', () => {
    const status = statusClass(response.statusCode);
    seconds.observe((performance.now() - started) / 1000, { route: RAW_ROUTE, status });
    const { authorization } = request.headers;
    const hasCredential = authorization !== undefined || request.headers['x-api-key'] !== undefined;
    if (response.statusCode === 401 && hasCredential) limit.failed(clientAddress(request));
    deps.hook.rawAnswered(RAW_ROUTE, request, response.statusCode);
  });
  return true;
}

const RAW_ROUTE = 'POST /v1/events';

/** What the system does not take at once lies in memory until it was read. */
function isLarge(payload: unknown): boolean {
  if (typeof payload === 'string' || payload instanceof Uint8Array)
    return payload.length > LARGE_BYTES;
  return payload !== null && payload !== undefined;
}

function statusClass(status: number): string {
  return `${Math.floor(status / 100)}xx`;
}
