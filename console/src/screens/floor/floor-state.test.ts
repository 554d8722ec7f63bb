import { expect, test } from 'vitest';
import type { OrderRow } from '../order/order-types.ts';
import { amountsByTable, floorCounts, minutesOf, type PlanTable } from './floor-state.ts';

const table: PlanTable = {
  tableId: 't1',
  name: 'T1',
  areaId: 'hall',
  seats: 4,
  state: 'ordered',
  since: '2026-11-22T12:30:00Z',
  partySize: null,
  seatedAt: '2026-11-22T12:00:00Z',
  customerId: null,
  reservationId: null,
  orders: [],
  next: null,
};
const now = Date.parse('2026-11-22T12:45:30Z');

interface Bill {
  readonly tableId: string | null;
  readonly total: number;
  readonly due: number;
  readonly guests: number | null;
}

function row({ tableId, total, due, guests }: Bill): OrderRow {
  const amounts = {
    total: { amount: total, currency: 'EUR' },
    due: { amount: due, currency: 'EUR' },
  };
  // safe because amountsByTable reads these fields only
  return { tableId, guests, ...amounts } as OrderRow;
}
const ofT1 = row({ tableId: 't1', total: 1000, due: 400, guests: 3 });

test('minutes count from when guests sat down, of a dirty table from when they left', () => {
  expect(minutesOf(table, now)).toBe(45);
  expect(minutesOf({ ...table, state: 'dirty' }, now)).toBe(15);
  expect(minutesOf({ ...table, state: 'free' }, now)).toBeNull();
  expect(minutesOf({ ...table, seatedAt: null }, Date.parse('2026-11-22T12:00:00Z'))).toBe(0);
});

test('bills of one table are added up and take-aways left out', () => {
  const amounts = amountsByTable([
    ofT1,
    row({ tableId: 't1', total: 500, due: 500, guests: null }),
    row({ tableId: null, total: 9, due: 9, guests: 1 }),
  ]);
  expect([...amounts]).toEqual([['t1', { amount: 1500, due: 900, currency: 'EUR', guests: 3 }]]);
});

test('guests are counted at taken tables only', () => {
  const tables = [
    table,
    { ...table, tableId: 't2', state: 'bill' as const, partySize: 2 },
    { ...table, tableId: 't3', state: 'dirty' as const, partySize: 5 },
  ];
  const counts = floorCounts(tables, amountsByTable([ofT1]));
  expect(counts).toEqual({ guests: 5, taken: 2, tables: 3, bills: 1 });
});
