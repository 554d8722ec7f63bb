/**
 * Brakes on guessing. Every try is counted before anything is checked and taken back when it succeeds, so a thousand at
 * once are counted a thousand times. Beyond its free tries a counter is closed for 2, 4, 8 ... seconds; while it is
 * closed a try is refused unseen, with the seconds to wait.
 *
 * Nobody is ever locked out, and no outsider can delay somebody at a place where that person signed in before (the
 * device cookies of OWASP's "Slow Down Online Guessing Attacks"): tries from a known browser or address have a counter
 * of their own. An account that is tried from unknown places is closed for a minute at most.
 */
import { Failure } from '../../core/errors.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import type { AccessContext } from '../context.ts';

export type CounterKind = 'account' | 'address' | 'known';

interface CounterLimits {
  readonly free: number;
  readonly delaySecondsMax: number;
}

const LIMITS: Readonly<Record<CounterKind, CounterLimits>> = {
  // From unknown places: at most 1,440 guesses a day, whatever the number of addresses.
  account: { free: 5, delaySecondsMax: 60 },
  // Room for a whole staff that mistypes on Monday morning; afterwards 96 guesses a day.
  address: { free: 30, delaySecondsMax: 900 },
  known: { free: 10, delaySecondsMax: 60 },
};
/** After a quiet day a counter begins anew. */
const QUIET_SECONDS = 24 * 3600;

export interface Counter {
  readonly kind: CounterKind;
  readonly hash: Buffer;
}

interface Counters {
  readonly bucket: number;
  readonly counters: readonly Counter[];
}

/** Counts a try. Errors: RATE_LIMITED with the seconds until the next one is looked at; nothing is counted then. */
export async function beginTry(context: AccessContext, tried: Counters): Promise<void> {
  // In one order, so that two tries that share counters never wait for each other in a circle.
  const ordered = [...tried.counters].sort((one, other) => Buffer.compare(one.hash, other.hash));
  const values = {
    hashes: ordered.map(({ hash }) => hash),
    free: ordered.map(({ kind }) => LIMITS[kind].free),
    most: ordered.map(({ kind }) => LIMITS[kind].delaySecondsMax),
  };
  // Most tries of an attack end here: one indexed read, and no row is touched.
  await refuseIfDelayed(context.database, tried.bucket, values.hashes);
  await context.database.transaction(async (tx) => {
    const { rowCount } = await tx.query({
      // An open counter is open since ever: now is when a transaction began, and a time of now would close the counter to
      // tries that began a moment before. Locks the rows of these counters until the transaction ends, a millisecond later.
      text: `insert into access_attempts as a (bucket, counter_hash, failures, delayed_until)
             select $1::integer, c.hash, 1, '-infinity'
             from unnest($2::bytea[], $3::integer[], $4::integer[]) as c (hash, free, most)
             on conflict (bucket, counter_hash) do update set (failures, delayed_until, last_at) = (
               select next.failures,
                      case when next.failures <= c.free then '-infinity'
                        else now() + make_interval(
                          secs => least(c.most, power(2, least(next.failures - c.free, 20)))) end,
                      now()
               from unnest($2::bytea[], $3::integer[], $4::integer[]) as c (hash, free, most),
                    lateral (select case when a.last_at < now() - make_interval(secs => $5)
                               then 1 else a.failures + 1 end as failures) as next
               where c.hash = a.counter_hash)
             where a.delayed_until <= now()`,
      values: [tried.bucket, values.hashes, values.free, values.most, QUIET_SECONDS],
    });
    if (rowCount === ordered.length) return;
    // Another try was faster and closed a counter. Thrown in the transaction: what was counted is undone.
    await refuseIfDelayed(tx, tried.bucket, values.hashes);
    throw tooMany(1);
  });
}

/** Takes a try back. `clean` forgets the failures before it too, as after a success. */
export async function takeTryBack(
  context: AccessContext,
  tried: Counters & { readonly clean: boolean },
): Promise<void> {
  const forgotten = tried.counters.filter(({ kind }) => tried.clean && kind !== 'address');
  await context.database.query({
    // An address keeps what others failed from it: else whoever has one account could guess at all others.
    // Locks them in the order of `beginTry`; an update alone would in the order they lie in.
    text: `with held as (
             select counter_hash from access_attempts
             where bucket = $1 and counter_hash = any($2::bytea[])
             order by counter_hash for update)
           update access_attempts a
           set failures = case when a.counter_hash = any($3::bytea[]) then 0
                          else greatest(a.failures - 1, 0) end,
               delayed_until = '-infinity'
           from held where a.bucket = $1 and a.counter_hash = held.counter_hash`,
    values: [
      tried.bucket,
      tried.counters.map(({ hash }) => hash),
      forgotten.map(({ hash }) => hash),
    ],
  });
}

async function refuseIfDelayed(
  database: Queryable,
  bucket: number,
  hashes: readonly Buffer[],
): Promise<void> {
  const { rows } = await database.query<{ seconds: number | null }>({
    text: `select ceil(extract(epoch from max(delayed_until) - now()))::integer as seconds
           from access_attempts
           where bucket = $1 and counter_hash = any($2::bytea[]) and delayed_until > now()`,
    values: [bucket, hashes],
  });
  const seconds = rows[0]?.seconds ?? null;
  if (seconds !== null) throw tooMany(Math.max(1, seconds));
}

function tooMany(retryAfterSeconds: number): Failure {
  return new Failure('RATE_LIMITED', 'Too many tries failed. Wait a moment before the next one.', {
    retryAfterSeconds,
  });
}
