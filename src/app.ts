/**
 * The composition root: the only file that names every adapter. `createApp` opens everything in the order in which it
 * depends on each other and `close` ends it in reverse; what fails in between closes what was opened.
 */
import { randomUUIDv7 } from 'node:crypto';
import path from 'node:path';
import { ensureAdminKey } from './access/admin-key.ts';
import { createAuthenticator } from './access/authenticator.ts';
import { databaseKeyLookup } from './access/key-lookup.ts';
import { knownScopes } from './access/scopes.ts';
import { exportOf, openErasure } from './app-erasure.ts';
import { createFrame, type Frame, type FrameParts } from './app-frame.ts';
import { firstLogins, openAccess, openAudit } from './app-access.ts';
import { openFiles, type Files } from './app-files.ts';
import { openKeys } from './app-keys.ts';
import { Opened } from './app-opened.ts';
import { openStorage, renewAfterRestore, storageRefusal } from './app-storage.ts';
import type { Config } from './config.ts';
import type { Access } from './access/create-access.ts';
import type { Audit } from './audit/create-audit-trail.ts';
import { systemClock } from './core/clock.ts';
import { DEMO_TENANT, seedDemo } from './demo/seed-demo.ts';
import { healthOf } from './health.ts';
import { createIngestRoute } from './http/ingest-route.ts';
import { auditRoutes } from './http/routes-audit.ts';
import { personalDataRoutes } from './http/routes-personal-data.ts';
import { policyRoutes } from './http/routes-policies.ts';
import { projectionRoutes } from './http/routes-projections.ts';
import { webhookRoutes } from './http/routes-webhooks.ts';
import { createHttpServer } from './http/server.ts';
import { createAdmission } from './ingest/admission.ts';
import { createDeadLetters, type DeadLetters } from './ingest/dead-letters/dead-letters.ts';
import { createIngest, type Ingest } from './ingest/ingest.ts';
import { createReceivedSealer, type ReceivedSealer } from './ingest/received-sealer.ts';
import { createSchemas, type Schemas } from './ingest/schemas/schemas.ts';
import { openPostgresLog, type PostgresLog } from './log/postgres/postgres-log.ts';
import { MODULES } from './modules/index.ts';
import { MODULE_ROUTES } from './modules/routes.ts';
import type { Erasure } from './personal-data/erase.ts';
import { revealingReader } from './personal-data/revealing-reader.ts';
import { migrate } from './platform/postgres/migrate.ts';
import { createLiveFigures, type LiveFigures } from './platform/telemetry/live.ts';
import { createLogger } from './platform/telemetry/logger.ts';
import { createMetricRegistry, type TelemetryRegistry } from './platform/telemetry/metrics.ts';
import { createBatchTracer } from './platform/telemetry/tracing.ts';

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

/** Starts a server process by its configuration. Throws what StartRefused and the adapters throw. */
export async function createApp(config: Config): Promise<App> {
  const opened = new Opened();
  try {
    return await open(config, opened);
  } catch (error) {
    // Why it did not start matters more than what did not close.
    await opened.close().catch(() => undefined);
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
  // What retention must wait for is made below; it is asked for the first time much later.
  const passed = async (bucket: number): Promise<bigint | null> => frame.passed(bucket);
  const log = opened.add(await openLog(config, { storage, logger, metrics, passed }), (it) =>
    it.close(),
  );
  const keys = await openKeys(config, opened, { storage, logger });
  // Batches that were read before hold what tombstones replace.
  opened.add(
    keys.personal.onErased(() => log.forgetBatches()),
    (stop) => stop(),
  );
  const reader = revealingReader(log, keys.personal);
  const stores = { storage, keys, log, reader, logger, metrics, modules: MODULES };
  const audit = openAudit(config, opened, stores);
  const access = openAccess(opened, { ...stores, audit });
  const files = await openFiles(config, opened, stores);
  const parts = { ...stores, audit, access, files };
  const frame = createFrame(config, opened, parts);
  const bucketOf = (tenant: string): number => log.bucketOf(tenant);
  const admin = await ensureAdminKey({ database, bucketOf, adminApiKey: config.admin.apiKey });
  const notices = [...storage.notices, ...keys.notices];
  if (admin.ignored)
    notices.push('COMPTOIR_ADMIN_API_KEY is ignored: this installation has an admin key already.');
  if (config.demo) notices.push(...(await seedDemo({ database, log })));
  notices.push(...(await firstLogins(access, config, DEMO_TENANT)));
  const services = await openServices(opened, { ...parts, frame });
  // An older copy of the database may hold what was erased since: nothing is served before that is gone.
  await services.erasure.applyErasures();
  await frame.start();
  services.erasure.start();
  opened.add(services.erasure, (it) => it.stop());
  const url = config.roles.has('http')
    ? await openHttp(config, opened, { ...parts, frame, ...services })
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

type Parts = FrameParts & {
  readonly frame: Frame;
  readonly metrics: TelemetryRegistry;
  readonly audit: Audit;
  readonly access: Access;
  readonly files: Files;
};

interface Services {
  readonly schemas: Schemas;
  readonly deadLetters: DeadLetters;
  readonly sealer: ReceivedSealer;
  readonly erasure: Erasure;
}

function openLog(
  config: Config,
  parts: Pick<Parts, 'storage' | 'logger' | 'metrics'> & Pick<Frame, 'passed'>,
): Promise<PostgresLog> {
  const { storage, logger, metrics, passed } = parts;
  return openPostgresLog({
    database: storage.database,
    dedupeWindowSeconds: config.dedupe.windowSeconds,
    dedupeKeysMax: config.dedupe.keysMax,
    refusal: () => storageRefusal(storage),
    passed,
    metrics,
    logger,
  });
}

/** What received events are judged and sealed by, and who is to be forgotten. */
async function openServices(opened: Opened, parts: Parts): Promise<Services> {
  const { storage, keys, log, logger, metrics } = parts;
  const { database } = storage;
  const schemas = createSchemas({ database, log, metrics, logger });
  await schemas.start();
  opened.add(schemas, (it) => it.stop());
  const { personal } = keys;
  const sealer = createReceivedSealer({ log, schemas, personal });
  const newId = (): string => randomUUIDv7();
  const deadLetters = createDeadLetters({ database, log, schemas, personal, sealer, newId });
  const erasure = openErasure({ ...parts, schemas, deadLetters });
  return { schemas, deadLetters, sealer, erasure };
}

async function openHttp(config: Config, opened: Opened, parts: Parts & Services): Promise<string> {
  const { storage, log, reader, logger, metrics, frame, schemas, deadLetters, sealer } = parts;
  const { audit, access, keys } = parts;
  const { database } = storage;
  const lookup = databaseKeyLookup(database, knownScopes(MODULES));
  const { sessions } = access;
  const authenticator = createAuthenticator({ lookup, clock: systemClock, sessions });
  // The raw route takes keys only: it has no check against forged requests of a browser.
  const keyAuthenticator = createAuthenticator({ lookup, clock: systemClock });
  const live = createLive(parts, () => ingest.totals);
  const ingest = createIngest({
    log,
    schemas,
    deadLetters,
    sealer,
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
    createIngestRoute({ ingest, authenticator: keyAuthenticator, admission, logger }),
    (it) => {
      it.close();
    },
  );
  const server = createHttpServer({
    log: reader,
    database,
    authenticator,
    clock: systemClock,
    logger,
    metrics,
    rawRoutes: [route],
    ingestServices: { schemas, deadLetters },
    audit,
    access,
    modules: {
      ...frame,
      ...parts.files,
      clock: systemClock,
      audit,
      linkSecret: keys.linkSecret,
      moduleRoutes: MODULE_ROUTES,
    },
    moreRoutes: [
      ...auditRoutes({ audit, clock: systemClock }),
      ...projectionRoutes(frame),
      ...policyRoutes(frame),
      ...webhookRoutes({ webhooks: frame.webhooks.service }),
      ...personalDataRoutes({ erasure: parts.erasure, export: exportOf(parts), log, logger }),
    ],
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

function createLive({ log, frame }: Parts, totals: () => Ingest['totals']): LiveFigures {
  return createLiveFigures({
    totals: {
      accepted: () => totals().accepted,
      duplicates: () => totals().duplicates,
      rejected: () => totals().rejected,
    },
    queueLength: () => log.queuedEvents(),
    lagSeconds: () => frame.projections.knownLagSeconds(),
    clock: systemClock,
  });
}
