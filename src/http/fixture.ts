/** The real HTTP server on a free port with the memory log and a real database: for tests. */
import { randomUUIDv7 } from 'node:crypto';
import { LOOKUP_TIMEOUT_MS, testDatabase } from '../../test/support/database.ts';
import { ensureAdminKey } from '../access/admin-key.ts';
import { createAuthenticator } from '../access/authenticator.ts';
import { createAccess, type Access } from '../access/create-access.ts';
import { databaseKeyLookup } from '../access/key-lookup.ts';
import { knownScopes } from '../access/scopes.ts';
import type { Health, LiveFigure } from '../contract.ts';
import { NO_AUDIT, type AuditTrail } from '../core/audit.ts';
import { systemClock } from '../core/clock.ts';
import { jsonDraftOf, type EventAttributes } from '../core/event.ts';
import { silentLogger } from '../core/logger.ts';
import { noMetrics } from '../core/metrics.ts';
import { createDeadLetters, type DeadLetters } from '../ingest/dead-letters/dead-letters.ts';
import { createSchemas, type Schemas } from '../ingest/schemas/schemas.ts';
import { createMemoryLog, type MemoryLog } from '../log/memory/memory-log.ts';
import { revealingReader } from '../personal-data/revealing-reader.ts';
import { readRetention, setRetention } from '../log/postgres/retain-events.ts';
import type { Database } from '../platform/postgres/database.ts';
import type { HttpDependencies } from './dependencies.ts';
import { MODULES } from '../modules/index.ts';
import { MODULE_ROUTES } from '../modules/routes.ts';
import type { ModuleRoutes } from './modules/services.ts';
import type { BusinessModule } from '../core/module.ts';
import { modulesFixture, type ModulesFixture } from './modules.fixture.ts';
import { createHttpServer, type HttpServer } from './server.ts';

export const ADMIN_KEY = 'an admin key of a test, 24 characters and more';

export interface HttpFixture {
  readonly url: string;
  readonly server: HttpServer;
  readonly log: MemoryLog;
  readonly database: Database;
  readonly schemas: Schemas;
  readonly deadLetters: DeadLetters;
  readonly modules: ModulesFixture;
  /** People and their sessions. */
  readonly access: Access;
  /** What /health/ready answers. */
  readonly health: { current: Health };
  /** A request with a key, as JSON where a body is given. */
  call(path: string, options?: CallOptions): Promise<Response>;
  /** The same, with the body parsed. */
  json(path: string, options?: CallOptions): Promise<JsonAnswer>;
  /** A new tenant; its key can do everything within it. */
  tenant(id: string): Promise<string>;
  /** A key of the tenant that `by` belongs to, with these scopes. */
  key(by: string, scopes: readonly string[]): Promise<{ id: string; key: string }>;
  /** Appends one event of a tenant, past HTTP. */
  append(tenant: string, attributes: Partial<EventAttributes>, data?: unknown): Promise<void>;
  close(): Promise<void>;
}

export interface JsonAnswer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- safe because tests assert what they find in it
  readonly body: any;
}

export interface CallOptions {
  readonly method?: string;
  readonly key?: string | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export const FIGURE: LiveFigure = {
  at: 1_795_253_400_000,
  acceptedPerSecond: 6667,
  duplicatesPerSecond: 0,
  rejectedPerSecond: 0,
  appendP50Ms: 3,
  appendP95Ms: 7,
  appendP99Ms: null,
  queueLength: 0,
  lagSeconds: 0,
  rssBytes: 1,
  cpuCores: 0.5,
};

/** What a test wants otherwise; `businessModules` are those of the installation by default. */
export interface HttpFixtureOptions extends Partial<HttpDependencies> {
  readonly businessModules?: readonly BusinessModule[];
  /** Those of the installation by default, none with other modules. */
  readonly moduleRoutes?: readonly ModuleRoutes[];
  /** None by default. */
  readonly audit?: AuditTrail;
}

export async function httpFixture(options: HttpFixtureOptions = {}): Promise<HttpFixture> {
  const { businessModules = MODULES, moduleRoutes, audit, ...overrides } = options;
  const ownRoutes = moduleRoutes ?? (businessModules === MODULES ? MODULE_ROUTES : []);
  const held = await testDatabase();
  const { database } = held;
  const log = createMemoryLog({ bucketCount: 4 });
  await ensureAdminKey({ database, bucketOf: log.bucketOf, adminApiKey: ADMIN_KEY });
  const schemas = createSchemas({ database, log, metrics: noMetrics });
  await schemas.start();
  const deadLetters = createDeadLetters({ database, log, schemas, newId: () => randomUUIDv7() });
  const health: { current: Health } = { current: { status: 'ok', dependencies: {} } };
  const clock = overrides.clock ?? systemClock;
  const access = createAccess({
    database,
    bucketOf: log.bucketOf,
    clock,
    audit: audit ?? NO_AUDIT,
    logger: silentLogger,
    secret: new Uint8Array(32).fill(7),
    scopes: knownScopes(businessModules),
    newId: () => randomUUIDv7(),
    lookupTimeoutMs: LOOKUP_TIMEOUT_MS,
  });
  const modules = await modulesFixture(log, businessModules, {
    moduleRoutes: ownRoutes,
    useApproval: access.useApproval,
    audit,
    clock: overrides.clock,
  });
  const server = createHttpServer({
    log: revealingReader(log, modules.personal),
    database,
    authenticator: createAuthenticator({
      lookup: databaseKeyLookup(database, knownScopes(businessModules)),
      clock,
      sessions: access.sessions,
      lookupTimeoutMs: LOOKUP_TIMEOUT_MS,
    }),
    access,
    clock,
    logger: silentLogger,
    metrics: noMetrics,
    rawRoutes: [],
    ingestServices: { schemas, deadLetters },
    modules,
    retention: {
      setRetention: (tenant, type, ageSeconds) =>
        setRetention(database, log.bucketOf(tenant), {
          tenant,
          type,
          ageSeconds,
          windowSeconds: 60,
        }),
      retention: (tenant) => readRetention(database, log.bucketOf(tenant)),
    },
    health: async () => health.current,
    metricsText: async () => ({ contentType: 'text/plain; version=0.0.4', text: 'up 1\n' }),
    live: { latest: () => FIGURE, history: () => [FIGURE], onFigure: () => () => undefined },
    consoleFolder: null,
    trustedProxies: [],
    version: '0.0.0-test',
    ...(audit === undefined ? {} : { audit }),
    ...overrides,
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });

  const call = (path: string, options: CallOptions = {}): Promise<Response> => {
    const { method = 'GET', key = ADMIN_KEY, body, headers, signal } = options;
    return fetch(url + path, {
      method,
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  };
  const json = async (path: string, options: CallOptions = {}): Promise<JsonAnswer> => {
    const answer = await call(path, options);
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    const body: unknown = isJson ? JSON.parse(text) : null;
    return { status: answer.status, headers: answer.headers, body };
  };
  let appended = 0;
  return {
    url,
    server,
    log,
    database,
    schemas,
    deadLetters,
    modules,
    access,
    health,
    call,
    json,
    tenant: async (id) => (await json('/v1/tenants', { method: 'POST', body: { id } })).body.apiKey,
    key: async (by, scopes) => {
      const body = { name: 'test', scopes };
      return (await json('/v1/keys', { method: 'POST', key: by, body })).body;
    },
    async append(tenant, attributes, data = {}) {
      appended += 1;
      const standard = { id: `e${appended}`, source: '/test', type: 'test.happened' };
      await log.appendReceived(tenant, [jsonDraftOf({ ...standard, ...attributes }, data)]);
    },
    async close() {
      await server.close();
      await modules.close();
      await schemas.stop();
      await log.close();
      await held.drop();
    },
  };
}
