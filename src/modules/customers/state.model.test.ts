import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CustomerEvent } from './events.ts';
import { evolve, initialState, type CustomerState } from './state.ts';

const customerId = fc.constant('c1');
const personal = fc.option(fc.string(), { nil: null });
const maybe = fc.option(personal, { nil: undefined });
const text = fc.option(fc.string(), { nil: null });
const channel = fc.constantFrom('email' as const, 'sms' as const, 'whatsapp' as const);
/** As JSON has it: a member without a value is absent. */
const present = <Data extends object>(data: Data): Data =>
  // safe because only members without a value are left out
  JSON.parse(JSON.stringify(data)) as Data;

const event: fc.Arbitrary<CustomerEvent> = fc.oneof(
  fc
    .record({ customerId, name: personal, email: maybe, phone: maybe, language: fc.string() })
    .map((data) => ({ type: 'CustomerRegistered' as const, data: present(data) as never })),
  fc
    .record({ customerId, name: maybe, email: maybe, phone: maybe })
    .map((data) => ({ type: 'CustomerContactChanged' as const, data: present(data) as never })),
  fc
    .record({ customerId, channel, wording: fc.string(), source: text, wordingVersion: text })
    .map((data) => ({ type: 'CustomerConsentGiven' as const, data })),
  fc
    .record({ customerId, channel, source: text })
    .map((data) => ({ type: 'CustomerConsentWithdrawn' as const, data })),
  fc
    .record({ customerId, reason: fc.string() })
    .map((data) => ({ type: 'CustomerArchived' as const, data })),
);

test('any events in any order, persons erased or not, fold to a state of plain JSON', () => {
  fc.assert(
    fc.property(fc.array(event), (events) => {
      const state = events.reduce<CustomerState>(
        (before, each, index) => evolve(before, each, { at: 'now', version: index + 1 }),
        initialState,
      );
      expect(JSON.parse(JSON.stringify(state))).toEqual(state);
      if (state.status === 'unknown') return;
      const channels = state.consents.map((consent) => consent.channel);
      // C5: however consent came and went, a channel has one at most.
      expect(new Set(channels).size).toBe(channels.length);
    }),
  );
});

test('what was before a customer was registered is nothing', () => {
  const archived: CustomerEvent = {
    type: 'CustomerArchived',
    data: { customerId: 'c', reason: 'r' },
  };
  expect(evolve(initialState, archived, { at: 'now', version: 1 })).toBe(initialState);
});
