import { DatabaseError } from '../../platform/postgres/database.ts';
import { RowsRefused } from '../projection-store.ts';

/**
 * Classes of errors that come from the rows themselves: 22 data exception, 23 integrity, 54 program limit exceeded (a
 * text too long for an index). Trying the same again cannot help (PostgreSQL manual, appendix A).
 */
const REFUSED = /^(22|23|54)/;
const SQLSTATE_UNDEFINED_TABLE = '42P01';
const SQLSTATE_UNIQUE_VIOLATION = '23505';

/** RowsRefused for an error of the rows, else the error itself. */
export function storeError(error: unknown): unknown {
  if (error instanceof DatabaseError && REFUSED.test(error.sqlstate))
    return new RowsRefused('the database refuses the rows', { cause: error });
  return error;
}

/** The table was dropped since its name was read. */
export function isTableGone(error: unknown): boolean {
  return error instanceof DatabaseError && error.sqlstate === SQLSTATE_UNDEFINED_TABLE;
}

/** The table has a row of this key. */
export function isAlreadyThere(error: unknown): boolean {
  return error instanceof DatabaseError && error.sqlstate === SQLSTATE_UNIQUE_VIOLATION;
}
