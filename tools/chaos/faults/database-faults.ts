/**
 * Planted faults between the real log and the real PostgreSQL: each wraps the database port and spoils what the append
 * relies on. They prove that the crash proof would notice (negative controls); nothing in src knows of them.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Database,
  DatabaseError,
  type Queryable,
  type Rows,
  type Statement,
} from '../../../src/platform/postgres/database.ts';

type Query = <Row>(statement: Statement) => Promise<Rows<Row>>;

/** How long a commit trails the acknowledgement: long enough that a random kill falls in between. */
const COMMIT_TRAILS_MS = 250;
/** Place of the batch id and of the key hashes among the values of log_append_batch. */
const BATCH_ID = 2;
const KEY_HASHES = 7;

/** Every other statement passes through untouched. */
function spoilAppends(database: Database, append: Query): Database {
  return {
    query: (statement) => (isAppend(statement) ? append(statement) : database.query(statement)),
    transaction: (work) => database.transaction(work),
    get reachable() {
      return database.reachable;
    },
    close: () => database.close(),
  };
}

export function isAppend(statement: Statement): boolean {
  return statement.text.includes('log_append_batch(');
}

/** The server acknowledges a commit that is not on disk yet. After the append, which itself demands the opposite. */
export function withoutSynchronousCommit(database: Database): Database {
  return spoilAppends(database, (statement) =>
    database.transaction(async (tx) => {
      const rows = await tx.query<never>(statement);
      await tx.query({ text: 'set local synchronous_commit = off' });
      return rows;
    }),
  );
}

/** The log hears of success while the transaction is still open. */
export function acknowledgeBeforeCommit(database: Database): Database {
  return spoilAppends(
    database,
    (statement) =>
      new Promise((resolve, reject) => {
        const work = async (tx: Queryable): Promise<void> => {
          resolve(await tx.query(statement));
          await pause(COMMIT_TRAILS_MS);
        };
        database.transaction(work).catch(reject);
      }),
  );
}

/** Keys are not written down, so a log that starts again recognises nothing. */
export function withoutKeys(database: Database): Database {
  return spoilAppends(database, (statement) => {
    const values = [...(statement.values ?? [])];
    const hashes = values[KEY_HASHES];
    if (hashes instanceof Uint8Array) values[KEY_HASHES] = randomBytes(hashes.length);
    return database.query({ ...statement, values });
  });
}

/** A broken connection is taken for "nothing was stored". */
export function unknownTakenForFailure(database: Database): Database {
  return spoilAppends(database, async (statement) => {
    try {
      return await database.query(statement);
    } catch (error) {
      if (error instanceof DatabaseError && (error.kind === 'lost' || error.kind === 'timeout'))
        throw new DatabaseError('not-sent', error.message, { cause: error });
      throw error;
    }
  });
}

/** As withLostAnswers, and the batch id that reaches the database is not the one that the log will look for. */
export function withoutBatchIds(database: Database): Database {
  return withLostAnswers(
    spoilAppends(database, (statement) => {
      const values = [...(statement.values ?? [])];
      values[BATCH_ID] = crypto.randomUUID();
      return database.query({ ...statement, values });
    }),
  );
}

/** The connection breaks after each first commit of a batch: what the log must survive. */
export function withLostAnswers(database: Database): Database {
  const lost = new Set<unknown>();
  return spoilAppends(database, async (statement) => {
    const rows = await database.query<never>(statement);
    const id = statement.values?.[BATCH_ID];
    if (lost.has(id)) return rows;
    lost.add(id);
    throw new DatabaseError('lost', 'the connection broke after the commit (planted)');
  });
}
