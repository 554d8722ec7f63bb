/** What a credit note takes back of an invoice whose order holds corrections below zero, as imports bring them. */
import { expect, test } from 'vitest';
import type { Surroundings } from '../../../core/aggregate.ts';
import { evolve, initialState } from '../state.ts';
import { decide } from './decide.ts';
import { initialState as noNote } from './state.ts';

const AT = '2026-11-21T18:30:00.000Z';
const line = (lineId: string, gross: number, tax: number) => ({
  lineId,
  name: lineId,
  quantity: 1,
  label: 'B',
  rate: 8000,
  net: gross - tax,
  tax,
  gross,
});
const LINES = [line('1', 1000, 74), line('2', 500, 37), line('3', -200, -15)];
const INVOICE = evolve(
  initialState,
  {
    type: 'InvoiceIssued',
    data: {
      invoiceId: 'o1',
      seriesId: 'INV-2026',
      number: 1,
      numberText: 'INV-2026-000001',
      currency: 'PLN',
      lines: LINES,
      taxes: [],
      gross: 1300,
      orderId: 'o1',
      locationId: 'l1',
      timeZone: 'Europe/Warsaw',
      soldOn: '2026-11-20',
      customerId: null,
      language: 'pl',
      seller: { legalName: 'A', tradeName: null, taxId: null, country: 'PL', address: null },
      buyerKey: 'kept-by-law.invoice.o1',
      buyer: null,
      keptUntil: '2031-12-31',
    },
  },
  { at: AT, version: 1 },
);

/** The credit note of the invoice when so much was given back of the three lines. */
function credited(refunded: readonly (readonly [number, number])[], whole: boolean) {
  const lines = LINES.map(({ lineId }, index) => {
    const [gross = 0, tax = 0] = refunded[index] ?? [];
    return { lineId, refunded: gross, refundedTax: tax };
  });
  const states: Readonly<Record<string, unknown>> = {
    'invoices/o1': INVOICE,
    'orders/o1': { status: 'closed', lines },
    'invoices.series/CN-2026': { status: 'unknown' },
  };
  const around: Surroundings = {
    stateOf: ({ category, id }) => states[`${category}/${id}`],
    versionOf: () => 0,
  };
  const who = { secret: 's', actor: 'a', approver: null, number: 0 };
  const input = { invoiceId: 'o1', reason: 'r', ...(whole ? { whole } : {}) };
  const command = { type: 'IssueCreditNote', id: 'n1', at: AT, commandId: 'c', input, ...who };
  return decide(noNote, command as Parameters<typeof decide>[1], around);
}

test('I3: no more is credited than was invoiced, though a correction took something off', () => {
  const whole = { gross: 1300, whole: true };
  expect(credited([], true)).toMatchObject({
    events: [{ data: { ...whole, taxes: [{ net: 1204, tax: 96, gross: 1300 }] } }],
    elsewhere: [{}, { events: [{ data: whole }] }],
  });
});

test('I3: what was given back of all lines is what was paid, the correction with them', () => {
  const back = [
    [1000, 74],
    [500, 37],
    [-200, -15],
  ] as const;
  expect(credited(back, false)).toMatchObject({ events: [{ data: { gross: 1300, whole: true } }] });
  expect(credited([[1000, 74]], false)).toMatchObject({
    events: [{ data: { gross: 1000, whole: false, lines: [{ lineId: '1', net: 926 }] } }],
  });
});
