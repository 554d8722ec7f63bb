/**
 * How far the clock of the database is ahead of ours. It was read somewhere between a question and its answer, which on a busy
 * machine lie tens of milliseconds apart; what is true of one reading is true of all, so each narrows the range (Cristian, 1989).
 * Moments of two grants that were mapped by different guesses could otherwise fall into one second.
 */
import type { Queryable } from '../../platform/postgres/database.ts';

interface ClockReading {
  /** By `performance.now()`, before the question and after the answer. */
  readonly beforeMs: number;
  readonly afterMs: number;
  /** What the database said. */
  readonly nowMs: number;
}

export interface ClockOffset {
  /** The milliseconds that the database is ahead, by this reading and those before it. */
  observe(reading: ClockReading): number;
}

/** Six seconds of claims: a clock that is slewed moves by half a millisecond in a second at most. */
const READINGS_KEPT = 30;
/** Before the first claim. */
const FIRST_READINGS = 3;

export function createClockOffset(): ClockOffset {
  const ranges: { readonly least: number; readonly most: number }[] = [];
  return {
    observe({ beforeMs, afterMs, nowMs }) {
      const own = { least: nowMs - afterMs, most: nowMs - beforeMs };
      ranges.push(own);
      if (ranges.length > READINGS_KEPT) ranges.shift();
      const least = Math.max(...ranges.map((range) => range.least));
      const most = Math.min(...ranges.map((range) => range.most));
      if (least <= most) return (least + most) / 2;
      // The clock was set: nothing from before counts.
      ranges.splice(0, ranges.length, own);
      return (own.least + own.most) / 2;
    },
  };
}

/** With some readings already. Errors: those of the database. */
export async function readClock(database: Queryable): Promise<ClockOffset> {
  const offset = createClockOffset();
  for (let reading = 0; reading < FIRST_READINGS; reading += 1) {
    const beforeMs = performance.now();
    const { rows } = await database.query<{ now_ms: number }>({
      text: 'select (extract(epoch from clock_timestamp()) * 1000)::double precision as now_ms',
    });
    const [row] = rows;
    if (row !== undefined)
      offset.observe({ beforeMs, afterMs: performance.now(), nowMs: row.now_ms });
  }
  return offset;
}
