/**
 * The composition root: the only file that names every adapter. `createApp` opens everything in the order in which it
 * depends on each other and `close` ends it in reverse; what fails in between closes what was opened.
 */
import { randomUUIDv7 } from 'node:crypto';
import { ensureAdminKey } from './access/admin-key.ts';
import { openDemo } from './app-demo.ts';
import { openDocuments } from './app-documents.ts';
import { openErasure } from './app-erasure.ts';
import { endKeeping } from './app-keeping.ts';
import { createFrame, type Frame } from './app-frame.ts';
import { openHttp } from './app-http.ts';
import { type Parts, type Services } from './app-services.ts';
import { firstLogins, openAccess, openAudit } from './app-access.ts';
import { openFiles, sweepFiles } from './app-files.ts';
import { openKeys } from './app-keys.ts';
import {
  messagingRoutes,
  openMessaging,
  startMessaging,
  type RunningMessaging,
} from './app-messaging.ts';
import { Opened } from './app-opened.ts';
import { openStorage, renewAfterRestore, storageRefusal } from './app-storage.ts';
import type { Config } from './config.ts';
import type { ForgetsPersons } from './core/personal-data.ts';
import { createDeadLetters } from './ingest/dead-letters/dead-letters.ts';
import { createReceivedSealer } from './ingest/received-sealer.ts';
import { createSchemas } from './ingest/schemas/schemas.ts';
import { openPostgresLog, type PostgresLog } from './log/postgres/postgres-log.ts';
import { MODULES } from './modules/index.ts';
import { revealingReader } from './personal-data/revealing-reader.ts';
import { migrate } from './platform/postgres/migrate.ts';
import { createAppendMeter } from './platform/telemetry/append-meter.ts';
import { createLogger } from './platform/telemetry/logger.ts';
import { createMetricRegistry } from './platform/telemetry/metrics.ts';

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
  const appends = createAppendMeter();
  const log = opened.add(
    await openLog(config, { storage, logger, metrics, passed, appends }),
    (it) => it.close(),
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
  const parts = { ...stores, appends, audit, access, files };
  const frame = createFrame(config, opened, parts);
  const bucketOf = (tenant: string): number => log.bucketOf(tenant);
  const admin = await ensureAdminKey({ database, bucketOf, adminApiKey: config.admin.apiKey });
  const notices = [...storage.notices, ...keys.notices];
  if (admin.ignored)
    notices.push('COMPTOIR_ADMIN_API_KEY is ignored: this installation has an admin key already.');
  notices.push(...(await firstLogins(access, config)));
  const { documents, workerPids } = await openDocuments(config, opened, { ...parts, frame });
  const messaging = openMessaging(config, opened, { ...parts, frame });
  const services = await openServices(opened, { ...parts, frame, documents, messaging });
  endKeeping(frame, services.erasure);
  await begin(config, opened, { frame, services, messaging });
  const all = { ...parts, frame, documents, workerPids, ...services };
  const demo = await openDemo(config, opened, all);
  if (config.roles.has('jobs')) sweepFiles(opened, all);
  storage.started();
  const further = { demo, messagingRoutes: messagingRoutes(config, messaging) };
  const url = config.roles.has('http')
    ? await openHttp(config, opened, { ...all, ...further })
    : '';
  notices.push(...(demo?.start(url) ?? []));
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

/** What runs beside requests. */
async function begin(
  config: Config,
  opened: Opened,
  parts: {
    readonly frame: Frame;
    readonly services: Awaited<ReturnType<typeof openServices>>;
    readonly messaging: RunningMessaging;
  },
): Promise<void> {
  const { frame, messaging } = parts;
  const { erasure } = parts.services;
  // An older copy of the database may hold what was erased since: nothing is served before that is gone.
  await erasure.applyErasures();
  await messaging.holdRestored();
  await frame.start();
  startMessaging(config, opened, messaging);
  erasure.start();
  opened.add(erasure, (it) => it.stop());
}

function openLog(
  config: Config,
  parts: Pick<Parts, 'storage' | 'logger' | 'metrics' | 'appends'> & Pick<Frame, 'passed'>,
): Promise<PostgresLog> {
  const { storage, logger, metrics, passed, appends } = parts;
  return openPostgresLog({
    database: storage.database,
    dedupeWindowSeconds: config.dedupe.windowSeconds,
    dedupeKeysMax: config.dedupe.keysMax,
    refusal: () => storageRefusal(storage),
    passed,
    onBatch: (batch) => appends.note(batch),
    metrics,
    logger,
  });
}

/** What received events are judged and sealed by, and who is to be forgotten. */
async function openServices(
  opened: Opened,
  parts: Parts & { readonly messaging: ForgetsPersons },
): Promise<Services> {
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
