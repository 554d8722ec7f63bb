import { describe, expect, test } from 'vitest';
import { AT, givenEvents, type Said } from '../../../test/support/given.ts';
import type { CustomerCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { CustomerEvent } from './events.ts';
import { evolve, initialState } from './state.ts';

const customers = { initialState, decide, evolve };
const given = (...events: readonly CustomerEvent[]) => givenEvents(customers, ...events);
const unproven = { source: null, wordingVersion: null };

const customerId = 'id-1';
const registered: CustomerEvent = {
  type: 'CustomerRegistered',
  data: { customerId, name: 'Ana Souza', phone: '+5511987654321', language: 'pt-BR' },
};
const consented: CustomerEvent = {
  type: 'CustomerConsentGiven',
  data: { customerId, channel: 'email', wording: 'Yes.', ...unproven },
};
const archived: CustomerEvent = {
  type: 'CustomerArchived',
  data: { customerId, reason: 'moved away' },
};

describe('registering', () => {
  test('a new customer is registered with what was given, in English unless said otherwise', () => {
    const input = { name: 'Jan Kowalski', email: 'jan@example.com' };
    expect(given().when({ type: 'RegisterCustomer', input })).toEqual([
      { type: 'CustomerRegistered', data: { customerId, ...input, language: 'en' } },
    ]);
  });

  test('C1: a customer is registered once', () => {
    const again = { type: 'RegisterCustomer', input: { name: 'Ana Souza' } } as const;
    expect(given(registered).when(again)).toBe('CUSTOMER_EXISTS');
    expect(given(registered, archived).when(again)).toBe('CUSTOMER_EXISTS');
  });
});

describe('changing the contact', () => {
  test('only what is new is in the event', () => {
    const input = { name: 'Ana Souza', email: 'ana@example.com' };
    expect(given(registered).when({ type: 'ChangeContact', input })).toEqual([
      { type: 'CustomerContactChanged', data: { customerId, email: 'ana@example.com' } },
    ]);
  });

  test('what is as it was is accepted without an event', () => {
    const input = { phone: '+5511987654321' };
    expect(given(registered).when({ type: 'ChangeContact', input })).toEqual([]);
  });
});

describe('the time zone', () => {
  const zoned = (timeZone: string | null): CustomerEvent => ({
    type: 'CustomerTimeZoneChanged',
    data: { customerId, timeZone },
  });
  const change = (timeZone: string | null) =>
    ({ type: 'ChangeContact', input: { timeZone } }) as const;

  test('is noted with the registration where it is said', () => {
    const input = { name: 'Ana Souza', timeZone: 'America/Sao_Paulo' };
    expect(given().when({ type: 'RegisterCustomer', input })).toEqual([
      { type: 'CustomerRegistered', data: { customerId, name: 'Ana Souza', language: 'en' } },
      zoned('America/Sao_Paulo'),
    ]);
  });

  test('changes, and may be taken away again', () => {
    expect(given(registered).when(change('Europe/Lisbon'))).toEqual([zoned('Europe/Lisbon')]);
    const known = given(registered, zoned('Europe/Lisbon'));
    expect(known.when(change('Europe/Lisbon'))).toEqual([]);
    expect(known.when(change(null))).toEqual([zoned(null)]);
    expect(given(registered).when(change(null))).toEqual([]);
  });

  test('that does not exist is refused', () => {
    expect(given(registered).when(change('Mars/Olympus'))).toBe('CUSTOMER_ZONE_UNKNOWN');
    const input = { name: 'Ana', timeZone: 'Mars/Olympus' };
    expect(given().when({ type: 'RegisterCustomer', input })).toBe('CUSTOMER_ZONE_UNKNOWN');
  });
});

describe('consent', () => {
  test('is noted with its wording', () => {
    const input = { channel: 'email', wording: 'Yes.' } as const;
    expect(given(registered).when({ type: 'GiveConsent', input })).toEqual([consented]);
  });

  test('C3: the same consent again changes nothing; another wording replaces it', () => {
    const again = { channel: 'email', wording: 'Yes.' } as const;
    expect(given(registered, consented).when({ type: 'GiveConsent', input: again })).toEqual([]);
    const reworded = given(registered, consented, {
      type: 'CustomerConsentGiven',
      data: { customerId, channel: 'email', wording: 'Still yes.', ...unproven },
    });
    expect(reworded.state).toMatchObject({
      consents: [{ channel: 'email', since: AT, wording: 'Still yes.', ...unproven }],
    });
  });

  test('C4: after it was withdrawn there is none', () => {
    const input = { channel: 'email' } as const;
    const withdrawn: CustomerEvent = {
      type: 'CustomerConsentWithdrawn',
      data: { customerId, channel: 'email', source: null },
    };
    expect(given(registered, consented).when({ type: 'WithdrawConsent', input })).toEqual([
      withdrawn,
    ]);
    expect(given(registered, consented, withdrawn).state).toMatchObject({ consents: [] });
    expect(given(registered).when({ type: 'WithdrawConsent', input })).toEqual([]);
  });
});

describe('archiving', () => {
  test('takes the customer off the lists', () => {
    const input = { reason: 'moved away' };
    expect(given(registered).when({ type: 'ArchiveCustomer', input })).toEqual([archived]);
    expect(given(registered, archived).state).toMatchObject({ status: 'archived' });
  });

  test.each([
    { type: 'ChangeContact', input: { name: 'x' } },
    { type: 'GiveConsent', input: { channel: 'sms', wording: 'Yes.' } },
    { type: 'WithdrawConsent', input: { channel: 'sms' } },
    { type: 'ArchiveCustomer', input: { reason: 'again' } },
    { type: 'AddCustomerIdentifier', input: { kind: 'phone', value: '+48601234567' } },
    { type: 'TagCustomer', input: { tags: ['x'] } },
    { type: 'AddCustomerNote', input: { text: 'x' } },
    { type: 'MergeCustomers', input: { otherId: 'other' } },
  ] satisfies readonly Said<CustomerCommand>[])(
    'C2: an archived customer takes no $type',
    (command) => {
      expect(given(registered, archived).when(command)).toBe('CUSTOMER_ARCHIVED');
    },
  );
});
