import type { TestDatabase } from '../../../test/support/database.ts';

/** Statements of the database that wait for a row. */
export async function waitingForLocks({ database }: TestDatabase): Promise<number> {
  const { rows } = await database.query<{ count: number }>({
    text: `select count(*)::integer as count from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`,
  });
  return rows[0]?.count ?? 0;
}
