/**
 * One lane for each stream that commands wait for. Of one stream one round is under way at a time; whoever comes in the
 * meantime waits, and all that wait when it ends are the next round, so a hot stream makes one commit of many commands.
 *
 *   idle -> round of jobs -> round of jobs -> ... -> idle      a round may give jobs back: they come first in the next
 *             \-> held by a command over several streams -/
 *
 * A command over several streams holds all their lanes. It takes them one after another in the order of their keys, and
 * a lane waits only for rounds, which always end, or for a holder, who waits only for lanes with a larger key: so no two
 * can wait for each other. Holding lanes, rather than trying and repeating on conflict, keeps such commands from
 * starving beside a hot stream; the price is a commit for each of them.
 */
import { Failure } from '../core/errors.ts';

/** Commands that may wait for one stream: two seconds of work at the rate promised for a hot stream (L14). */
export const HOT_STREAM_WAITING_MAX = 1_000;
/** Commands of one round: decided in about 5 ms of the event loop, and enough to share a commit well. */
const ROUND_MAX = 250;

export interface StreamLanes<Job> {
  /** Queues a job. Errors: OVERLOADED when too many wait. */
  enter(key: string, job: Job): void;
  /** Runs `work` while nothing else is under way for any of the streams. Errors: OVERLOADED, and those of `work`. */
  exclusively<T>(keys: readonly string[], work: () => Promise<T>): Promise<T>;
  /** Jobs and holders waiting, all streams together. */
  readonly waiting: number;
}

export interface LaneOptions<Job> {
  /** Settles jobs in their order; resolves with those to be done again, in their order. Never rejects. */
  readonly round: (jobs: readonly Job[]) => Promise<readonly Job[]>;
  readonly waitingMax?: number;
}

/** Wants the lane for itself; the lane goes on when `grant` resolves. */
interface Hold {
  readonly grant: () => Promise<void>;
}
type Entry<Job> = { readonly job: Job } | Hold;

export function createStreamLanes<Job>(options: LaneOptions<Job>): StreamLanes<Job> {
  const { round, waitingMax = HOT_STREAM_WAITING_MAX } = options;
  const lanes = new Map<string, Entry<Job>[]>();
  let waiting = 0;

  function enter(key: string, entry: Entry<Job>): void {
    const lane = lanes.get(key);
    if (lane !== undefined && lane.length >= waitingMax)
      throw new Failure('OVERLOADED', 'Too many commands wait for this stream.', {
        retryAfterSeconds: 1,
      });
    waiting += 1;
    if (lane !== undefined) {
      lane.push(entry);
      return;
    }
    const fresh = [entry];
    lanes.set(key, fresh);
    void run(key, fresh);
  }

  async function run(key: string, lane: Entry<Job>[]): Promise<void> {
    while (lane.length > 0) {
      const first = lane[0];
      if (first !== undefined && 'grant' in first) {
        lane.shift();
        waiting -= 1;
        await first.grant();
        continue;
      }
      const jobs = takeJobs(lane);
      waiting -= jobs.length;
      const again = await round(jobs);
      waiting += again.length;
      if (again.length > 0) lane.unshift(...again.map((job) => ({ job })));
    }
    lanes.delete(key);
  }

  return {
    enter: (key, job) => enter(key, { job }),
    exclusively: (keys, work) => holdAll(keys, work, enter),
    get waiting() {
      return waiting;
    },
  };
}

/** Takes the lanes in the order of their keys, and lets go of all when the work has ended. */
async function holdAll<T>(
  keys: readonly string[],
  work: () => Promise<T>,
  enter: (key: string, hold: Hold) => void,
): Promise<T> {
  const releases: (() => void)[] = [];
  try {
    for (const key of [...new Set(keys)].sort()) {
      const held = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      enter(key, {
        grant() {
          held.resolve();
          return released.promise;
        },
      });
      releases.push(released.resolve);
      await held.promise;
    }
    return await work();
  } finally {
    for (const release of releases) release();
  }
}

/** The jobs before the next holder, at most ROUND_MAX, taken from the lane. */
function takeJobs<Job>(lane: Entry<Job>[]): Job[] {
  const jobs: Job[] = [];
  for (const entry of lane) {
    if ('grant' in entry || jobs.length === ROUND_MAX) break;
    jobs.push(entry.job);
  }
  lane.splice(0, jobs.length);
  return jobs;
}
