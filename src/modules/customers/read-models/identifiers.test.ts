import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowAfter } from '../../../../test/support/given.ts';
import type { CustomerEvent } from '../events.ts';
import { groupsOf } from '../routes-duplicates.ts';
import { FINGERPRINTS, fingerprintOf, identifierRows, type IdentifierRow } from './identifiers.ts';

const customerId = 'c1';
const registered: CustomerEvent = {
  type: 'CustomerRegistered',
  data: {
    customerId,
    name: 'Ana',
    phone: '+48601000001',
    email: 'Ana@Example.com',
    language: 'en',
  },
};
const rowOf = (key: string, ...events: readonly CustomerEvent[]) =>
  rowAfter(identifierRows, key, events as never);

test('phone and e-mail of the contact are rows, the e-mail as it is looked up', () => {
  expect(rowOf('c1~phone', registered)).toMatchObject({ kind: 'phone', value: '+48601000001' });
  expect(rowOf('c1~email', registered)).toMatchObject({ kind: 'email', value: 'ana@example.com' });
});

test('a changed phone takes the place of the old one, and a removed one is gone', () => {
  const changed: CustomerEvent = {
    type: 'CustomerContactChanged',
    data: { customerId, phone: '+48601000002' },
  };
  const gone: CustomerEvent = {
    type: 'CustomerIdentifierRemoved',
    data: { customerId, identifierId: 'phone', kind: 'phone', last: true },
  };
  expect(rowOf('c1~phone', registered, changed)).toMatchObject({ value: '+48601000002' });
  expect(rowOf('c1~email', registered, changed)).toMatchObject({ value: 'ana@example.com' });
  expect(rowOf('c1~phone', registered, gone)).toBeNull();
});

test('an erased person is found by nothing', () => {
  const erased: CustomerEvent = {
    type: 'CustomerRegistered',
    data: { customerId, name: null, phone: null, language: 'en' },
  };
  expect(rowOf('c1~phone', erased)).toMatchObject({ value: null, fingerprint: null });
});

test('a fingerprint is one of a million', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const fingerprint = fingerprintOf(text);
      expect(Number.isInteger(fingerprint)).toBe(true);
      expect(fingerprint).toBeGreaterThanOrEqual(0);
      expect(fingerprint).toBeLessThan(FINGERPRINTS);
    }),
  );
});

test('equal fingerprints alone make no duplicate, nor does one customer with a value twice', () => {
  const row = (customer: string, value: string): IdentifierRow => ({
    customer_id: customer,
    kind: 'phone',
    channel: null,
    value,
    fingerprint: 1,
  });
  expect(groupsOf([row('a', '+1'), row('b', '+2'), row('a', '+1')])).toEqual([]);
  expect(groupsOf([row('a', '+1'), row('b', '+1')])).toEqual([
    { reason: 'phone', value: '+1', ids: ['a', 'b'] },
  ]);
});
