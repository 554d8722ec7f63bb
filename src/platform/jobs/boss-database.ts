/** How pg-boss reaches PostgreSQL: through our own pool, or inside a transaction of the caller. */
import type { Logger } from '../../core/logger.ts';
import type { Database, Queryable } from '../postgres/database.ts';

/** The face that pg-boss asks for. */
export interface BossDatabase {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** Scripts that pg-boss wraps in a transaction of its own. */
const SCRIPT = /^\s*BEGIN;(?<body>[\s\S]*)COMMIT;\s*$/;

/**
 * Runs what pg-boss sends on the pool. A script with BEGIN and COMMIT that fails in the middle would hand a connection
 * in a failed transaction back to the pool, so its body runs in a transaction of ours.
 *
 * Claiming swallows errors, so the first of a row of failures is reported here.
 */
export function onPool(database: Database, logger: Logger): BossDatabase {
  const plain = inTransaction(database);
  let failing = false;
  return {
    async executeSql(text, values) {
      const body = SCRIPT.exec(text)?.groups?.['body'];
      try {
        const result =
          body === undefined
            ? await plain.executeSql(text, values)
            : await database.transaction((tx) => inTransaction(tx).executeSql(body));
        failing = false;
        return result;
      } catch (error) {
        if (!failing) logger.warn('the job queue cannot use the database', { error });
        failing = true;
        throw error;
      }
    },
  };
}

export function inTransaction(tx: Queryable): BossDatabase {
  return {
    async executeSql(text, values) {
      // Its statements are a dozen texts with parameters for everything else.
      const statement = values === undefined ? { text } : { text, values, prepared: true };
      const { rows } = await tx.query(statement);
      // Several statements at once give several results, of which pg-boss reads none.
      return { rows: Array.isArray(rows) ? rows : [] };
    },
  };
}

/** The same, counting the rows that its statements stored: sending many at once says nothing about them. */
export function countingIn(tx: Queryable): {
  readonly db: BossDatabase;
  readonly stored: () => number;
} {
  let count = 0;
  const db: BossDatabase = {
    async executeSql(text, values) {
      const { rowCount } = await tx.query({ text, values: values ?? [], prepared: true });
      count += rowCount;
      return { rows: [] };
    },
  };
  return { db, stored: () => count };
}
