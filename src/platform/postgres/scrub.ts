/**
 * Gets bytes out of a PostgreSQL that a statement only declared dead: rows that were deleted or overwritten stay in the
 * files of their table, in samples of the planner and in the write-ahead log until something else takes the place.
 */
import { type Database, DatabaseError } from './database.ts';

/** A table of 10 GB; nobody can write to it meanwhile. */
const REWRITE_TIMEOUT_MS = 30 * 60_000;
const CHECKPOINT_TIMEOUT_MS = 10 * 60_000;
/** Reading transactions that are older than the deletion keep the rows alive; ours last seconds. */
const FENCE_TIMEOUT_MS = 120_000;
const FENCE_PAUSE_MS = 100;
/** Segments of 16 MB: more than the largest `max_wal_size` that we set leaves behind. */
const SEGMENTS_MAX = 4_096;
const TABLE_NAME = /^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/;
const SQLSTATE_FORBIDDEN = '42501';

export interface ScrubOptions {
  readonly database: Database;
  /** Names as in statements; those that do not exist any more are left out. */
  readonly tables: Iterable<string>;
  /** Whether the server is ours alone: then settings may be changed for the moment. */
  readonly own: boolean;
}

/**
 * Rewrites the tables with their indexes and samples, then gets what they held out of the write-ahead log. `false` when
 * the server did not let us do the latter: its operator's rotation has to. Errors: those of the database.
 */
export async function scrub({ database, tables, own }: ScrubOptions): Promise<boolean> {
  const names = await existing(database, [...new Set(tables)]);
  if (names.length > 0) {
    await waitForOlderReaders(database);
    for (const name of names)
      await database.query({
        text: `vacuum (full, analyze) ${name}`,
        timeoutMs: REWRITE_TIMEOUT_MS,
      });
    // The samples that the analyze replaced are dead rows of the catalogue; without the right to it this is a no-op.
    await database.query({ text: 'vacuum full pg_statistic', timeoutMs: REWRITE_TIMEOUT_MS });
  }
  return clearWriteAheadLog(database, own);
}

async function existing(database: Database, tables: readonly string[]): Promise<string[]> {
  const wrong = tables.find((name) => !TABLE_NAME.test(name));
  if (wrong !== undefined) throw new TypeError(`${wrong} is not the name of a table`);
  const { rows } = await database.query<{ name: string }>({
    text: 'select name from unnest($1::text[]) as n(name) where to_regclass(name) is not null order by name',
    values: [tables],
  });
  return rows.map(({ name }) => name);
}

/** `vacuum full` carries over rows that some running transaction could still see. */
async function waitForOlderReaders(database: Database): Promise<void> {
  const { rows } = await database.query<{ fence: string }>({
    text: 'select pg_current_xact_id()::xid::text as fence',
  });
  const fence = rows[0]?.fence ?? '0';
  const deadline = performance.now() + FENCE_TIMEOUT_MS;
  for (;;) {
    const answer = await database.query<{ older: bigint }>({
      text: `select count(*) as older from pg_stat_activity
              where pid <> pg_backend_pid() and datname = current_database()
                and ((backend_xmin is not null and age(backend_xmin) >= age($1::text::xid))
                     or (backend_xid is not null and age(backend_xid) >= age($1::text::xid)))`,
      values: [fence],
    });
    if (answer.rows[0]?.older === 0n) return;
    if (performance.now() > deadline)
      throw new DatabaseError('timeout', 'a transaction that is older than the erasure goes on');
    await new Promise((resolve) => setTimeout(resolve, FENCE_PAUSE_MS));
  }
}

async function clearWriteAheadLog(database: Database, own: boolean): Promise<boolean> {
  try {
    if (own) await clearOwn(database);
    else {
      await nextSegment(database);
      await checkpoint(database);
    }
    return true;
  } catch (error) {
    if (error instanceof DatabaseError && error.sqlstate === SQLSTATE_FORBIDDEN) return false;
    throw error;
  }
}

/**
 * Segments that were used up are kept for reuse under later names, bytes and all. So: write through all of those that
 * wait (a switch fills the rest of a segment with zeros), then let a checkpoint remove everything before it rather than
 * keep it for reuse.
 */
async function clearOwn(database: Database): Promise<void> {
  await database.query({ text: 'alter system set wal_recycle = off' });
  try {
    await database.query({ text: 'select pg_reload_conf()' });
    const last = await lastSegment(database);
    for (let count = 0; count < SEGMENTS_MAX; count++) {
      const current = await nextSegment(database);
      if (current > last) break;
    }
    await checkpoint(database);
  } finally {
    await database.query({ text: 'alter system reset wal_recycle' });
    await database.query({ text: 'select pg_reload_conf()' });
  }
}

/** Name of the last segment file there is, those for later use included; names sort as they follow one another. */
async function lastSegment(database: Database): Promise<string> {
  const { rows } = await database.query<{ last: string | null }>({
    text: `select max(name) as last from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$'`,
  });
  return rows[0]?.last ?? '';
}

/** Ends the segment in use; answers with the name of the one after it. */
async function nextSegment(database: Database): Promise<string> {
  // A switch without anything written since the last one does nothing.
  await database.query({ text: `select pg_logical_emit_message(false, 'comptoir', '')` });
  await database.query({ text: 'select pg_switch_wal()' });
  await database.query({ text: `select pg_logical_emit_message(false, 'comptoir', '')` });
  const { rows } = await database.query<{ current: string }>({
    text: 'select pg_walfile_name(pg_current_wal_insert_lsn()) as current',
  });
  return rows[0]?.current ?? '';
}

async function checkpoint(database: Database): Promise<void> {
  await database.query({ text: 'checkpoint', timeoutMs: CHECKPOINT_TIMEOUT_MS });
}
