import { expect, test } from 'vitest';
import type { BookingRow } from './booking-types.ts';
import {
  coversByHour,
  dateAfter,
  dayCounts,
  linesOf,
  localMoment,
  placeOn,
  spanOf,
} from './day-plan.ts';

const row = (change: Partial<BookingRow>): BookingRow => ({
  id: 'r1',
  locationId: 'house',
  date: '2026-11-22',
  status: 'confirmed',
  customerId: null,
  startsAt: '2026-11-22T18:30:00.000Z',
  endsAt: '2026-11-22T20:00:00.000Z',
  partySize: 4,
  tableIds: ['t1'],
  name: null,
  phone: null,
  email: null,
  note: null,
  heldUntil: null,
  lateMinutes: null,
  cancelledLate: false,
  amountsDue: [],
  madeAt: '2026-11-20T10:00:00.000Z',
  ...change,
});
const span = {
  fromMs: Date.parse('2026-11-22T18:00:00Z'),
  toMs: Date.parse('2026-11-22T22:00:00Z'),
};

test('the span is whole hours around what is there', () => {
  const times = [{ from: '2026-11-22T18:30:00Z', to: '2026-11-22T21:15:00Z' }];
  expect(spanOf(times, { fromMs: 0, toMs: 1 })).toEqual(span);
  expect(spanOf([], { fromMs: 0, toMs: 1 })).toEqual({ fromMs: 0, toMs: 1 });
});

test('a party stands where its time is, cut at the ends of the day', () => {
  const time = { from: '2026-11-22T19:00:00Z', to: '2026-11-22T20:00:00Z' };
  expect(placeOn(span, time)).toEqual({ left: 25, width: 25 });
  expect(placeOn(span, { ...time, to: '2026-11-23T09:00:00Z' })).toEqual({ left: 25, width: 75 });
});

test('a party at joined tables stands on each, one that was cancelled on none', () => {
  const tables = ['t1', 't2'].map((tableId) => ({ tableId, areaId: 'a', name: tableId, seats: 2 }));
  const bookings = [row({ tableIds: ['t1', 't2'] }), row({ id: 'r2', status: 'cancelled' })];
  const lines = linesOf({ tables, bookings, taken: [] });
  expect(lines.map((line) => line.bookings.map(({ id }) => id))).toEqual([['r1'], ['r1']]);
});

test('guests of the day are counted without those who cancelled or never came', () => {
  const rows = [row({}), row({ status: 'seated', partySize: 2 }), row({ status: 'no-show' })];
  expect(dayCounts(rows)).toEqual({ parties: 2, covers: 6, seated: 2, toCome: 4 });
  expect(coversByHour(rows, span)).toEqual([6, 6, 0, 0]);
});

test('a time before the cut-off is on the next date', () => {
  expect(localMoment('2026-12-31', '01:30', '05:00')).toBe('2027-01-01T01:30');
  expect(localMoment('2026-12-31', '19:30', '05:00')).toBe('2026-12-31T19:30');
  expect(dateAfter('2028-03-01', -1)).toBe('2028-02-29');
});
