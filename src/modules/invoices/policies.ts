/** What follows by itself: the buyer is let go when the law asks for the invoice no longer. */
import { addDays } from '../../core/calendar.ts';
import type { Policy } from '../../core/policy.ts';
import type { RecordedEvent } from '../../core/recorded-event.ts';
import { invoiceCredited, invoiceIssued, type InvoiceEvent } from './events.ts';
import { INVOICES } from './invoice-terms.ts';

/** A credit note of a later year moves the timer; the invoice refuses to be let go before its own day is over. */
export const endKeeping: Policy = {
  name: 'invoices.end-keeping',
  on: [invoiceIssued, invoiceCredited],
  react(recorded: RecordedEvent) {
    // safe because a recorded event of a declared type has its data
    const event = recorded as unknown as Exclude<InvoiceEvent, { type: 'InvoiceKeepingEnded' }>;
    const { invoiceId: id, keptUntil } = event.data;
    const command = {
      kind: 'command',
      category: INVOICES,
      command: 'EndInvoiceKeeping',
      id,
      input: {},
    } as const;
    // By then the day is over everywhere on earth.
    const at = `${addDays(keptUntil, 1)}T12:00:00.000Z`;
    return [{ kind: 'timer', timer: 'keeping', at, command }];
  },
};

export const INVOICE_POLICIES = [endKeeping] as const;
