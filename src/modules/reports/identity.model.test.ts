/** R1 to R4 over orders that were really decided: paid in parts, tipped, discounted, voided, refunded, cancelled. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayRecords } from './day-records.ts';
import { dayHours } from './read-models/day-hours.ts';
import { dayProducts } from './read-models/day-products.ts';
import { dayStaff } from './read-models/day-staff.ts';
import { days, type DayRow } from './read-models/days.ts';
import { givenUp, rowsOf, stories, tell, type Story } from './reports.fixture.ts';

const RUNS = { numRuns: 300 };
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const told = (all: readonly Story[]) => all.map((story, index) => tell(story, `o${index}`));
const dayRows = (all: ReturnType<typeof told>) => [...rowsOf(days, all).values()] as DayRow[];

/** gross - refunds = payments (received less paid back) - tips - change. */
function checkIdentity(row: DayRow): void {
  const tenders = Object.values(row.tenders);
  const received = sum(tenders.map((tender) => tender.received));
  const paidBack = sum(tenders.map((tender) => tender.paidBack));
  const change = sum(tenders.map((tender) => tender.change));
  const tips = row.tips - row.refunded_tips;
  // What is put right moves between kinds and adds up to nothing.
  expect(sum(tenders.map(({ corrected }) => corrected))).toBe(0);
  expect(row.gross - row.refunded).toBe(received - paidBack - tips - change);
}

test('R1: gross - refunds = payments - tips - change, on every business day', () => {
  let closed = 0;
  fc.assert(
    fc.property(stories, (all) => {
      for (const row of dayRows(told(all))) {
        checkIdentity(row);
        closed += row.orders;
      }
    }),
    RUNS,
  );
  // The stories are worth something only when many bills were closed.
  expect(closed).toBeGreaterThan(RUNS.numRuns);
});

test('R1: what days say of each kind of payment, corrections counted, is what the orders say of theirs', () => {
  let corrections = 0;
  fc.assert(
    fc.property(stories, (all) => {
      const happened = told(all);
      const rows = dayRows(happened);
      const kept = (kind: string): number =>
        sum(
          rows.map(({ tenders: { [kind]: tender } }) =>
            tender === undefined
              ? 0
              : tender.received - tender.change - tender.paidBack + tender.corrected,
          ),
        );
      const refunds = happened.flatMap(({ state }) =>
        state.status === 'unknown' ? [] : state.refunds,
      );
      const counted = happened.flatMap(({ state }) =>
        state.status === 'closed' || state.status === 'cancelled' ? state.payments : [],
      );
      for (const kind of ['cash', 'card', 'other'])
        expect(kept(kind)).toBe(
          sum(counted.map((each) => (each.kind === kind ? each.amount - each.change : 0))) -
            sum(refunds.map((each) => (each.kind === kind ? each.amount : 0))),
        );
      corrections += sum(
        rows.flatMap(({ tenders }) => Object.values(tenders).map((each) => each.corrections)),
      );
    }),
    RUNS,
  );
  expect(corrections).toBeGreaterThan(RUNS.numRuns / 2);
});

test('R1: the check finds a report that forgets change, tips given back, or one payment', () => {
  const wrong: readonly ((row: DayRow) => DayRow)[] = [
    (row) => ({ ...row, refunded_tips: 0 }),
    (row) => ({
      ...row,
      tenders: { ...row.tenders, cash: { ...row.tenders['cash']!, change: 0 } },
    }),
    (row) => ({ ...row, gross: row.gross - 1 }),
  ];
  for (const mistake of wrong)
    expect(() => {
      fc.assert(
        fc.property(stories, (all) => {
          for (const row of dayRows(told(all)).filter(({ tenders }) => 'cash' in tenders))
            checkIdentity(mistake(row));
        }),
        RUNS,
      );
    }).toThrow();
});

test('R2: net and tax are the gross, and the rates add up to it', () => {
  fc.assert(
    fc.property(stories, (all) => {
      for (const row of dayRows(told(all))) {
        expect(row.net + row.tax).toBe(row.gross);
        expect(sum(row.taxes.map(({ gross }) => gross))).toBe(row.gross);
        expect(sum(row.taxes.map(({ tax }) => tax))).toBe(row.tax);
        expect(sum(row.refund_taxes.map(({ gross }) => gross))).toBe(row.refunded);
        expect(sum(row.refund_taxes.map(({ tax }) => tax))).toBe(row.refunded_tax);
        expect(sum(Object.values(row.channels))).toBe(row.gross);
      }
    }),
    RUNS,
  );
});

test('R3: products, hours and staff each add up to the days', () => {
  fc.assert(
    fc.property(stories, (all) => {
      const happened = told(all);
      const whole = dayRows(happened);
      const column = (name: string, rows: Iterable<object>) =>
        sum([...rows].map((row) => Number(Reflect.get(row, name))));
      const products = [...rowsOf(dayProducts, happened).values()];
      const staff = [...rowsOf(dayStaff, happened).values()];
      const hours = [...rowsOf(dayHours, happened).values()];
      for (const name of ['gross', 'net', 'tax', 'refunded', 'voids', 'voided'])
        expect(column(name, products)).toBe(column(name, whole));
      for (const name of ['gross', 'orders', 'tips', 'refunds', 'voids', 'voided'])
        expect(column(name, staff)).toBe(column(name, whole));
      for (const name of ['gross', 'orders']) expect(column(name, hours)).toBe(column(name, whole));
    }),
    RUNS,
  );
});

test('R4: the accountant’s file says the same: sales + refunds = payments + paid-back - tips', () => {
  fc.assert(
    fc.property(stories, (all) => {
      for (const row of dayRows(told(all))) {
        const records = dayRecords(row);
        const grossOf = (entry: string) =>
          sum(
            records
              .filter((record) => record[3] === entry)
              .map((record) => Math.round(Number(record[9]) * 100)),
          );
        expect(grossOf('corrections')).toBe(0);
        const money = grossOf('payments') + grossOf('paid-back') + grossOf('corrections');
        const tips = grossOf('tips') + grossOf('tips-back');
        if (records.length > 0) expect(grossOf('sales') + grossOf('refunds')).toBe(money - tips);
      }
    }),
    RUNS,
  );
});

test('what is closed adds up to the bills that are closed, whatever days they fall on', () => {
  fc.assert(
    fc.property(stories, (all) => {
      const happened = told(all);
      const bills = happened.flatMap(({ events }) =>
        events.flatMap(({ event }) => (event.type === 'OrderClosed' ? [event.data] : [])),
      );
      const rows = dayRows(happened);
      expect(sum(rows.map(({ orders }) => orders))).toBe(bills.length);
      expect(sum(rows.map(({ gross }) => gross))).toBe(sum(bills.map(({ gross }) => gross)));
      expect(sum(rows.map((row) => row.discounts))).toBe(sum(bills.map((bill) => bill.discounts)));
    }),
    RUNS,
  );
});

test('R5: a bill that was refunded and then cancelled changes neither net sales nor tax', () => {
  let cancelled = 0;
  fc.assert(
    fc.property(stories, (all) => {
      for (const one of told(all.map(givenUp))) {
        const { state } = one;
        if (state.status !== 'cancelled' || state.payments.length === 0) continue;
        cancelled += 1;
        const rows = dayRows([one]);
        rows.forEach(checkIdentity);
        const whole = (part: (row: DayRow) => number) => sum(rows.map(part));
        expect(whole((row) => row.gross)).toBe(whole((row) => row.refunded));
        expect(whole((row) => row.tax)).toBe(whole((row) => row.refunded_tax));
        expect(whole((row) => row.tips)).toBe(whole((row) => row.refunded_tips));
        expect(whole((row) => row.orders)).toBe(0);
        const parts = [dayProducts, dayHours, dayStaff].map((model) =>
          sum([...rowsOf(model, [one]).values()].map((row) => Number(row['gross']))),
        );
        expect(parts).toEqual(parts.map(() => whole((row) => row.gross)));
      }
    }),
    RUNS,
  );
  expect(cancelled).toBeGreaterThan(RUNS.numRuns / 2);
});
