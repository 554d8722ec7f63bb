import { describe, expect, test } from 'vitest';
import { givenEvents } from '../../../test/support/given.ts';
import { decide } from './decide.ts';
import { IDENTIFIERS_MAX } from './decide-identifiers.ts';
import type { CustomerEvent } from './events.ts';
import { evolve, initialState } from './state.ts';

const customers = { initialState, decide, evolve };
const given = (...events: readonly CustomerEvent[]) => givenEvents(customers, ...events);
const customerId = 'id-1';
const phone = '+48601000001';
const registered: CustomerEvent = {
  type: 'CustomerRegistered',
  data: { customerId, name: 'Ana', phone, email: 'Ana@Example.com', language: 'en' },
};
const added = (identifierId: string, value: string): CustomerEvent => ({
  type: 'CustomerIdentifierAdded',
  data: { customerId, identifierId, kind: 'phone', channel: null, value },
});
const preferred = (identifierId: string, value: string): CustomerEvent => ({
  type: 'CustomerIdentifierPreferred',
  data: { customerId, identifierId, kind: 'phone', value },
});
const removed = (identifierId: string, last: boolean): CustomerEvent => ({
  type: 'CustomerIdentifierRemoved',
  data: { customerId, identifierId, kind: 'phone', last },
});

describe('adding', () => {
  test('C6: what the customer has already changes nothing, e-mails without case', () => {
    const same = { kind: 'phone', value: phone } as const;
    const email = { kind: 'email', value: 'ANA@example.com' } as const;
    expect(given(registered).when({ type: 'AddCustomerIdentifier', input: same })).toEqual([]);
    expect(given(registered).when({ type: 'AddCustomerIdentifier', input: email })).toEqual([]);
  });

  test('the first phone is the preferred one, another is not', () => {
    const bare: CustomerEvent = {
      type: 'CustomerRegistered',
      data: { customerId, name: 'Ana', language: 'en' },
    };
    const input = { kind: 'phone', value: '+48601000002' } as const;
    expect(given(bare).when({ type: 'AddCustomerIdentifier', input })).toEqual([
      added('c-1', input.value),
      preferred('c-1', input.value),
    ]);
    expect(given(registered).when({ type: 'AddCustomerIdentifier', input })).toEqual([
      added('c-1', input.value),
    ]);
  });

  test('there is a limit', () => {
    const many = Array.from({ length: IDENTIFIERS_MAX - 2 }, (_, index) =>
      added(`i${index}`, `+4860200000${index}`),
    );
    const input = { kind: 'phone', value: '+48603000000' } as const;
    const full = given(registered, ...many);
    expect(full.when({ type: 'AddCustomerIdentifier', input })).toBe('IDENTIFIERS_TOO_MANY');
  });
});

describe('removing', () => {
  test('C7: the next of its kind takes the place of the preferred one', () => {
    const two = given(registered, added('i2', '+48601000002'));
    const input = { identifierId: 'phone' };
    const events = [removed('phone', false), preferred('i2', '+48601000002')];
    expect(two.when({ type: 'RemoveCustomerIdentifier', input })).toEqual(events);
    const after = given(registered, added('i2', '+48601000002'), ...events);
    expect(after.state).toMatchObject({ phone: '+48601000002', preferred: { phone: 'i2' } });
  });

  test('the last of its kind leaves none', () => {
    const input = { identifierId: 'phone' };
    expect(given(registered).when({ type: 'RemoveCustomerIdentifier', input })).toEqual([
      removed('phone', true),
    ]);
    expect(given(registered, removed('phone', true)).state).toMatchObject({ phone: null });
  });

  test('what is not there is refused', () => {
    const input = { identifierId: 'nothing' };
    expect(given(registered).when({ type: 'RemoveCustomerIdentifier', input })).toBe(
      'IDENTIFIER_UNKNOWN',
    );
  });
});

describe('changing the contact', () => {
  const two = [registered, added('i2', '+48601000002')];

  test('a phone that the customer has already becomes the preferred one', () => {
    const input = { phone: '+48601000002' };
    expect(given(...two).when({ type: 'ChangeContact', input })).toEqual([
      preferred('i2', '+48601000002'),
    ]);
  });

  test('a new phone takes the place of the preferred one and of no other', () => {
    const before = [...two, preferred('i2', '+48601000002')];
    const input = { phone: '+48601000003' };
    const decided = given(...before).when({ type: 'ChangeContact', input });
    expect(decided).toEqual([
      added('c-1-phone', '+48601000003'),
      preferred('c-1-phone', '+48601000003'),
      removed('i2', false),
    ]);
    const { state } = given(...before, ...(decided as readonly CustomerEvent[]));
    expect(state).toMatchObject({
      phone: '+48601000003',
      identifiers: [
        { id: 'phone', value: phone },
        { id: 'email' },
        { id: 'c-1-phone', value: '+48601000003' },
      ],
    });
  });

  test('kind and language have events of their own', () => {
    const input = { kind: 'organisation', language: 'pl' } as const;
    expect(given(registered).when({ type: 'ChangeContact', input })).toEqual([
      { type: 'CustomerKindChanged', data: { customerId, kind: 'organisation' } },
      { type: 'CustomerLanguageChanged', data: { customerId, language: 'pl' } },
    ]);
  });
});

test('a messenger id cannot be the preferred one', () => {
  const telegram: CustomerEvent = {
    type: 'CustomerIdentifierAdded',
    data: { customerId, identifierId: 't', kind: 'messenger', channel: 'telegram', value: '1' },
  };
  const input = { identifierId: 't' };
  expect(given(registered, telegram).when({ type: 'PreferCustomerIdentifier', input })).toBe(
    'IDENTIFIER_NOT_CONTACT',
  );
});
