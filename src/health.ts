import type { Health } from './contract.ts';
import type { Database } from './platform/postgres/database.ts';
import type { Failure } from './core/errors.ts';

/** A database that is frozen must be told as gone within the second that the contract allows. */
const PROBE_TIMEOUT_MS = 500;

/** What /health/ready says: `ok` only when writes with a valid key are accepted. */
export async function healthOf(parts: {
  readonly database: Database;
  /** Why appends are refused at the moment, if they are. */
  readonly refusal: Failure | undefined;
}): Promise<Health> {
  const [database, storage] = [await databaseHealth(parts.database), storageHealth(parts.refusal)];
  const ok = database.status === 'ok' && storage.status === 'ok';
  return { status: ok ? 'ok' : 'unavailable', dependencies: { database, storage } };
}

type Dependency = Health['dependencies'][string];

async function databaseHealth(database: Database): Promise<Dependency> {
  try {
    const { rows } = await database.query<{ writable: boolean }>({
      text: `select not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off'
             as writable`,
      timeoutMs: PROBE_TIMEOUT_MS,
    });
    if (rows[0]?.writable === true) return { status: 'ok' };
    return { status: 'unavailable', detail: 'The database takes no writes at the moment.' };
  } catch {
    return { status: 'unavailable', detail: 'The database does not answer.' };
  }
}

function storageHealth(refusal: Failure | undefined): Dependency {
  return refusal
    ? { status: 'unavailable', detail: 'The disk of the database is full.' }
    : { status: 'ok' };
}
