import { expect, test } from 'vitest';
import { rowAfter } from '../../../../test/support/given.ts';
import type { BookingEvent } from '../bookings/events.ts';
import type { DayEvent } from '../days/events.ts';
import { dayList } from './day-list.ts';
import { reservationList } from './reservation-list.ts';

const reservationId = 'r1';
const made: BookingEvent = {
  type: 'ReservationMade',
  data: {
    reservationId,
    personId: 'r1',
    customerId: null,
    locationId: 'house',
    areaId: null,
    startsAt: '2026-11-21T18:00:00.000Z',
    endsAt: '2026-11-21T19:30:00.000Z',
    takenUntil: '2026-11-21T19:30:00.000Z',
    day: '2026-11-21',
    dates: ['2026-11-21'],
    partySize: 2,
    tableIds: ['t1'],
    status: 'confirmed',
    heldUntil: null,
    holder: null,
    contact: { name: 'Ana', phone: '+48123456789' },
    note: null,
    language: null,
  },
};
const rowOf = (...events: readonly BookingEvent[]) =>
  rowAfter(reservationList, reservationId, events);

test('a reservation is a row of its business day', () => {
  expect(rowOf(made)).toMatchObject({
    date: '2026-11-21',
    name: 'Ana',
    phone: '+48123456789',
    table_ids: ['t1'],
    status: 'confirmed',
  });
});

test('an amount is in the row as long as it is due', () => {
  const due: BookingEvent = {
    type: 'ReservationAmountDue',
    data: {
      reservationId,
      amountId: 'a1',
      kind: 'no-show',
      amount: { amount: 5000, currency: 'PLN' },
    },
  };
  const settled: BookingEvent = {
    type: 'ReservationAmountSettled',
    data: { reservationId, amountId: 'a1', as: 'paid', reason: null },
  };
  expect(rowOf(made, due)).toMatchObject({ amounts_due: [{ amountId: 'a1' }] });
  expect(rowOf(made, due, settled)).toMatchObject({ amounts_due: [] });
});

test('a day counts each party once, however often it moves, and on its business day only', () => {
  const place = { locationId: 'house', date: '2026-11-21' };
  const taken = (key: string, partySize: number, day = place.date): DayEvent => ({
    type: 'DayTablesTaken',
    data: {
      ...place,
      key,
      kind: 'reservation',
      tableIds: ['t1'],
      partySize,
      day,
      heldUntil: null,
      from: '2026-11-21T18:00:00.000Z',
      to: '2026-11-21T19:30:00.000Z',
    },
  });
  const freed: DayEvent = {
    type: 'DayTablesFreed',
    data: { ...place, key: 'r2', day: place.date },
  };
  const late = taken('night', 9, '2026-11-20');
  const row = rowAfter(dayList, 'house~2026-11-21', [
    taken('r1', 2),
    taken('r1', 3),
    taken('r2', 4),
    late,
    freed,
  ]);
  expect(row).toMatchObject({ parties: 1, covers: 3, blocks: 0 });
});
