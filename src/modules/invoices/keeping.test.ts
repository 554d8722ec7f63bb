/** What is kept for how long, and that issuing rests on nothing but the states given. */
import { describe, expect, test } from 'vitest';
import type { Surroundings } from '../../core/aggregate.ts';
import { decide } from './decide.ts';
import type { InvoiceEvent } from './events.ts';
import { invoiceIssued } from './events.ts';
import { buyerKeyOf, invoiceIdOf, keptUntil, numberTextOf, turnOf } from './invoice-terms.ts';
import { endKeeping } from './policies.ts';
import { evolve, initialState, type InvoiceState } from './state.ts';

const NONE: Surroundings = {
  stateOf: () => ({ status: 'unknown' }),
  versionOf: () => 0,
};
const ISSUED: InvoiceEvent = {
  type: 'InvoiceIssued',
  data: {
    invoiceId: 'o1',
    seriesId: 'INV-2026',
    number: 1,
    numberText: 'INV-2026-000001',
    currency: 'PLN',
    lines: [],
    taxes: [],
    gross: 100,
    orderId: 'o1',
    locationId: 'l1',
    timeZone: 'Europe/Warsaw',
    soldOn: '2026-12-31',
    customerId: 'ana',
    language: 'pl',
    seller: { legalName: 'A', tradeName: null, taxId: null, country: 'PL', address: null },
    buyerKey: buyerKeyOf('o1'),
    buyer: { name: 'Ana', taxId: null, address: null },
    keptUntil: '2031-12-31',
  },
};
const issued = evolve(initialState, ISSUED, { at: '2026-12-31T22:00:00.000Z', version: 1 });

function ended(state: InvoiceState, at: string) {
  const given = { id: 'o1', commandId: 'c', secret: 's', actor: 'a', approver: null, number: 0 };
  return decide(state, { type: 'EndInvoiceKeeping', input: {}, at, ...given }, NONE);
}

describe('I5: the buyer', () => {
  test('is kept to the last day, by the clock of the place, and let go behind it', () => {
    expect(ended(issued, '2031-12-31T22:59:59.000Z')).toMatchObject({
      code: 'INVOICE_STILL_KEPT',
      details: { keptUntil: '2031-12-31' },
    });
    const late = ended(issued, '2031-12-31T23:00:00.000Z');
    expect(late).toMatchObject({
      outcome: 'accepted',
      events: [{ type: 'InvoiceKeepingEnded', data: { buyerKey: 'kept-by-law.invoice.o1' } }],
    });
    const [event] = late.outcome === 'accepted' ? late.events : [];
    const after = evolve(issued, event!, { at: '2032-01-01T00:00:00.000Z', version: 2 });
    expect(after).toMatchObject({ buyer: null, isKept: false });
    expect(ended(after, '2032-01-02T00:00:00.000Z')).toMatchObject({ events: [] });
  });

  test('is sealed under the key of the invoice, never that of the customer', () => {
    expect(invoiceIssued.personal).toMatchObject({ person: '/buyerKey', fields: ['/buyer'] });
    expect(ISSUED.data).not.toMatchObject({ buyerKey: 'ana' });
  });

  test('is asked about when the day is over everywhere, later after a later credit note', () => {
    const credited = {
      invoiceId: 'o1',
      creditNoteId: 'n1',
      lines: [],
      gross: 1,
      whole: false,
      keptUntil: '2032-12-31',
    };
    // safe because the policy reads nothing else of an event
    const due = (event: object) => endKeeping.react(event as never, undefined);
    expect(due(ISSUED)).toMatchObject([{ timer: 'keeping', at: '2032-01-01T12:00:00.000Z' }]);
    expect(due({ type: 'InvoiceCredited', data: credited })).toMatchObject([
      { timer: 'keeping', at: '2033-01-01T12:00:00.000Z', command: { id: 'o1' } },
    ]);
  });
});

test('the year of keeping is that of the place', () => {
  const at = '2026-12-31T23:30:00.000Z';
  expect(keptUntil(at, { timeZone: 'UTC', years: 5 })).toBe('2031-12-31');
  expect(keptUntil(at, { timeZone: 'Europe/Warsaw', years: 5 })).toBe('2032-12-31');
});

test('ids of an order lead back to it and to nothing else', () => {
  for (const turn of [1, 2, 17]) expect(turnOf(invoiceIdOf('o1', turn), 'o1')).toBe(turn);
  for (const id of ['o2', 'o1.1', 'o1.0', 'o1.x', 'o1.02', 'o11'])
    expect(turnOf(id, 'o1')).toBeNull();
});

test('numbers sort as text', () => {
  expect(numberTextOf('FV-2026', 17)).toBe('FV-2026-000017');
  expect(numberTextOf('FV-2026', 1_234_567)).toBe('FV-2026-1234567');
});
