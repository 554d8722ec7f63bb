import { expect, test } from 'vitest';
import { cancelConsequence, noShowConsequence } from './fees.ts';

const settings = { freeCancelMinutes: 240, lateCancelFeePerGuest: 500, noShowFeePerGuest: 1000 };
const booking = {
  status: 'confirmed',
  startsAt: '2026-11-22T18:00:00.000Z',
  partySize: 4,
  amounts: [],
  movedLate: false,
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
    kept: null,
    back: null,
  });
  const moved = { ...booking, movedLate: true };
  expect(cancelConsequence(moved, settings, at('10:00:00')).isLate).toBe(true);
});

test('until the last free moment, and for the house at any time, nothing is owed', () => {
  const free = { isLate: false, fee: null, kept: null, back: null };
  expect(cancelConsequence(booking, settings, at('14:00:00'))).toEqual(free);
  expect(cancelConsequence(booking, settings, at('17:59:00', 'house'))).toEqual(free);
  expect(cancelConsequence({ ...booking, status: 'held' }, settings, at('17:59:00'))).toEqual(free);
});

const amount = (value: number) => ({ amount: value, currency: 'EUR' });

test('a deposit that was paid goes back in time and counts towards the fee later', () => {
  const due = (value: number) => ({ fee: amount(value), kept: amount(800), back: null });
  expect(cancelConsequence(paid, settings, at('10:00:00'))).toMatchObject({
    fee: null,
    kept: null,
    back: amount(800),
  });
  expect(cancelConsequence(paid, settings, at('17:00:00'))).toMatchObject(due(1200));
  expect(noShowConsequence(paid, settings, 'EUR')).toEqual(due(3200));
});

test('what a deposit exceeds the fee by goes back', () => {
  const cheap = { ...settings, lateCancelFeePerGuest: 150, noShowFeePerGuest: 100 };
  const late = cancelConsequence(paid, cheap, at('17:00:00'));
  expect(late).toEqual({ isLate: true, fee: null, kept: amount(600), back: amount(200) });
  const told = noShowConsequence(paid, cheap, 'EUR');
  expect(told).toEqual({ fee: null, kept: amount(400), back: amount(400) });
});

test.each(['held', 'pending'] as const)('what is %s costs nothing, however late', (status) => {
  const free = { fee: null, kept: null, back: amount(800) };
  const unconfirmed = { ...paid, status };
  const late = cancelConsequence(unconfirmed, settings, at('17:59:00'));
  expect(late).toEqual({ isLate: false, ...free });
  expect(noShowConsequence(unconfirmed, settings, 'EUR')).toEqual(free);
});
