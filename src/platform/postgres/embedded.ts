/**
 * PostgreSQL as a child of ours: `startEmbedded` is the door, the folder `embedded/` holds the parts in the order in
 * which they come into play: placement (which user, which folders), instance-lock, cluster (files), supervisor
 * (processes).
 */
import pg from 'pg';
import type { Logger } from '../../core/logger.ts';
import { DATABASE_NAME, DATABASE_USER, ensureCluster } from './embedded/cluster.ts';
import { lockDataDir } from './embedded/instance-lock.ts';
import { place } from './embedded/placement.ts';
import { clearStale } from './embedded/stale-postmaster.ts';
import { clusterFolder } from './embedded/cluster.ts';
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
  /** The directory whose `postgres` folder holds the cluster; another than asked for when that one was closed. */
  readonly dataDir: string;
  /** Process id of the server, 0 while it is being started again. */
  readonly pid: number;
  /** What the operator should be told, in whole sentences; already logged. */
  readonly notices: readonly string[];
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
  try {
    await clearStale(clusterFolder(placement.dataDir), options.logger);
    const cluster = await ensureCluster(placement);
    const urlOf = (port: number, database: string): string =>
      `postgres://${DATABASE_USER}:${cluster.password}@127.0.0.1:${port}/${database}`;
    const supervisor = new Supervisor({
      placement,
      cluster,
      port: options.port,
      logger: options.logger,
      urlAt: (port) => urlOf(port, 'postgres'),
    });
    await supervisor.start();
    await ensureDatabase(urlOf(supervisor.port, 'postgres'));
    return {
      url: urlOf(supervisor.port, DATABASE_NAME),
      dataDir: placement.dataDir,
      notices: placement.notices,
      exited: supervisor.exited,
      get pid() {
        return supervisor.pid;
      },
      async stop() {
        await supervisor.stop();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
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
