/** Says at each point of each process what goes wrong there, by the plan of the seed. */
import type { Random } from '../world/random.ts';
import type { CrashPlan, Plan } from './plan.ts';

export type Mishap = 'none' | 'crash' | 'lost';

export interface FaultInjector {
  /** From now on nothing goes wrong any more. */
  stop(): void;
  readonly active: boolean;
  at(point: string, side: 'before' | 'after'): Mishap;
  /** What a call takes on its way, so that calls overtake one another: mostly nothing, or a few turns, or some time. */
  delay(): { readonly turns: number; readonly ms: number };
}

/** Of points that are passed for housekeeping all the time, or that nobody can lose. */
const NEVER_LOST = new Set(['keys.erasureRevision', 'keys.erasures', 'database.query']);

export function createFaultInjector(plan: Plan, random: Random): FaultInjector {
  const pending = new Set<CrashPlan>(plan.crashes);
  const hits = new Map<string, number>();
  let active = true;
  return {
    stop: () => void (active = false),
    get active() {
      return active;
    },
    at(point, side) {
      if (!active) return 'none';
      const id = `${point} ${side}`;
      const count = (hits.get(id) ?? 0) + 1;
      hits.set(id, count);
      for (const crash of pending)
        if (crash.point === point && crash.side === side && crash.nth <= count) {
          pending.delete(crash);
          return 'crash';
        }
      if (plan.lostChance === 0 || NEVER_LOST.has(point)) return 'none';
      return random.chance(plan.lostChance / 2) ? 'lost' : 'none';
    },
    delay() {
      const ms = active && random.chance(plan.slowChance) ? random.between({ from: 1, to: 30 }) : 0;
      return { turns: random.chance(0.5) ? 0 : 1 + random.below(3), ms };
    },
  };
}
