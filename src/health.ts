import type { Health } from './contract.ts';
import type { Database } from './platform/postgres/database.ts';
import type { StorageGuard } from './platform/storage-guard.ts';

/** What /health/ready says: `ok` only when writes with a valid key are accepted. */
export async function healthOf(parts: {
  readonly database: Database;
  readonly guard: StorageGuard | null;
}): Promise<Health> {
  const [database, storage] = [await databaseHealth(parts.database), storageHealth(parts.guard)];
  const ok = database.status === 'ok' && storage.status === 'ok';
  return { status: ok ? 'ok' : 'unavailable', dependencies: { database, storage } };
}

type Dependency = Health['dependencies'][string];

async function databaseHealth(database: Database): Promise<Dependency> {
  try {
    await database.query({ text: 'select 1' });
    return { status: 'ok' };
  } catch {
    return { status: 'unavailable', detail: 'The database does not answer.' };
  }
}

function storageHealth(guard: StorageGuard | null): Dependency {
  return guard?.refusal()
    ? { status: 'unavailable', detail: 'The disk of the database is full.' }
    : { status: 'ok' };
}
