/**
 * What a seed makes of a run. Each kind of fault is there or not, and more or less often, so that a run with a few of
 * them goes further than one in which everything fails (swarm testing, Groce et al., ISSTA 2012).
 */
import { createRandom } from '../world/random.ts';
import { CRASH_POINTS } from './points.ts';

export interface CrashPlan {
  readonly point: string;
  readonly side: 'before' | 'after';
  /** The process that comes to the point as the n-th ends there; 1 is the first. */
  readonly nth: number;
}

export interface Plan {
  readonly processes: number;
  readonly buckets: number;
  readonly clients: number;
  /** Commands that a client gives. */
  readonly commands: number;
  /** Commands at once, most, when a client is in a hurry. */
  readonly burst: number;
  readonly crashes: readonly CrashPlan[];
  /** Milliseconds between kills and graceful restarts out of nowhere, in the mean; null for none. */
  readonly killEveryMs: number | null;
  /** Of a call to a store or the log that its answer is lost, or that it is never made. */
  readonly lostChance: number;
  /** Of a call that it takes milliseconds instead of a moment. */
  readonly slowChance: number;
  readonly appendsHeld: boolean;
  readonly clockJumps: boolean;
  readonly poison: boolean;
  readonly strangers: boolean;
  readonly erasures: boolean;
  readonly rebuilds: boolean;
  /** Processes that start late run the next version of the bank. */
  readonly deploys: boolean;
}

export function planOf(seed: number): Plan {
  const random = createRandom(seed, 'plan');
  const often = (probability = 0.6): boolean => random.chance(probability);
  const crashes = Array.from({ length: often() ? 1 + random.below(5) : 0 }, (): CrashPlan => ({
    point: random.pick(CRASH_POINTS),
    side: random.chance(0.5) ? 'before' : 'after',
    nth: 1 + random.below(random.pick([2, 8, 40])),
  }));
  return {
    processes: 2 + random.below(2),
    buckets: 1 + random.below(3),
    clients: 2 + random.below(4),
    commands: 25 + random.below(25),
    burst: random.pick([1, 3, 6]),
    crashes,
    killEveryMs: often(0.4) ? random.between({ from: 1_500, to: 8_000 }) : null,
    lostChance: often(0.4) ? random.pick([0.002, 0.01, 0.03]) : 0,
    slowChance: random.pick([0, 0.02, 0.1, 0.3]),
    appendsHeld: often(0.3),
    clockJumps: often(0.4),
    poison: often(),
    strangers: often(0.5),
    erasures: often(0.5),
    rebuilds: often(0.5),
    deploys: often(0.4),
  };
}
