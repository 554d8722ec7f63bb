/** Removes what has ended long ago: sessions, links, approvals, counters of tries. The audit trail keeps what happened. */
import type { Logger } from '../core/logger.ts';
import type { Database } from '../platform/postgres/database.ts';
import { CREATION_KEPT_SECONDS } from './creations.ts';

/** What ended is shown for a month to whoever asks what happened. */
const KEPT_SECONDS = 30 * 24 * 3600;
/** A counter begins anew after a quiet day (attempts.ts). */
const TRIES_KEPT_SECONDS = 24 * 3600;
const EVERY_MS = 15 * 60 * 1000;
/** Rows of one statement: a short transaction whatever has gathered. */
const ROWS_MAX = 5000;

const TABLES = [
  { table: 'access_sessions', column: 'expires_at', seconds: KEPT_SECONDS },
  { table: 'access_links', column: 'expires_at', seconds: KEPT_SECONDS },
  { table: 'access_approvals', column: 'expires_at', seconds: KEPT_SECONDS },
  { table: 'created_answers', column: 'created_at', seconds: CREATION_KEPT_SECONDS },
  { table: 'access_attempts', column: 'last_at', seconds: TRIES_KEPT_SECONDS },
] as const;

export interface AccessSweep {
  start(): void;
  /** Resolves when a sweep that was under way has ended. */
  stop(): Promise<void>;
}

export function createAccessSweep(deps: {
  readonly database: Database;
  readonly logger: Logger;
}): AccessSweep {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  return {
    start() {
      timer = setInterval(() => {
        running = sweepOnce(deps.database).catch((error: unknown) => {
          deps.logger.warn('old sessions and links could not be removed', { error });
        });
      }, EVERY_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

/** One round: takes all there is, so that no flood of tries makes a table that grows faster than it is swept. */
export async function sweepOnce(database: Database): Promise<void> {
  for (const { table, column, seconds } of TABLES)
    for (let removed = ROWS_MAX; removed === ROWS_MAX;)
      ({ rowCount: removed } = await database.query({
        // Crosses buckets, a few thousand rows at a time; every table has an index on the column.
        text: `delete from ${table} where ctid = any(array(
                 select ctid from ${table} where ${column} < now() - make_interval(secs => $1)
                 order by ${column} limit $2))`,
        values: [seconds, ROWS_MAX],
      }));
}
