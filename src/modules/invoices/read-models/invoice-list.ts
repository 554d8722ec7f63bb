import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { INVOICE_EVENTS, type InvoiceEvent } from '../events.ts';

export interface InvoiceRow {
  readonly number: string;
  readonly series: string;
  readonly status: 'issued' | 'credited';
  readonly order_id: string;
  readonly location_id: string;
  readonly customer_id: string | null;
  readonly buyer_key: string;
  readonly buyer_name: string | null;
  readonly currency: string;
  readonly gross: number;
  readonly credited: number;
  readonly sold_on: string;
  readonly issued_at: string;
  readonly kept_until: string;
  readonly [column: string]: unknown;
}

export const invoiceList = defineReadModel<Recorded<InvoiceEvent>, InvoiceRow>({
  name: 'invoices.list',
  version: 1,
  columns: {
    number: 'text',
    series: 'text',
    status: 'text',
    order_id: 'text',
    location_id: 'text',
    customer_id: 'text',
    buyer_key: 'text',
    buyer_name: 'text',
    currency: 'text',
    gross: 'bigint',
    credited: 'bigint',
    sold_on: 'date',
    issued_at: 'timestamptz',
    kept_until: 'date',
  },
  indexes: [['issued_at'], ['order_id'], ['customer_id'], ['number'], ['buyer_key']],
  on: INVOICE_EVENTS,
  keys: (event) => [event.data.invoiceId],
  project(row, event) {
    if (event.type === 'InvoiceIssued') return issuedRow(event);
    if (row === null) return null;
    if (event.type === 'InvoiceKeepingEnded') return { ...row, buyer_name: null };
    const { gross, whole, keptUntil } = event.data;
    return {
      ...row,
      status: whole ? 'credited' : row.status,
      credited: row.credited + gross,
      kept_until: keptUntil > row.kept_until ? keptUntil : row.kept_until,
    };
  },
  personal: { person: 'buyer_key', columns: ['buyer_name'] },
  list: {
    filters: {
      orderId: 'order_id',
      customerId: 'customer_id',
      locationId: 'location_id',
      series: 'series',
      number: 'number',
      status: 'status',
    },
    order: [{ column: 'issued_at', descending: true }],
    range: { column: 'issued_at' },
    location: 'location_id',
  },
});

function issuedRow({
  at,
  data,
}: Extract<Recorded<InvoiceEvent>, { type: 'InvoiceIssued' }>): InvoiceRow {
  return {
    number: data.numberText,
    series: data.seriesId,
    status: 'issued',
    order_id: data.orderId,
    location_id: data.locationId,
    customer_id: data.customerId,
    buyer_key: data.buyerKey,
    buyer_name: data.buyer?.name ?? null,
    currency: data.currency,
    gross: data.gross,
    credited: 0,
    sold_on: data.soldOn,
    issued_at: at,
    kept_until: data.keptUntil,
  };
}
