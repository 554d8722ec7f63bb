import { describe, expect, test } from 'vitest';
import { AT, givenEvents } from '../../../test/support/given.ts';
import { decide } from './decide.ts';
import type { GiftVoucherEvent } from './events.ts';
import { evolve, initialState } from './state.ts';

const giftVouchers = { initialState, decide, evolve };
const given = (...events: readonly GiftVoucherEvent[]) => givenEvents(giftVouchers, ...events);

const giftVoucherId = 'id-1';
const value = { amount: 5000, currency: 'BRL' };
const expiresAt = '2027-12-31T23:59:59Z';
const LATER = '2028-01-01T00:00:00.000Z';
const issued: GiftVoucherEvent = {
  type: 'GiftVoucherIssued',
  data: { giftVoucherId, value, expiresAt, recipient: 'Ana Souza' },
};
const redeemed = (amount: number): GiftVoucherEvent => ({
  type: 'GiftVoucherRedeemed',
  data: { giftVoucherId, amount, orderId: 'o1' },
});
const redeem = (amount: number) =>
  ({ type: 'RedeemGiftVoucher', input: { amount, orderId: 'o1' } }) as const;
const cancel = { type: 'CancelGiftVoucher', input: { reason: 'by mistake' } } as const;
const expire = { type: 'ExpireGiftVoucher', input: {} } as const;

describe('issuing', () => {
  const issue = {
    type: 'IssueGiftVoucher',
    input: { value, recipient: 'Ana Souza', expiresAt },
  } as const;

  test('a new voucher is worth its value', () => {
    expect(given().when(issue)).toEqual([issued]);
    expect(given(issued).state).toMatchObject({ status: 'valid', left: 5000, issuedAt: AT });
  });

  test('a voucher is issued once', () => {
    expect(given(issued).when(issue)).toBe('GIFT_VOUCHER_EXISTS');
  });

  test('not with an expiry in the past', () => {
    expect(given().when({ ...issue, at: LATER })).toBe('GIFT_VOUCHER_BORN_EXPIRED');
  });
});

describe('redeeming', () => {
  test('takes from what is left', () => {
    expect(given(issued).when(redeem(1500))).toEqual([redeemed(1500)]);
    expect(given(issued, redeemed(1500)).state).toMatchObject({ status: 'valid', left: 3500 });
  });

  test('G1: never more than it was worth is spent', () => {
    expect(given(issued, redeemed(1500)).when(redeem(3501))).toBe('GIFT_VOUCHER_TOO_SMALL');
    expect(given(issued, redeemed(1500)).when(redeem(3500))).toEqual([redeemed(3500)]);
  });

  test('the last of it ends it', () => {
    expect(given(issued, redeemed(5000)).state).toMatchObject({ status: 'spent', endedAt: AT });
  });

  test('G3: not once its time is over, whether it was ended already or not', () => {
    expect(given(issued).when({ ...redeem(1), at: expiresAt })).toBe('GIFT_VOUCHER_ENDED');
  });
});

describe('cancelling', () => {
  test('takes it back', () => {
    expect(given(issued).when(cancel)).toEqual([
      { type: 'GiftVoucherCancelled', data: { giftVoucherId, reason: 'by mistake' } },
    ]);
  });

  test('G4: not once a part was spent', () => {
    expect(given(issued, redeemed(1)).when(cancel)).toBe('GIFT_VOUCHER_IN_USE');
  });
});

describe('expiring', () => {
  test('notes what lapsed, when the time has come', () => {
    expect(given(issued, redeemed(1500)).when({ ...expire, at: LATER })).toEqual([
      { type: 'GiftVoucherExpired', data: { giftVoucherId, lapsed: 3500 } },
    ]);
  });

  test('not before', () => {
    expect(given(issued).when(expire)).toBe('GIFT_VOUCHER_NOT_DUE');
  });
});

test.each([
  ['spent', redeemed(5000)],
  ['cancelled', { type: 'GiftVoucherCancelled', data: { giftVoucherId, reason: 'x' } }],
  ['expired', { type: 'GiftVoucherExpired', data: { giftVoucherId, lapsed: 5000 } }],
] as const)('G2: a voucher that is %s takes no commands', (_status, ended) => {
  for (const command of [redeem(1), cancel, expire])
    expect(given(issued, ended).when(command)).toBe('GIFT_VOUCHER_ENDED');
});
