import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { CREDIT_NOTE_EVENTS, type CreditNoteEvent } from '../credit-notes/events.ts';

interface CreditNoteRow {
  readonly number: string;
  readonly series: string;
  readonly invoice_id: string;
  readonly order_id: string;
  readonly location_id: string;
  readonly currency: string;
  readonly gross: number;
  readonly issued_at: string;
  readonly [column: string]: unknown;
}

export const creditNoteList = defineReadModel<Recorded<CreditNoteEvent>, CreditNoteRow>({
  name: 'invoices.credit-notes',
  version: 1,
  columns: {
    number: 'text',
    series: 'text',
    invoice_id: 'text',
    order_id: 'text',
    location_id: 'text',
    currency: 'text',
    gross: 'bigint',
    issued_at: 'timestamptz',
  },
  indexes: [['issued_at'], ['invoice_id'], ['order_id']],
  on: CREDIT_NOTE_EVENTS,
  keys: (event) => [event.data.creditNoteId],
  project: (_row, { at, data }) => ({
    number: data.numberText,
    series: data.seriesId,
    invoice_id: data.invoiceId,
    order_id: data.orderId,
    location_id: data.locationId,
    currency: data.currency,
    gross: data.gross,
    issued_at: at,
  }),
  personal: 'none',
  list: {
    filters: { invoiceId: 'invoice_id', orderId: 'order_id', locationId: 'location_id' },
    order: [{ column: 'issued_at', descending: true }],
    range: { column: 'issued_at' },
    location: 'location_id',
  },
});
