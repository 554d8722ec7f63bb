/**
 * The rows of a file that somebody imports, several under way at once. A database that is short of connections for a
 * moment does not end an import of minutes: its row is tried again, which is safe since every row may be repeated.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Failure, type ErrorCode } from '../../core/errors.ts';
import { failureOf } from '../problem.ts';

/**
 * Enough to be appended together: 8 at once cost the server twice the CPU of a row. Not many more than there are connections,
 * so that on a slow machine a row does not wait in line for one until it is refused.
 */
const AT_ONCE = 32;
/** Before a row is tried again: half a minute in all, longer than any checkpoint or backup has kept a database busy. */
const PAUSES_MS: readonly number[] = [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000];
/** What passes by itself, and leaves nothing that a repeat would do twice. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['UNAVAILABLE', 'OVERLOADED', 'OUTCOME_UNKNOWN']);

/**
 * Ends when all rows are done; what one throws ends the others after the row that they are at. Errors: those of `work`;
 * what passes by itself says how many rows were done and what to do.
 */
export async function eachRow<Row>(
  rows: readonly Row[],
  work: (row: Row) => Promise<void>,
  pausesMs: readonly number[] = PAUSES_MS,
): Promise<void> {
  const waiting = rows.values();
  let done = 0;
  let hasFailed = false;
  const take = async (): Promise<void> => {
    for (const row of waiting) {
      if (hasFailed) return;
      try {
        await patiently(() => work(row), pausesMs);
        done += 1;
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, take));
  const fault = ended.find((each) => each.status === 'rejected');
  if (fault !== undefined) throw told(fault.reason, `${done} of ${rows.length}`);
}

async function patiently(work: () => Promise<void>, pausesMs: readonly number[]): Promise<void> {
  for (const pauseMs of pausesMs) {
    try {
      return await work();
    } catch (error) {
      if (!PASSING.has(failureOf(error).code)) throw error;
    }
    await delay(pauseMs);
  }
  await work();
}

function told(error: unknown, done: string): unknown {
  const { code, retryAfterSeconds, cause } = failureOf(error);
  if (!PASSING.has(code)) return error;
  const detail = `The database is too busy: ${done} rows are done. Send the same file again; what is done stays and is not done twice.`;
  return new Failure(code, detail, {
    cause,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}
