import type { DayEvent } from './events.ts';

/** Tables that are taken on a date, or held until a moment. Times are ISO text in UTC, alike in form, so in order. */
export interface Taken {
  readonly key: string;
  readonly kind: 'reservation' | 'offer' | 'block';
  readonly tableIds: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly day: string;
  readonly partySize: number;
  readonly heldUntil: string | null;
  /** Of a block. */
  readonly reason: string | null;
}

export interface Waiter {
  readonly waiterId: string;
  readonly partySize: number;
  readonly from: string;
  readonly to: string;
}

/** What is taken of one location on one date: the only decider of what is still free (R1, R2). */
export interface DayState {
  /** Null before the first event. */
  readonly locationId: string | null;
  /** In the order in which they were taken. */
  readonly taken: readonly Taken[];
  /** Who waits for something to become free, first come first. */
  readonly waiting: readonly Waiter[];
}

export const initialState: DayState = { locationId: null, taken: [], waiting: [] };

export function evolve(before: DayState, { type, data }: DayEvent): DayState {
  const state = { ...before, locationId: data.locationId };
  switch (type) {
    case 'DayTablesTaken': {
      const { key, kind, tableIds, from, to, day, partySize, heldUntil } = data;
      const held = { key, kind, tableIds, from, to, day, partySize, heldUntil, reason: null };
      return { ...state, taken: [...without(state, key), held] };
    }
    case 'DayTablesKept':
      return {
        ...state,
        taken: changed(state, data.key, { heldUntil: null, kind: 'reservation' }),
      };
    case 'DayTablesBlocked':
      return { ...state, taken: changed(state, data.key, { reason: data.reason }) };
    case 'DayTablesFreed':
      return { ...state, taken: without(state, data.key) };
    case 'DayWaiterJoined': {
      const { waiterId, partySize, from, to } = data;
      const others = state.waiting.filter((waiter) => waiter.waiterId !== waiterId);
      return { ...state, waiting: [...others, { waiterId, partySize, from, to }] };
    }
    case 'DayWaiterLeft':
      return {
        ...state,
        waiting: state.waiting.filter(({ waiterId }) => waiterId !== data.waiterId),
      };
  }
}

function without({ taken }: DayState, key: string): readonly Taken[] {
  return taken.filter((held) => held.key !== key);
}

function changed({ taken }: DayState, key: string, change: Partial<Taken>): readonly Taken[] {
  return taken.map((held) => (held.key === key ? { ...held, ...change } : held));
}
