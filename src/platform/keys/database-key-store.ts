/**
 * The key store in a PostgreSQL database of its own (COMPTOIR_KEYS_URL). Its tables are made here and not by migrations:
 * migrations belong to the log's database, which is another one wherever this store keeps what it promises. Nothing here
 * has a bucket: the store is small and never distributed.
 *
 * A destroyed key leaves a dead row behind, so the table is rewritten; what the database's own write-ahead log and
 * backups hold is for its operator to let expire.
 */
import { Failure } from '../../core/errors.ts';
import type { ErasureEntry, KeyStore } from '../../core/key-store.ts';
import { DatabaseError, type Database, type Queryable } from '../postgres/database.ts';

/** `create table if not exists` of two processes at once can fail in the catalogue: one waits for the other. */
const SCHEMA_LOCK = 0x636f6d72;
/** Rewriting a million keys takes some seconds. */
const REWRITE_TIMEOUT_MS = 10 * 60_000;
const REWRAP_ROWS = 1_000;

const TABLES = `
  create table if not exists comptoir_key_secrets (
    name text primary key,
    value bytea not null
  );
  create table if not exists comptoir_person_keys (
    reference bytea primary key,
    wrapped bytea not null
  );
  create table if not exists comptoir_erasures (
    reference bytea primary key,
    entry jsonb not null,
    done_at text,
    -- Order of the list, and what makes it known to other processes.
    ordinal bigint generated always as identity
  );`;

/** Closes the database when it is closed. Errors: UNAVAILABLE. */
export async function openDatabaseKeyStore(database: Database): Promise<KeyStore> {
  await guarded(() =>
    database.transaction(async (tx) => {
      await tx.query({ text: 'select pg_advisory_xact_lock($1)', values: [SCHEMA_LOCK] });
      for (const text of TABLES.split(';').filter((part) => part.trim() !== ''))
        await tx.query({ text });
    }),
  );
  return {
    readSecret: (name) => guarded(() => readSecret(database, name)),
    createSecret: (name, value) =>
      guarded(async () => {
        await database.query({
          text: 'insert into comptoir_key_secrets (name, value) values ($1, $2) on conflict do nothing',
          values: [name, Buffer.from(value)],
        });
        return (await readSecret(database, name)) ?? value;
      }),
    replaceSecret: (name, value) =>
      guarded(async () => {
        await database.query({
          text: 'update comptoir_key_secrets set value = $2 where name = $1',
          values: [name, Buffer.from(value)],
        });
      }),
    readKeys: (references) => guarded(() => readKeys(database, references)),
    createKeys: (keys) => guarded(() => createKeys(database, keys)),
    destroyKey: (reference) => guarded(() => destroyKey(database, reference)),
    rewrapKeys: (rewrap) => guarded(() => rewrapKeys(database, rewrap)),
    putErasure: (entry) => guarded(() => putErasure(database, entry)),
    finishErasure: (reference, doneAt) =>
      guarded(async () => {
        await database.query({
          text: 'update comptoir_erasures set done_at = $2 where reference = $1 and done_at is null',
          values: [Buffer.from(reference, 'hex'), doneAt],
        });
      }),
    erasures: () => guarded(() => readErasures(database)),
    erasureRevision: () => guarded(() => readRevision(database)),
    close: () => database.close(),
  };
}

async function readSecret(database: Queryable, name: string): Promise<Buffer | null> {
  const { rows } = await database.query<{ value: Buffer }>({
    text: 'select value from comptoir_key_secrets where name = $1',
    values: [name],
  });
  return rows[0]?.value ?? null;
}

async function readKeys(
  database: Queryable,
  references: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const { rows } = await database.query<{ reference: Buffer; wrapped: Buffer }>({
    text: 'select reference, wrapped from comptoir_person_keys where reference = any($1::bytea[])',
    values: [references.map((reference) => Buffer.from(reference, 'hex'))],
  });
  return new Map(rows.map(({ reference, wrapped }) => [reference.toString('hex'), wrapped]));
}

/**
 * Locks: the share lock keeps out `putErasure`, which takes the conflicting lock, so no key is made for somebody whose
 * erasure was just put on the list. Keys of different persons are made side by side.
 */
async function createKeys(
  database: Database,
  keys: ReadonlyMap<string, Uint8Array>,
): Promise<Map<string, Uint8Array>> {
  const references = [...keys.keys()].sort();
  return database.transaction(async (tx) => {
    await tx.query({ text: 'lock table comptoir_erasures in row share mode' });
    await tx.query({
      text: `insert into comptoir_person_keys (reference, wrapped)
             select k.reference, k.wrapped from unnest($1::bytea[], $2::bytea[]) as k(reference, wrapped)
              where not exists (select from comptoir_erasures e where e.reference = k.reference)
             on conflict (reference) do nothing`,
      values: [
        references.map((reference) => Buffer.from(reference, 'hex')),
        references.map((reference) => Buffer.from(keys.get(reference) ?? [])),
      ],
    });
    return readKeys(tx, references);
  });
}

async function putErasure(database: Database, entry: ErasureEntry): Promise<ErasureEntry> {
  const { state: _state, doneAt: _doneAt, ...kept } = entry;
  return database.transaction(async (tx) => {
    await tx.query({ text: 'lock table comptoir_erasures in exclusive mode' });
    await tx.query({
      text: 'insert into comptoir_erasures (reference, entry) values ($1, $2) on conflict do nothing',
      values: [Buffer.from(entry.reference, 'hex'), JSON.stringify(kept)],
    });
    const stands = (await readErasures(tx)).find((one) => one.reference === entry.reference);
    return stands ?? entry;
  });
}

async function destroyKey(database: Database, reference: string): Promise<void> {
  const { rowCount } = await database.query({
    text: 'delete from comptoir_person_keys where reference = $1',
    values: [Buffer.from(reference, 'hex')],
  });
  if (rowCount === 0) return;
  await database.query({
    text: 'vacuum full comptoir_person_keys',
    timeoutMs: REWRITE_TIMEOUT_MS,
  });
}

/** Pages of the primary key; each row is changed only if it is still what was read. */
async function rewrapKeys(
  database: Database,
  rewrap: (reference: string, wrapped: Uint8Array) => Uint8Array | null,
): Promise<number> {
  let after: Buffer = Buffer.alloc(0);
  let changed = 0;
  for (;;) {
    const { rows } = await database.query<{ reference: Buffer; wrapped: Buffer }>({
      text: `select reference, wrapped from comptoir_person_keys
              where reference > $1 order by reference limit $2`,
      values: [after, REWRAP_ROWS],
    });
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.reference;
    const next = rows.flatMap(({ reference, wrapped }) => {
      const value = rewrap(reference.toString('hex'), wrapped);
      return value === null ? [] : [{ reference, wrapped, value: Buffer.from(value) }];
    });
    const { rowCount } = await database.query({
      text: `update comptoir_person_keys k set wrapped = n.value
               from unnest($1::bytea[], $2::bytea[], $3::bytea[]) as n(reference, before, value)
              where k.reference = n.reference and k.wrapped = n.before`,
      values: [
        next.map(({ reference }) => reference),
        next.map(({ wrapped }) => wrapped),
        next.map(({ value }) => value),
      ],
    });
    changed += rowCount;
  }
  return changed;
}

async function readErasures(database: Queryable): Promise<ErasureEntry[]> {
  const { rows } = await database.query<{
    entry: Omit<ErasureEntry, 'state' | 'doneAt'>;
    done_at: string | null;
  }>({ text: 'select entry, done_at from comptoir_erasures order by ordinal' });
  return rows.map(({ entry, done_at: doneAt }) => ({
    ...entry,
    state: doneAt === null ? 'pending' : 'done',
    doneAt,
  }));
}

/** Entries are never removed, so their number and that of the done ones say whether anything changed. */
async function readRevision(database: Queryable): Promise<string> {
  const { rows } = await database.query<{ revision: string }>({
    text: `select coalesce(max(ordinal), 0) || '-' || count(done_at) as revision from comptoir_erasures`,
  });
  return rows[0]?.revision ?? '';
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof DatabaseError)) throw cause;
    throw new Failure('UNAVAILABLE', 'The database of the keys does not answer.', {
      cause,
      retryAfterSeconds: 5,
    });
  }
}
