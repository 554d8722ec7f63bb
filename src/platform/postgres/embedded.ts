/**
 * PostgreSQL as a child of ours: `startEmbedded` is the door, the folder `embedded/` holds the parts in the order in
 * which they come into play: placement (which user, which folders), instance-lock, cluster (files), supervisor
 * (processes).
 */
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import type { Logger } from '../../core/logger.ts';
import {
  clusterFolder,
  DATABASE_NAME,
  DATABASE_USER,
  ensureCluster,
  passwordFile,
  socketFolderOf,
} from './embedded/cluster.ts';
import { lockDataDir } from './embedded/instance-lock.ts';
import { serverUser } from './embedded/os-user.ts';
import { dataDirOf, place, type Placement } from './embedded/placement.ts';
import { isPostmasterOf, recordedPostmaster } from './embedded/process-table.ts';
import { clearStale } from './embedded/stale-postmaster.ts';
import { StorageWatch } from './embedded/storage.ts';
import { Supervisor } from './embedded/supervisor.ts';

export { lockDataDir, type DataDirLock } from './embedded/instance-lock.ts';

const CREATE_TIMEOUT_MS = 10_000;

export interface EmbeddedOptions {
  readonly dataDir: string;
  /** Whether the operator named `dataDir`; only then a folder closed to PostgreSQL's user is refused. */
  readonly dataDirExplicit: boolean;
  readonly logger: Logger;
  /** A free one of 127.0.0.1 is chosen at each start unless given. */
  readonly port?: number;
  /** Where programs and data go when the folders asked for are closed; `/var/lib/comptoir` unless a test says so. */
  readonly systemFolder?: string;
}

export interface EmbeddedPostgres {
  /** Connection string of the database, password included: never to be logged. */
  readonly url: string;
  /** The same database over the unix socket, for this machine's own use; `url` where there is none. */
  readonly socketUrl: string;
  /** The directory whose `postgres` folder holds the cluster; another than asked for when that one was closed. */
  readonly dataDir: string;
  /** Process id of the server; undefined, never a number that kill() would take for us all, while it is down. */
  readonly pid: number | undefined;
  /** What the operator should be told, in whole sentences; already logged. */
  readonly notices: readonly string[];
  /** Whether the disk is so full that writes are to be refused (STORAGE_FULL); reads go on. */
  readonly storageFull: boolean;
  /** Ends the server (fast shutdown) and frees the data directory. */
  stop(): Promise<void>;
  /** Settles after `stop`; a server that dies by itself is started again on the same port. */
  readonly exited: Promise<void>;
}

/**
 * Starts the embedded server on `dataDir/postgres`, made when there is none. Holds the lock of the data directory
 * until `stop`. Throws StartRefused when another instance has it or the server cannot run there.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const placement = await place(options);
  for (const notice of placement.notices) options.logger.warn(notice);
  const lock = await lockDataDir(placement.dataDir);
  const storage = new StorageWatch(placement.dataDir, options.logger);
  let supervisor: Supervisor | undefined;
  const stop = async (): Promise<void> => {
    await storage.stop();
    await supervisor?.stop();
    await lock.release();
  };
  try {
    await storage.makeRoom();
    await clearStale(clusterFolder(placement.dataDir), options.logger);
    const cluster = await ensureCluster(placement);
    const urlOf = urlsWith(cluster.password);
    supervisor = new Supervisor({
      placement,
      cluster,
      port: options.port,
      logger: options.logger,
      makeRoom: () => storage.makeRoom(),
      urlAt: (port) => urlOf(port, 'postgres'),
    });
    await supervisor.start();
    await ensureDatabase(urlOf(supervisor.port, 'postgres'));
    await storage.start();
    const url = urlOf(supervisor.port, DATABASE_NAME);
    const socketUrl = socketUrlOf(url, socketFolderOf(cluster.folder));
    return describe({ url, socketUrl, placement, supervisor, storage, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Connection string of the embedded server that another process runs on this data directory, undefined when none
 * does. For tools beside a running Comptoir, such as the backup; needs the right to read the password file.
 */
export async function runningEmbeddedUrl(
  options: Pick<EmbeddedOptions, 'dataDir' | 'dataDirExplicit' | 'systemFolder'>,
): Promise<string | undefined> {
  const { dataDir } = await dataDirOf(options, await serverUser());
  const cluster = clusterFolder(await realpath(dataDir).catch(() => dataDir));
  const pid = await recordedPostmaster(cluster);
  if (pid === undefined || !(await isPostmasterOf(pid, cluster))) return undefined;
  // Line 4 of the lock file is the port (PostgreSQL manual, "Database File Layout").
  const lines = (await readFile(path.join(cluster, 'postmaster.pid'), 'utf8')).split('\n');
  const password = (await readFile(passwordFile(dataDir), 'utf8')).trim();
  return urlsWith(password)(Number(lines[3]), DATABASE_NAME);
}

const urlsWith =
  (password: string) =>
  (port: number, database: string): string =>
    `postgres://${DATABASE_USER}:${password}@127.0.0.1:${port}/${database}`;

/** A connection string of the same user, port and database, whose host is the folder of the socket. */
function socketUrlOf(url: string, folder: string | undefined): string {
  return folder === undefined ? url : `${url}?host=${encodeURIComponent(folder)}`;
}

interface Parts {
  readonly url: string;
  readonly socketUrl: string;
  readonly placement: Placement;
  readonly supervisor: Supervisor;
  readonly storage: StorageWatch;
  readonly stop: () => Promise<void>;
}

function describe(parts: Parts): EmbeddedPostgres {
  const { url, socketUrl, placement, supervisor, storage, stop } = parts;
  return {
    url,
    socketUrl,
    dataDir: placement.dataDir,
    notices: placement.notices,
    exited: supervisor.exited,
    get pid() {
      return supervisor.pid;
    },
    get storageFull() {
      return storage.full;
    },
    stop,
  };
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CREATE_TIMEOUT_MS,
    query_timeout: CREATE_TIMEOUT_MS,
  });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [
      DATABASE_NAME,
    ]);
    if (rowCount === 0) await client.query(`create database ${DATABASE_NAME} template template0`);
  } finally {
    await client.end();
  }
}
