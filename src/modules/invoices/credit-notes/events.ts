import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { amounts, numbered, seller } from '../shapes.ts';

/** Amounts are what is taken back, not negative. The buyer is that of the invoice. */
export const creditNoteIssued = defineEvent({
  name: 'CreditNoteIssued',
  wireName: 'comptoir.credit-note.issued',
  data: Type.Object({
    creditNoteId: Type.String(),
    ...numbered,
    ...amounts,
    invoiceId: Type.String(),
    /** Number of the invoice that it corrects, as printed. */
    corrects: Type.String(),
    orderId: Type.String(),
    locationId: Type.String(),
    timeZone: Type.String(),
    language: Type.String(),
    seller,
    reason: Type.String(),
    /** Nothing is left of the invoice afterwards. */
    whole: Type.Boolean(),
  }),
});

export const CREDIT_NOTE_EVENTS = [creditNoteIssued] as const;
export type CreditNoteEvent = EventOf<(typeof CREDIT_NOTE_EVENTS)[number]>;
