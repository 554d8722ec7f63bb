/**
 * The composition root: the only file that names every adapter. `createApp` opens everything in the order in which it
 * depends on each other and `close` ends it in reverse; what fails in between closes what was opened.
 */
import { randomUUIDv7 } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { ensureAdminKey } from './access/admin-key.ts';
import { createAuthenticator } from './access/authenticator.ts';
import { databaseKeyLookup } from './access/key-lookup.ts';
import type { Config } from './config.ts';
import { systemClock } from './core/clock.ts';
import { Failure } from './core/errors.ts';
import type { Logger } from './core/logger.ts';
import { seedDemo } from './demo/seed-demo.ts';
import { healthOf } from './health.ts';
import { createIngestRoute } from './http/ingest-route.ts';
import { createHttpServer } from './http/server.ts';
import { createAdmission } from './ingest/admission.ts';
import { createDeadLetters } from './ingest/dead-letters/dead-letters.ts';
import { createIngest, type Ingest } from './ingest/ingest.ts';
import { createSchemas } from './ingest/schemas/schemas.ts';
import { renewIncarnation } from './log/postgres/open-info.ts';
import { openPostgresLog, type PostgresLog } from './log/postgres/postgres-log.ts';
import type { Database } from './platform/postgres/database.ts';
import { type EmbeddedPostgres, startEmbedded } from './platform/postgres/embedded.ts';
import { checkExternalServer } from './platform/postgres/external.ts';
import { migrate } from './platform/postgres/migrate.ts';
import { openDatabase } from './platform/postgres/pool.ts';
import { RESTORED_FILE } from './platform/postgres/restore.ts';
import { createLiveFigures, type LiveFigures } from './platform/telemetry/live.ts';
import { createLogger } from './platform/telemetry/logger.ts';
import { createMetricRegistry, type TelemetryRegistry } from './platform/telemetry/metrics.ts';
import { createBatchTracer } from './platform/telemetry/tracing.ts';

/** A refused connection is known at once; a server that does not answer at all must not hold requests for a second. */
const CONNECT_TIMEOUT_MS = 700;
/** After this long the outcome of a statement counts as unknown. */
const STATEMENT_TIMEOUT_MS = 10_000;
/** Space does not come back by itself: somebody has to free it. */
const STORAGE_RETRY_SECONDS = 5;
const VERSION = '0.1.0';
const ROOT = path.resolve(import.meta.dirname, '..');

export interface App {
  /** Where the HTTP server listens; empty when this process has no role `http`. */
  readonly url: string;
  readonly notices: readonly string[];
  /** A key that was made at this start: shown once. */
  readonly adminKey?: string;
  /** The key that the command line of this machine uses, when it became known at this start. */
  readonly cliKey?: string;
  /** Of the embedded PostgreSQL only. */
  readonly databaseUrl?: string;
  close(): Promise<void>;
}

/** What was opened so far, closed in reverse order. */
class Opened {
  readonly #closers: (() => Promise<void> | void)[] = [];

  add<T>(value: T, close: (value: T) => Promise<void> | void): T {
    this.#closers.push(() => close(value));
    return value;
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close();
  }
}

/** Starts a server process by its configuration. Throws what StartRefused and the adapters throw. */
export async function createApp(config: Config): Promise<App> {
  const opened = new Opened();
  try {
    return await open(config, opened);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function open(config: Config, opened: Opened): Promise<App> {
  const logger = createLogger({ level: config.logLevel });
  const metrics = opened.add(createMetricRegistry(), (registry) => {
    registry.close();
  });
  const storage = await openStorage(config, opened, logger);
  const { database } = storage;
  await migrate(database);
  await renewAfterRestore(storage, logger);
  const log = opened.add(await openLog(config, { storage, logger, metrics }), (it) => it.close());
  const bucketOf = (tenant: string): number => log.bucketOf(tenant);
  const admin = await ensureAdminKey({ database, bucketOf, adminApiKey: config.admin.apiKey });
  const notices = [...storage.notices];
  if (admin.ignored)
    notices.push('COMPTOIR_ADMIN_API_KEY is ignored: this installation has an admin key already.');
  if (config.demo) notices.push(...(await seedDemo({ database, log })));
  const url = config.roles.has('http')
    ? await openHttp(config, opened, { storage, log, logger, metrics })
    : '';
  const cliKey = admin.created ?? (admin.ignored ? undefined : config.admin.apiKey);
  return {
    url,
    notices,
    ...(admin.created === undefined ? {} : { adminKey: admin.created }),
    ...(cliKey === undefined ? {} : { cliKey }),
    ...(storage.embedded ? { databaseUrl: storage.embedded.url } : {}),
    close: () => opened.close(),
  };
}

interface Storage {
  readonly database: Database;
  readonly embedded: EmbeddedPostgres | null;
  readonly notices: readonly string[];
}

async function openStorage(config: Config, opened: Opened, logger: Logger): Promise<Storage> {
  const embedded =
    config.postgres.kind === 'embedded'
      ? opened.add(
          await startEmbedded({
            dataDir: config.data.dir,
            dataDirExplicit: config.data.chosen,
            logger,
          }),
          (it) => it.stop(),
        )
      : null;
  const url = config.postgres.kind === 'external' ? config.postgres.url : (embedded?.url ?? '');
  const database = opened.add(
    openDatabase({
      url,
      connectionsMax: config.connectionsMax,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      logger,
    }),
    (it) => it.close(),
  );
  if (!embedded) {
    const { notices } = await checkExternalServer(database);
    return { database, embedded: null, notices };
  }
  return { database, embedded, notices: embedded.notices };
}

/** Appends are refused while the disk is full: PostgreSQL ends itself when it cannot write its own log. */
function storageRefusal({ embedded }: Storage): Failure | undefined {
  if (!embedded?.storageFull) return undefined;
  return new Failure('STORAGE_FULL', 'The disk of the database is full; nothing was stored.', {
    retryAfterSeconds: STORAGE_RETRY_SECONDS,
  });
}

/** Cursors that were issued after the backup point to events this copy does not have. */
async function renewAfterRestore({ embedded, database }: Storage, logger: Logger): Promise<void> {
  if (!embedded) return;
  const marker = path.join(embedded.dataDir, RESTORED_FILE);
  const restored = await readFile(marker).then(
    () => true,
    () => false,
  );
  if (!restored) return;
  await renewIncarnation(database);
  await rm(marker);
  logger.info('the log was restored and has a new incarnation');
}

interface Parts {
  readonly storage: Storage;
  readonly logger: Logger;
  readonly metrics: TelemetryRegistry;
}

function openLog(config: Config, { storage, logger, metrics }: Parts): Promise<PostgresLog> {
  return openPostgresLog({
    database: storage.database,
    dedupeWindowSeconds: config.dedupe.windowSeconds,
    dedupeKeysMax: config.dedupe.keysMax,
    refusal: () => storageRefusal(storage),
    metrics,
    logger,
  });
}

async function openHttp(
  config: Config,
  opened: Opened,
  parts: Parts & { readonly log: PostgresLog },
): Promise<string> {
  const { storage, log, logger, metrics } = parts;
  const { database } = storage;
  const authenticator = createAuthenticator({
    lookup: databaseKeyLookup(database),
    clock: systemClock,
  });
  const schemas = createSchemas({ database, log, metrics, logger });
  await schemas.start();
  opened.add(schemas, (it) => it.stop());
  const deadLetters = createDeadLetters({ database, log, schemas, newId: () => randomUUIDv7() });
  const live = createLive(parts, () => ingest.totals);
  const ingest = createIngest({
    log,
    schemas,
    deadLetters,
    metrics,
    tracer: await createBatchTracer(config.tracing),
    onAppend: (ms) => {
      live.observeAppend(ms);
    },
  });
  live.start();
  opened.add(live, (it) => {
    it.stop();
  });
  const admission = createAdmission(metrics, { queuedEvents: () => log.queuedEvents() });
  const route = opened.add(
    createIngestRoute({ ingest, authenticator, admission, logger }),
    (it) => {
      it.close();
    },
  );
  const server = createHttpServer({
    log,
    database,
    authenticator,
    clock: systemClock,
    logger,
    metrics,
    rawRoutes: [route],
    ingestServices: { schemas, deadLetters },
    retention: log,
    health: () => healthOf({ database, refusal: storageRefusal(storage) }),
    metricsText: async () => ({ contentType: metrics.contentType, text: await metrics.text() }),
    live,
    consoleFolder: path.join(ROOT, 'console/static'),
    trustedProxies: config.http.trustedProxies,
    version: VERSION,
  });
  opened.add(server, (it) => it.close());
  return server.listen({ host: config.http.host, port: config.http.port });
}

function createLive({ log }: { log: PostgresLog }, totals: () => Ingest['totals']): LiveFigures {
  return createLiveFigures({
    totals: {
      accepted: () => totals().accepted,
      duplicates: () => totals().duplicates,
      rejected: () => totals().rejected,
    },
    queueLength: () => log.queuedEvents(),
    // There is no projection yet that could lag.
    lagSeconds: () => 0,
    clock: systemClock,
  });
}
