import { expect, test } from 'vitest';
import { AT, rowAfter } from '../../../../test/support/given.ts';
import type { CustomerEvent } from '../events.ts';
import { customerList } from './customer-list.ts';

const customerId = 'c1';
const registered: CustomerEvent = {
  type: 'CustomerRegistered',
  data: { customerId, name: 'Ana', phone: '+5511987654321', language: 'pt-BR' },
};
const rowOf = (...events: readonly CustomerEvent[]) => rowAfter(customerList, customerId, events);

test('a registered customer is a row', () => {
  expect(rowOf(registered)).toEqual({
    name: 'Ana',
    kind: 'person',
    email: null,
    phone: '+5511987654321',
    language: 'pt-BR',
    time_zone: null,
    status: 'active',
    consents: [],
    tags: [],
    merged_into: null,
    registered_at: AT,
  });
});

test('a changed contact changes what it names', () => {
  const changed: CustomerEvent = {
    type: 'CustomerContactChanged',
    data: { customerId, email: 'ana@example.com' },
  };
  expect(rowOf(registered, changed)).toMatchObject({ name: 'Ana', email: 'ana@example.com' });
});

test('the time zone is that which was said last', () => {
  const zoned = (timeZone: string | null): CustomerEvent => ({
    type: 'CustomerTimeZoneChanged',
    data: { customerId, timeZone },
  });
  expect(rowOf(registered, zoned('Europe/Lisbon'))).toMatchObject({ time_zone: 'Europe/Lisbon' });
  expect(rowOf(registered, zoned('Europe/Lisbon'), zoned(null))).toMatchObject({ time_zone: null });
});

test('consents are a sorted list of channels, each once', () => {
  const given = (channel: 'email' | 'sms'): CustomerEvent => ({
    type: 'CustomerConsentGiven',
    data: { customerId, channel, wording: 'Yes.', source: null, wordingVersion: null },
  });
  const withdrawn: CustomerEvent = {
    type: 'CustomerConsentWithdrawn',
    data: { customerId, channel: 'sms', source: null },
  };
  expect(rowOf(registered, given('sms'), given('email'), given('sms'))).toMatchObject({
    consents: ['email', 'sms'],
  });
  expect(rowOf(registered, given('sms'), given('email'), withdrawn)).toMatchObject({
    consents: ['email'],
  });
});

test('an archived customer stays a row and says so', () => {
  const archived: CustomerEvent = { type: 'CustomerArchived', data: { customerId, reason: 'r' } };
  expect(rowOf(registered, archived)).toMatchObject({ status: 'archived' });
});

test('what follows nothing makes no row', () => {
  const archived: CustomerEvent = { type: 'CustomerArchived', data: { customerId, reason: 'r' } };
  expect(rowOf(archived)).toBeNull();
});
