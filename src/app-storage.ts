/** The database of a process, whose it is, and what its disk allows. Part of the composition root. */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from './config.ts';
import { Failure } from './core/errors.ts';
import type { Logger } from './core/logger.ts';
import type { Opened } from './app-opened.ts';
import { renewIncarnation } from './log/postgres/open-info.ts';
import type { Database } from './platform/postgres/database.ts';
import { type EmbeddedPostgres, startEmbedded } from './platform/postgres/embedded.ts';
import { checkExternalServer } from './platform/postgres/external.ts';
import { openDatabase } from './platform/postgres/pool.ts';
import { RESTORED_FILE } from './platform/postgres/restore.ts';

/** A refused connection is known at once; a server that does not answer at all must not hold requests for a second. */
export const CONNECT_TIMEOUT_MS = 700;
/** A process that starts has nobody waiting: it bears with a machine that has no time for connections this long. */
const START_PATIENCE_MS = 30_000;
/** After this long the outcome of a statement counts as unknown. */
export const STATEMENT_TIMEOUT_MS = 10_000;
/** Space does not come back by itself: somebody has to free it. */
const STORAGE_RETRY_SECONDS = 5;
/** Keys are looked up in batches, one at a time; a second connection serves while the first is made anew. */
const CREDENTIAL_CONNECTIONS = 2;

export interface Storage {
  readonly url: string;
  readonly database: Database;
  /** For looking up who asks, so that callers are known however busy the other connections are. */
  readonly credentials: Database;
  readonly embedded: EmbeddedPostgres | null;
  readonly notices: readonly string[];
  /** Whether the process still starts: connections that were not made in time are asked for again. */
  readonly isPatient: () => boolean;
  /** From here on whoever waits for a connection hears soon that there is none. */
  started(): void;
}

export async function openStorage(
  config: Config,
  opened: Opened,
  logger: Logger,
): Promise<Storage> {
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
  const url =
    config.postgres.kind === 'external' ? config.postgres.url : (embedded?.socketUrl ?? '');
  let patientUntilMs = performance.now() + START_PATIENCE_MS;
  const isPatient = (): boolean => performance.now() < patientUntilMs;
  const started = (): void => void (patientUntilMs = 0);
  const poolOf = (connectionsMax: number): Database =>
    opened.add(
      openDatabase({
        url,
        connectionsMax,
        connectTimeoutMs: CONNECT_TIMEOUT_MS,
        statementTimeoutMs: STATEMENT_TIMEOUT_MS,
        keepsStatements: embedded !== null,
        isPatient,
        logger,
      }),
      (it) => it.close(),
    );
  const database = poolOf(config.connectionsMax);
  const credentials = poolOf(CREDENTIAL_CONNECTIONS);
  const pools = { url, database, credentials, isPatient, started };
  if (embedded) return { ...pools, embedded, notices: embedded.notices };
  const { notices } = await checkExternalServer(database);
  return { ...pools, embedded: null, notices };
}

/** Appends are refused while the disk is full: PostgreSQL ends itself when it cannot write its own log. */
export function storageRefusal({ embedded }: Storage): Failure | undefined {
  if (!embedded?.storageFull) return undefined;
  return new Failure('STORAGE_FULL', 'The disk of the database is full; nothing was stored.', {
    retryAfterSeconds: STORAGE_RETRY_SECONDS,
  });
}

/** Cursors that were issued after the backup point to events this copy does not have. */
export async function renewAfterRestore(
  { embedded, database }: Storage,
  logger: Logger,
): Promise<void> {
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
