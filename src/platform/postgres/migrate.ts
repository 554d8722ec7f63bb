/**
 * Brings the durable tables up to date. Each file of `migrations/` runs in a transaction of its own that first takes
 * one transaction-level advisory lock, so any number of processes may start at once and PgBouncer in transaction mode
 * is no obstacle. A session-level lock would be: its unlock may reach another backend.
 *
 * What was applied is compared with the files before anything runs: an altered file or a database that is ahead of
 * the program stops the start, because the statements of this program are written for the tables of its own files.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseError, type Database, type Queryable } from './database.ts';
import { StartRefused } from './start-refused.ts';

/** Arbitrary but fixed: the key of the advisory lock ("comp" in ASCII, then the number of this use). */
const LOCK_KEY = '7165067834461847553';
/** A migration of a large table takes minutes; another instance waits for the lock as long. */
const MIGRATION_TIMEOUT_MS = 60 * 60 * 1000;

const FILE_NAME = /^(?<version>\d{4})_(?<name>[a-z0-9_]+)\.sql$/;

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../../migrations', import.meta.url));

interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface Applied {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
}

/**
 * Applies what is missing, in order, and returns the file names applied by this call (none when another instance was
 * faster). Throws StartRefused when files and database disagree; a failing statement is a DatabaseError and leaves the
 * database as the previous migration left it.
 */
export async function migrate(
  database: Database,
  options: { readonly folder?: string } = {},
): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(options.folder ?? MIGRATIONS_FOLDER);
  const applied: string[] = [];
  for (;;) {
    const name = await database.transaction((tx) => applyNext(tx, migrations));
    if (name === undefined) return { applied };
    applied.push(name);
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
  const migrations: Migration[] = [];
  for (const file of names) {
    const match = FILE_NAME.exec(file)?.groups;
    if (match?.['version'] === undefined) {
      throw new StartRefused(
        `The migration ${file} is not named NNNN_name.sql with four digits and lower-case letters; rename it.`,
      );
    }
    const version = Number(match['version']);
    if (migrations.at(-1)?.version === version) {
      throw new StartRefused(`Two migrations have the number ${match['version']}; renumber one.`);
    }
    // Line ends are not content: a checkout on Windows must not look like an altered file.
    const sql = (await readFile(path.join(folder, file), 'utf8')).replaceAll('\r\n', '\n');
    const checksum = createHash('sha256').update(sql).digest('hex');
    migrations.push({ version, name: file, sql, checksum });
  }
  return migrations;
}

async function applyNext(
  tx: Queryable,
  migrations: readonly Migration[],
): Promise<string | undefined> {
  // Waits until no other instance migrates; released by the end of this transaction.
  await tx.query({
    text: 'select pg_advisory_xact_lock($1::bigint)',
    values: [LOCK_KEY],
    timeoutMs: MIGRATION_TIMEOUT_MS,
  });
  const recorded = await readApplied(tx);
  checkAgreement(migrations, recorded);
  const next = migrations[recorded.length];
  if (next === undefined) return undefined;
  await runMigration(tx, next);
  await tx.query({
    text: 'insert into schema_migrations (version, name, checksum) values ($1, $2, $3)',
    values: [next.version, next.name, next.checksum],
  });
  return next.name;
}

async function runMigration(tx: Queryable, { name, sql }: Migration): Promise<void> {
  try {
    await tx.query({ text: sql, timeoutMs: MIGRATION_TIMEOUT_MS });
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    throw new DatabaseError(error.kind, `migration ${name}: ${error.message}`, {
      sqlstate: error.sqlstate,
      cause: error,
    });
  }
}

async function readApplied(tx: Queryable): Promise<Applied[]> {
  // One row per migration of the whole installation: a reference table, not distributed.
  await tx.query({
    text: `create table if not exists schema_migrations (
      version integer primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default clock_timestamp()
    )`,
  });
  const { rows } = await tx.query<Applied>({
    text: 'select version, name, checksum from schema_migrations order by version',
  });
  return rows;
}

/** The recorded migrations must be the first ones of the folder, unaltered. */
function checkAgreement(migrations: readonly Migration[], recorded: readonly Applied[]): void {
  const newest = migrations.at(-1)?.version ?? 0;
  const ahead = recorded.find((row) => row.version > newest);
  if (ahead !== undefined) {
    throw new StartRefused(
      `The database is newer than this program: it has migration ${ahead.name}, which this version of Comptoir does not know. Start the newer version, or restore a backup made before the upgrade.`,
    );
  }
  for (const [index, row] of recorded.entries()) {
    const file = migrations[index];
    if (file?.version !== row.version) {
      throw new StartRefused(
        `The database has migration ${row.name} where this program has ${file?.name ?? 'none'}; migrations are only ever added at the end. Use the version of Comptoir that this database belongs to.`,
      );
    }
    if (file.checksum !== row.checksum) {
      throw new StartRefused(
        `The migration ${file.name} differs from the one applied to this database; an applied migration never changes. Restore the file and put the change in a new one.`,
      );
    }
  }
}
