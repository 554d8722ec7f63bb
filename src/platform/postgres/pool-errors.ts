/**
 * What an error of the driver means for the statement it belongs to. The one question that matters to callers is
 * whether the statement may have taken effect: `not-sent` and `server` say no, `lost` and `timeout` say "unknown".
 */
import pg from 'pg';
import { DatabaseError } from './database.ts';

/**
 * SQLSTATEs that end the connection without settling the statement: a backend terminated while it waits for a
 * synchronous standby has already committed locally, and PgBouncer answers 08P01 when its server connection breaks.
 * Class 08 is "connection exception", 57P01 to 57P03 are shutdown, crash and "cannot connect now", 40003 is
 * "statement completion unknown" (PostgreSQL manual, appendix A).
 */
const UNSETTLED = /^(?:08...|57P0[123]|40003)$/;

/** The text pg-pool uses when every connection is in use; it has no code. */
const POOL_EXHAUSTED = 'timeout exceeded when trying to connect';

/** What pg and pg-pool say when the time for a new connection is up; they have no code either. */
const CONNECT_TOO_LONG: ReadonlySet<string> = new Set([
  'Connection terminated due to connection timeout',
  'timeout expired',
]);

/** No connection was there in time, which says nothing of later: neither refused nor unknown. */
export function tookTooLong(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.kind === 'timeout';
  return isPoolExhausted(error) || (error instanceof Error && CONNECT_TOO_LONG.has(error.message));
}

export function isPoolExhausted(error: unknown): boolean {
  return error instanceof Error && error.message === POOL_EXHAUSTED;
}

function textOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}

/** Nothing was sent: the server refused, could not be reached, or no connection was free in time. */
export function notSent(error: unknown): DatabaseError {
  const reason = isPoolExhausted(error) ? 'all connections are in use' : textOf(error);
  return new DatabaseError('not-sent', `no database connection: ${reason}`, { cause: error });
}

/** The error of a statement that was handed to a live connection. */
export function statementError(error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  if (error instanceof pg.DatabaseError && error.code !== undefined) {
    // FATAL and PANIC end the connection and, like a disk that is full during COMMIT, do not say how far it came.
    if (error.severity === 'ERROR' && !UNSETTLED.test(error.code)) {
      return new DatabaseError('server', textOf(error), { sqlstate: error.code, cause: error });
    }
  }
  return new DatabaseError('lost', `database connection lost: ${textOf(error)}`, { cause: error });
}
