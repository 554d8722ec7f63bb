import { expect, test } from 'vitest';
import { cancelConsequence, noShowFee } from './fees.ts';

const settings = { freeCancelMinutes: 240, lateCancelFeePerGuest: 500, noShowFeePerGuest: 1000 };
const booking = {
  status: 'confirmed',
  startsAt: '2026-11-22T18:00:00.000Z',
  partySize: 4,
  amounts: [],
} as const;
const paid = {
  ...booking,
  amounts: [
    {
      amountId: 'a',
      kind: 'deposit',
      status: 'paid',
      amount: { amount: 800, currency: 'EUR' },
    },
  ],
} as const;
const at = (time: string, by: 'guest' | 'house' = 'guest') => ({
  by,
  nowMs: Date.parse(`2026-11-22T${time}Z`),
  currency: 'EUR',
});

test('a guest who cancels late owes the fee of each guest', () => {
  expect(cancelConsequence(booking, settings, at('14:00:01'))).toEqual({
    isLate: true,
    fee: { amount: 2000, currency: 'EUR' },
    back: null,
  });
});

test('until the last free moment, and for the house at any time, nothing is owed', () => {
  const free = { isLate: false, fee: null, back: null };
  expect(cancelConsequence(booking, settings, at('14:00:00'))).toEqual(free);
  expect(cancelConsequence(booking, settings, at('17:59:00', 'house'))).toEqual(free);
  expect(cancelConsequence({ ...booking, status: 'held' }, settings, at('17:59:00'))).toEqual(free);
});

test('a deposit that was paid goes back in time and counts towards the fee later', () => {
  const amount = (value: number) => ({ amount: value, currency: 'EUR' });
  expect(cancelConsequence(paid, settings, at('10:00:00')).back).toEqual(amount(800));
  expect(cancelConsequence(paid, settings, at('17:00:00')).fee).toEqual(amount(1200));
  expect(noShowFee(paid, settings, 'EUR')).toEqual(amount(3200));
  expect(noShowFee(paid, { ...settings, noShowFeePerGuest: 100 }, 'EUR')).toBeNull();
});
