/** The database beneath the server under test: its address, its sizes, its checkpoints. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../src/platform/postgres/database.ts';
import { openDatabase } from '../../src/platform/postgres/pool.ts';
import type { Scope } from './scope.ts';

const CONNECT_TIMEOUT_MS = 10_000;
/** A checkpoint after a full phase writes a few hundred megabytes. */
const STATEMENT_TIMEOUT_MS = 120_000;

export function connect(scope: Scope, url: string, connectionsMax = 2): Database {
  const database = openDatabase({
    url,
    connectionsMax,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  scope.defer(() => database.close());
  return database;
}

/** Address of the embedded server of a data directory: its password file and the port in its lock file. */
export async function embeddedUrl(dataDir: string): Promise<string> {
  const password = (await readFile(join(dataDir, 'postgres-password'), 'utf8')).trim();
  const lock = (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
  return `postgres://comptoir:${password}@127.0.0.1:${lock[3] ?? ''}/comptoir`;
}

/** Creates an empty database beside the one that `url` names and returns its address; dropped with the scope. */
export async function createScratchDatabase(scope: Scope, url: string): Promise<string> {
  const name = `comptoir_bench_${randomBytes(4).toString('hex')}`;
  const administrator = connect(scope, url);
  await administrator.query({ text: `create database ${name}` });
  scope.defer(async () => {
    await administrator.query({ text: `drop database if exists ${name} with (force)` });
  });
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

/** Process id of the server's postmaster; undefined when it does not run on this machine or does not tell. */
export async function postmasterOf(database: Database): Promise<number | undefined> {
  try {
    const { rows } = await database.query<{ text: string }>({
      text: `select pg_read_file('postmaster.pid') as text`,
    });
    const pid = Number(rows[0]?.text.split('\n')[0]);
    const command = await readFile(`/proc/${pid}/comm`, 'utf8');
    return command.trim() === 'postgres' ? pid : undefined;
  } catch {
    return undefined;
  }
}

export interface LogSize {
  readonly events: number;
  /** Tables, indexes and TOAST of everything whose name begins with `log_`. */
  readonly bytes: number;
  /** Rows of log_batches. */
  readonly batches: number;
  readonly tables: Readonly<Record<string, number>>;
}

/** Reads every bucket at once; a bench is no part of the server. */
export async function logSize(database: Database): Promise<LogSize> {
  const sizes = await database.query<{ name: string; bytes: number }>({
    text: `select relname as name, pg_total_relation_size(oid)::float8 as bytes from pg_class
           where relkind in ('r', 'p') and relname like 'log\\_%' and relnamespace = 'public'::regnamespace`,
  });
  const counts = await database.query<{ events: number; batches: number }>({
    text: `select (select coalesce(sum(head), 0) from log_heads)::float8 as events,
                  (select count(*) from log_batches)::float8 as batches`,
  });
  return {
    events: counts.rows[0]?.events ?? 0,
    batches: counts.rows[0]?.batches ?? 0,
    bytes: sizes.rows.reduce((sum, row) => sum + row.bytes, 0),
    tables: Object.fromEntries(sizes.rows.map((row) => [row.name, row.bytes])),
  };
}

/**
 * Writes what is dirty, so that each phase pays for its own pages and none for those of the phase before. Without the
 * right to do so (an outside server) the phases may lend each other a little.
 */
export async function checkpoint(database: Database): Promise<void> {
  await database.query({ text: 'checkpoint' }).catch(() => {});
}
