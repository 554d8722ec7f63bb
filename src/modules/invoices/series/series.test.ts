import { expect, test } from 'vitest';
import type { Surroundings } from '../../../core/aggregate.ts';
import { decide, giveNumber, initialState, type SeriesCommand } from './series.ts';

const NEW: Surroundings = { stateOf: () => initialState, versionOf: () => 0 };
const stream = (id: string) => ({ category: 'invoices.series', id });
const give = (id: string, kind: 'invoice' | 'credit-note') =>
  giveNumber(stream(id), NEW, { kind, paperId: 'p1' });

test('the series that credit notes have by default is taken by no invoice, not even by the first of a year', () => {
  expect(give('CN-2027', 'invoice')).toBeNull();
  expect(give('INV-2027', 'credit-note')).toBeNull();
  expect(give('CN-2027', 'credit-note')).toMatchObject({ number: 1 });
  expect(give('CNX-2027', 'invoice')).toMatchObject({ numberText: 'CNX-2027-000001' });
});

test('nor is it continued as one of another kind', () => {
  const input = { series: 'CN', year: 2027, kind: 'invoice', next: 5 } as const;
  // safe because nothing else of the command is looked at
  const command = { type: 'ContinueInvoiceSeries', id: 'CN-2027', input } as SeriesCommand;
  expect(decide(initialState, command)).toMatchObject({ code: 'SERIES_OTHER_KIND' });
  expect(
    decide(initialState, { ...command, input: { ...input, kind: 'credit-note' } }),
  ).toMatchObject({ outcome: 'accepted' });
});
