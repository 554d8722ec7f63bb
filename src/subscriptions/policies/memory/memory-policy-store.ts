/** What policies keep, in memory; written only inside memory transactions. */
import type { Clock } from '../../../core/clock.ts';
import { stage } from '../../../platform/jobs/memory-transaction.ts';
import {
  LaneChanged,
  laneKey,
  type Lane,
  type LaneChange,
  type OutcomeCounts,
  type ParkedRow,
  type PolicyPlace,
  type PolicyStore,
  type TimerRow,
} from '../policy-store.ts';

interface Held {
  readonly states: Map<string, unknown>;
  readonly timers: Map<string, TimerRow>;
  parked: ParkedRow[];
  counts: OutcomeCounts;
}

type Places = Map<string, Held>;

export function createMemoryPolicyStore({ clock }: { readonly clock: Clock }): PolicyStore {
  const places: Places = new Map();
  const at = (place: PolicyPlace): Held => heldAt(places, place);
  return {
    async states(place, lanes) {
      const { states } = at(place);
      const wanted = lanes.map(laneKey).filter((key) => states.has(key));
      return new Map(wanted.map((key) => [key, structuredClone(states.get(key))]));
    },
    async parkedLanes(place, lanes) {
      return new Set(lanes.filter((lane) => isParked(at(place), lane)).map(laneKey));
    },
    async commit(tx, place, { lanes, counts }) {
      const held = at(place);
      for (const lane of lanes)
        if (lane.wasParked && !isParked(held, lane)) throw new LaneChanged(laneKey(lane));
      stage(tx, () => {
        const parkedAt = new Date(clock.nowMs()).toISOString();
        for (const lane of lanes) apply(held, lane, { bucket: place.bucket, parkedAt });
        held.counts = sum(held.counts, counts);
      });
    },
    ...timersOf(at),
    ...parkingOf(places, at),
    async counts(policies) {
      return policies.map((policy) => {
        const its = [...places].filter(([key]) => key.endsWith(` ${policy}`)).map(([, it]) => it);
        return {
          policy,
          parked: its.reduce((total, { parked }) => total + parked.length, 0),
          timers: its.reduce((total, { timers }) => total + timers.size, 0),
          ...its.map(({ counts }) => counts).reduce(sum, NO_COUNTS),
        };
      });
    },
  };
}

const NO_COUNTS: OutcomeCounts = { done: 0, refused: 0, lastRefusal: null };

type At = (place: PolicyPlace) => Held;

function timersOf(at: At): Pick<PolicyStore, 'timer' | 'removeTimer'> {
  return {
    async timer(place, timer) {
      return at(place).timers.get(timerKey(timer)) ?? null;
    },
    async removeTimer(tx, place, timer) {
      const { timers } = at(place);
      if (timers.get(timerKey(timer))?.position !== timer.position) return false;
      stage(tx, () => timers.delete(timerKey(timer)));
      return true;
    },
  };
}

function parkingOf(
  places: Places,
  at: At,
): Pick<PolicyStore, 'parked' | 'firstParked' | 'unpark' | 'parkAgain'> {
  return {
    async parked(policy, limit) {
      return [...places]
        .filter(([key]) => key.endsWith(` ${policy}`))
        .flatMap(([, { parked }]) => parked)
        .sort((a, b) => a.bucket - b.bucket || Number(a.position - b.position))
        .slice(0, limit);
    },
    async firstParked(place, lane) {
      const rows = at(place)
        .parked.filter((row) => laneKey(row) === laneKey(lane))
        .sort((a, b) => Number(a.position - b.position));
      const [row] = rows;
      return row === undefined ? null : { row, count: rows.length };
    },
    async unpark(tx, place, row) {
      const held = at(place);
      if (!held.parked.some((other) => sameRow(other, row))) return false;
      stage(tx, () => {
        held.parked = held.parked.filter((other) => !sameRow(other, row));
      });
      return true;
    },
    async parkAgain(tx, place, { newReason, ...row }) {
      const held = at(place);
      stage(tx, () => {
        held.parked = held.parked.map((other) =>
          sameRow(other, row)
            ? { ...other, reason: newReason, attempts: other.attempts + 1 }
            : other,
        );
      });
    },
  };
}

function heldAt(places: Places, { policy, bucket }: PolicyPlace): Held {
  const key = `${bucket} ${policy}`;
  const held = places.get(key) ?? {
    states: new Map(),
    timers: new Map(),
    parked: [],
    counts: NO_COUNTS,
  };
  places.set(key, held);
  return held;
}

function apply(
  held: Held,
  change: LaneChange,
  { bucket, parkedAt }: { readonly bucket: number; readonly parkedAt: string },
): void {
  const { tenant, lane, state, timers, parked } = change;
  // As JSON, like the other implementation: what does not survive that is lost here too.
  if (state !== undefined)
    held.states.set(laneKey(change), JSON.parse(JSON.stringify(state.value)));
  for (const row of parked)
    held.parked.push({ bucket, tenant, lane, timer: '', attempts: 1, parkedAt, ...row });
  for (const timer of timers) {
    const key = timerKey({ tenant, lane, timer: timer.timer });
    if (timer.kind === 'cancel') held.timers.delete(key);
    else held.timers.set(key, { position: timer.position, state: structuredClone(timer.state) });
  }
}

function isParked(held: Held, lane: Lane): boolean {
  return held.parked.some((row) => row.timer === '' && laneKey(row) === laneKey(lane));
}

function sameRow(a: ParkedRow, b: ParkedRow): boolean {
  return laneKey(a) === laneKey(b) && a.position === b.position && a.timer === b.timer;
}

function timerKey({ timer, ...lane }: Lane & { readonly timer: string }): string {
  return `${laneKey(lane)} ${timer}`;
}

function sum(a: OutcomeCounts, b: OutcomeCounts): OutcomeCounts {
  return {
    done: a.done + b.done,
    refused: a.refused + b.refused,
    lastRefusal: b.lastRefusal ?? a.lastRefusal,
  };
}
