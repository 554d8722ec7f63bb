import { Failure } from '../../core/errors.ts';
import { DatabaseError, type Database, type Statement } from '../../platform/postgres/database.ts';
import type { NumberStore } from './number-series.ts';

export function createPostgresNumbers({
  database,
  bucketOf,
}: {
  readonly database: Database;
  readonly bucketOf: (tenant: string) => number;
}): NumberStore {
  return {
    /** One row by primary key, locked for the length of the statement: other processes wait for less than a millisecond. */
    async draw(tenant, series, count) {
      const { rows } = await drawn(database, {
        text: `insert into number_series as held (bucket, tenant, series, next)
               values ($1, $2, $3, 1 + $4::bigint)
               on conflict (bucket, tenant, series) do update set next = held.next + $4::bigint
               returning next`,
        prepared: true,
        values: [bucketOf(tenant), tenant, series, count],
      });
      const [row] = rows;
      if (row === undefined) throw new TypeError('an upsert gives its row');
      return Number(row.next) - count;
    },
  };
}

async function drawn(database: Database, statement: Statement) {
  try {
    return await database.query<{ next: bigint }>(statement);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    throw new Failure('UNAVAILABLE', 'No number could be drawn: the database cannot be reached.', {
      cause: error,
      retryAfterSeconds: 1,
    });
  }
}
