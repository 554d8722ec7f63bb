import type { Queryable } from '../../platform/postgres/database.ts';
import { ANSWER_KEPT_MICROS } from './read-answers.ts';

/** Rows of one statement: about 10 ms, so that nobody waits long for a row of it. */
export const ANSWERS_AT_ONCE = 1_000;

/**
 * Removes up to ANSWERS_AT_ONCE answers of a bucket that are past their time, oldest first, by the index on
 * (bucket, recorded_at); returns how many. Takes row locks only, and skips rows that an append is replacing: an append
 * may wait for this, this waits for nobody, so the two never deadlock.
 */
export async function removeAnswers(on: Queryable, bucket: number): Promise<number> {
  const { rowCount } = await on.query({
    text: `with old as (
             select a.tenant, a.key from log_answers a
              where a.bucket = $1
                and a.recorded_at <= (extract(epoch from clock_timestamp()) * 1000000)::bigint - $2::bigint
              order by a.recorded_at limit $3
                for update skip locked)
           delete from log_answers a using old
            where a.bucket = $1 and a.tenant = old.tenant and a.key = old.key`,
    values: [bucket, ANSWER_KEPT_MICROS, ANSWERS_AT_ONCE],
  });
  return rowCount;
}
