/** Random merges and their undoing over a handful of customers, against a model that is a map of links. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AT, surroundingsOf } from '../../../test/support/given.ts';
import type { CustomerCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { CustomerEvent } from './events.ts';
import {
  consentOf,
  CUSTOMERS,
  evolve,
  initialState,
  survivorOf,
  type CustomerState,
} from './state.ts';

const IDS = ['a', 'b', 'c', 'd'] as const;
const id = fc.constantFrom(...IDS);
const step = fc.record({ id, otherId: id, merges: fc.boolean() });

class World {
  readonly streams = new Map<string, { state: CustomerState; version: number }>();

  constructor() {
    for (const customerId of IDS) {
      this.put(customerId, {
        type: 'CustomerRegistered',
        data: { customerId, name: 'x', language: 'en' },
      });
      const consent = {
        channel: 'email',
        wording: 'Yes.',
        source: null,
        wordingVersion: null,
      } as const;
      this.put(customerId, { type: 'CustomerConsentGiven', data: { customerId, ...consent } });
    }
  }

  state(customerId: string): CustomerState {
    return this.streams.get(`${CUSTOMERS}/${customerId}`)?.state ?? initialState;
  }

  put(customerId: string, event: CustomerEvent, at = AT): void {
    const version = (this.streams.get(`${CUSTOMERS}/${customerId}`)?.version ?? 0) + 1;
    const state = evolve(this.state(customerId), event, { at, version });
    this.streams.set(`${CUSTOMERS}/${customerId}`, { state, version });
  }

  /** Whether it was accepted with events. */
  does(customerId: string, type: 'MergeCustomers' | 'UnmergeCustomers', otherId: string): boolean {
    const command = { type, id: customerId, input: { otherId }, at: AT, commandId: 'c' };
    const around = surroundingsOf(this.streams);
    const decided = decide(
      this.state(customerId),
      // safe because these are the members that deciding a merge reads
      command as unknown as CustomerCommand,
      around,
    );
    if (decided.outcome === 'rejected' || decided.events.length === 0) return false;
    for (const event of decided.events) this.put(customerId, event);
    for (const { id: other, events } of decided.elsewhere)
      // safe because a decision of customers puts events of customers there
      for (const event of events) this.put(other, event as CustomerEvent);
    return true;
  }
}

test('C8: links go both ways, never in a ring, and only the survivor may be written to', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const world = new World();
      const links = new Map<string, string>();
      for (const { id: one, otherId, merges } of steps) {
        const free = !links.has(one);
        const isMerge = merges && free && one !== otherId && !links.has(otherId);
        const isUndone = !merges && free && links.get(otherId) === one;
        const type = merges ? 'MergeCustomers' : 'UnmergeCustomers';
        expect(world.does(one, type, otherId)).toBe(isMerge || isUndone);
        if (isMerge) links.set(otherId, one);
        if (isUndone) links.delete(otherId);
      }
      for (const each of IDS) {
        const state = world.state(each);
        if (state.status === 'unknown') throw new Error('every customer is registered');
        const others = [...links].filter(([, survivor]) => survivor === each).map(([key]) => key);
        expect(state.merges.map(({ otherId }) => otherId).sort()).toEqual(others.sort());
        expect(survivorOf(state)).toBe(links.get(each) ?? null);
        expect(consentOf(state, 'email') === null).toBe(links.has(each));
        const seen = new Set<string>();
        for (let at: string | undefined = each; at !== undefined; at = links.get(at)) {
          expect(seen.has(at)).toBe(false);
          seen.add(at);
        }
      }
    }),
  );
});

test('C14: what the other one took back later than the survivor gave it is taken back', () => {
  const merged = (...order: readonly (readonly [string, boolean])[]) => {
    const world = new World();
    order.forEach(([customerId, isGiven], index) => {
      const proof = { channel: 'sms', source: 'counter' } as const;
      const at = `2026-11-21T1${index}:00:00.000Z`;
      const text = { wording: 'Yes.', wordingVersion: null };
      const event: CustomerEvent = isGiven
        ? { type: 'CustomerConsentGiven', data: { customerId, ...proof, ...text } }
        : { type: 'CustomerConsentWithdrawn', data: { customerId, ...proof } };
      world.put(customerId, event, at);
    });
    world.does('a', 'MergeCustomers', 'b');
    return consentOf(world.state('a'), 'sms') !== null;
  };
  expect(merged(['b', true], ['a', true], ['b', false])).toBe(false);
  expect(merged(['b', true], ['b', false], ['a', true])).toBe(true);
  expect(merged(['a', true], ['b', true], ['b', false], ['b', true])).toBe(true);
  expect(merged(['a', true])).toBe(true);
});

test('C9: what happened between merge and undoing stays with the survivor and is counted', () => {
  const world = new World();
  world.does('a', 'MergeCustomers', 'b');
  world.put('a', { type: 'CustomerTagged', data: { customerId: 'a', tags: ['later'] } });
  world.does('a', 'UnmergeCustomers', 'b');
  expect(world.state('a')).toMatchObject({
    tags: ['later'],
    undoneMerges: [{ otherId: 'b', mergedVersion: 3, version: 5 }],
  });
  expect(world.state('b')).toMatchObject({ status: 'active', tags: [] });
});
