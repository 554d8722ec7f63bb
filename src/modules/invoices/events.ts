/** Events of one invoice. It never changes once it is issued: what was wrong is credited, and another one issued. */
import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../core/event-type.ts';
import { amounts, buyer, numbered, nullable, seller } from './shapes.ts';

export const invoiceIssued = defineEvent({
  name: 'InvoiceIssued',
  wireName: 'comptoir.invoice.issued',
  data: Type.Object({
    invoiceId: Type.String(),
    ...numbered,
    ...amounts,
    orderId: Type.String(),
    locationId: Type.String(),
    timeZone: Type.String(),
    /** Business day of the sale, `YYYY-MM-DD`. */
    soldOn: Type.String(),
    customerId: nullable(Type.String()),
    language: Type.String(),
    seller,
    /** Whose key seals the buyer: not the customer's, so that it outlives an erasure for as long as the law asks. */
    buyerKey: Type.String(),
    buyer: nullable(buyer),
    /** Last day on which the buyer is kept, `YYYY-MM-DD`. */
    keptUntil: Type.String(),
  }),
  personal: { person: '/buyerKey', fields: ['/buyer'] },
});

/** In the same unit as the credit note. */
export const invoiceCredited = defineEvent({
  name: 'InvoiceCredited',
  wireName: 'comptoir.invoice.credited',
  data: Type.Object({
    invoiceId: Type.String(),
    creditNoteId: Type.String(),
    /** What was credited of each line, tax included. */
    lines: Type.Array(
      Type.Object({ lineId: Type.String(), gross: Type.Integer(), tax: Type.Integer() }),
    ),
    gross: Type.Integer(),
    /** Nothing of it is left: the order may get another invoice. */
    whole: Type.Boolean(),
    /** A credit note of a later year has the buyer kept for longer. */
    keptUntil: Type.String(),
  }),
});

/** The law asks for the buyer no longer: the key named goes. */
export const invoiceKeepingEnded = defineEvent({
  name: 'InvoiceKeepingEnded',
  wireName: 'comptoir.invoice.keeping-ended',
  data: Type.Object({ invoiceId: Type.String(), buyerKey: Type.String() }),
});

export const INVOICE_EVENTS = [invoiceIssued, invoiceCredited, invoiceKeepingEnded] as const;
export type InvoiceEvent = EventOf<(typeof INVOICE_EVENTS)[number]>;
