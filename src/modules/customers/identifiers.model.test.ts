/** Random commands about identifiers: the contact that lists show and the state agree after every one of them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AT, rowAfter } from '../../../test/support/given.ts';
import type { CustomerCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { CustomerEvent } from './events.ts';
import { customerList } from './read-models/customer-list.ts';
import { evolve, initialState, type CustomerState } from './state.ts';

const phone = fc.constantFrom('+48601000001', '+48601000002', '+48601000003');
const email = fc.constantFrom('a@example.com', 'A@example.com', 'b@example.com');
const identifierId = fc.constantFrom('phone', 'email', 'c1', 'c2', 'c3', 'c4-phone');
const command = fc.oneof(
  fc
    .record({ phone, email }, { requiredKeys: [] })
    .map((input) => ({ type: 'ChangeContact', input })),
  phone.map((value) => ({ type: 'AddCustomerIdentifier', input: { kind: 'phone', value } })),
  email.map((value) => ({ type: 'AddCustomerIdentifier', input: { kind: 'email', value } })),
  identifierId.map((id) => ({ type: 'RemoveCustomerIdentifier', input: { identifierId: id } })),
  identifierId.map((id) => ({ type: 'PreferCustomerIdentifier', input: { identifierId: id } })),
);

test('C7: who has a phone has a preferred one, and every list shows it', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
      const events: CustomerEvent[] = [];
      let state: CustomerState = initialState;
      const put = (event: CustomerEvent): void => {
        events.push(event);
        state = evolve(state, event, { at: AT, version: events.length });
      };
      put({ type: 'CustomerRegistered', data: { customerId: 'id', name: 'x', language: 'en' } });
      for (const [index, said] of commands.entries()) {
        // safe because these are all that deciding about identifiers reads
        const given = {
          ...said,
          id: 'id',
          at: AT,
          commandId: `c${index}`,
        } as unknown as CustomerCommand;
        const decided = decide(state, given, { stateOf: () => null, versionOf: () => 0 });
        if (decided.outcome === 'accepted') decided.events.forEach(put);
        checkContact(state, events);
      }
    }),
  );
});

function checkContact(state: CustomerState, events: readonly CustomerEvent[]): void {
  if (state.status === 'unknown') throw new Error('the customer is registered');
  const { identifiers, preferred } = state;
  const values = identifiers.map((held) => `${held.kind}:${held.value?.toLowerCase() ?? ''}`);
  expect(new Set(values).size).toBe(values.length);
  for (const kind of ['phone', 'email'] as const) {
    const own = identifiers.filter((held) => held.kind === kind);
    expect(own.some(({ id }) => id === preferred[kind])).toBe(own.length > 0);
    expect(own.find(({ id }) => id === preferred[kind])?.value ?? null).toBe(state[kind]);
  }
  const { phone: shownPhone, email: shownEmail } = state;
  expect(rowAfter(customerList, 'id', events)).toMatchObject({
    phone: shownPhone,
    email: shownEmail,
  });
}

test('the check above sees a state that shows another phone than its list', () => {
  const registered: CustomerEvent = {
    type: 'CustomerRegistered',
    data: { customerId: 'id', name: 'x', phone: '+48601000001', language: 'en' },
  };
  const state = evolve(initialState, registered, { at: AT, version: 1 });
  checkContact(state, [registered]);
  if (state.status === 'unknown') throw new Error('the customer is registered');
  const wrong: CustomerState = { ...state, phone: '+48601000002' };
  expect(() => checkContact(wrong, [registered])).toThrow();
});
