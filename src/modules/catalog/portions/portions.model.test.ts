import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../core/decision.ts';
import { decide } from './decide.ts';
import type { PortionEvent } from './events.ts';
import { decidePortions } from './mark.ts';
import { evolve, initialState, type PortionsState } from './state.ts';
import { givePortionsBack, remainingOf, takePortions, type PortionsMove } from './take.ts';

const place = { locationId: 'l', productId: 'p' };
const amount = fc.integer({ min: 1, max: 4 });
const step = fc.oneof(
  fc.record({ kind: fc.constant('take' as const), quantity: amount }),
  fc.record({ kind: fc.constant('give' as const), quantity: amount }),
  fc.record({ kind: fc.constant('add' as const), quantity: amount }),
  fc.record({ kind: fc.constant('set' as const), quantity: fc.integer({ min: 0, max: 6 }) }),
  fc.record({ kind: fc.constant('sold-out' as const), quantity: amount }),
  fc.record({ kind: fc.constant('available' as const), quantity: amount }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
type Take = (state: PortionsState, move: PortionsMove) => Decision<PortionEvent>;

/** Walks beside a plain count: null is "nobody counts", which is 0 while it is marked as sold out. */
function walk(steps: readonly Step[], take: Take): void {
  let state = initialState;
  let count: number | null = null;
  let marked = false;
  const happen = (events: readonly PortionEvent[]): void => {
    for (const event of events) state = evolve(state, event);
  };
  for (const { kind, quantity } of steps) {
    const move = { ...place, orderId: 'o', quantity };
    if (kind === 'take') {
      const taken = take(state, move);
      const left: number | null = marked ? 0 : count;
      const isEnough = left === null || quantity <= left;
      expect(taken.outcome).toBe(isEnough ? 'accepted' : 'rejected');
      if (taken.outcome === 'accepted') happen(taken.events);
      if (isEnough && count !== null) count -= quantity;
    } else if (kind === 'give') {
      happen(givePortionsBack(state, move));
      if (count !== null) count += quantity;
    } else if (kind === 'add') {
      const input = { quantity };
      const said = { type: 'AddPortions', id: 'l~p', input, at: '', commandId: '', secret: '' };
      const added = decide(state, {
        ...said,
        type: 'AddPortions',
        actor: '',
        approver: null,
        number: 0,
      });
      expect(added.outcome).toBe(count === null ? 'rejected' : 'accepted');
      if (added.outcome === 'accepted') happen(added.events);
      if (count !== null) count += quantity;
    } else {
      const { locationId } = place;
      if (kind === 'set') {
        const input = { locationId, remaining: quantity };
        happen(decidePortions(state, { type: 'SetRemaining', id: 'p', input }));
        [count, marked] = [quantity, false];
      } else {
        const type = kind === 'sold-out' ? 'MarkSoldOut' : 'MarkAvailable';
        happen(decidePortions(state, { type, id: 'p', input: { locationId } }));
        [count, marked] = [null, kind === 'sold-out'];
      }
    }
    expect(remainingOf(state)).toBe(marked ? 0 : count);
    if (state.status === 'counted') expect(state.remaining).toBeGreaterThanOrEqual(0);
  }
}

const property = (take: Take) =>
  fc.property(fc.array(step, { maxLength: 40 }), (steps) => walk(steps, take));

describe('K6: portions', () => {
  test('are never taken beyond what there is, and what is left always adds up', () => {
    fc.assert(property(takePortions), { numRuns: 300 });
  });

  test('a decision that looks at the last portion only is found out', () => {
    const careless: Take = (state, move) => {
      if (state.status !== 'counted' || state.remaining <= 0) return takePortions(state, move);
      const { remaining } = state;
      const data = { ...move, remaining: Math.max(0, remaining - move.quantity) };
      return { outcome: 'accepted', events: [{ type: 'PortionsTaken', data }], elsewhere: [] };
    };
    expect(() => fc.assert(property(careless), { numRuns: 300 })).toThrow();
  });

  test('of two orders for the last one, decided one after the other, the second is refused', () => {
    const last: PortionsState = { status: 'counted', remaining: 1, ...place };
    const taken = takePortions(last, { ...place, orderId: 'one', quantity: 1 });
    const events = taken.outcome === 'accepted' ? taken.events : [];
    const after = events.reduce(evolve, last);
    expect(takePortions(after, { ...place, orderId: 'two', quantity: 1 })).toEqual({
      outcome: 'rejected',
      code: 'SOLD_OUT',
      details: { productId: 'p', remaining: 0 },
    });
  });
});
