import type { CommandAttributes, StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { taxTotals } from '../../../core/tax.ts';
import { orderFrom, orderStream } from '../../orders/index.ts';
import { invoiceCredited } from '../events.ts';
import { invoiceStream, keptUntil, KEPT_YEARS, PREFIX, seriesStream } from '../invoice-terms.ts';
import { giveNumber } from '../series/series.ts';
import type { PaperLine } from '../shapes.ts';
import type { InvoiceState, KnownInvoice } from '../state.ts';
import type { CreditNoteCommand } from './commands.ts';
import type { CreditNoteEvent } from './events.ts';
import type { CreditNoteState } from './state.ts';

export function decide(
  state: CreditNoteState,
  { id: creditNoteId, input, at }: CreditNoteCommand,
  around: Surroundings,
): Decision<CreditNoteEvent> {
  if (state.status !== 'unknown') return rejected('CREDIT_NOTE_EXISTS');
  const invoice = invoiceFrom(around, input.invoiceId);
  if (invoice.status === 'unknown') return rejected('INVOICE_UNKNOWN');
  const lines = creditable(invoice, around, input.whole === true);
  const gross = lines.reduce((sum, line) => sum + line.gross, 0);
  if (gross <= 0) return rejected('CREDIT_NOTE_EMPTY');
  const { timeZone, invoiceId } = invoice;
  const stream = seriesStream(input.series ?? PREFIX['credit-note'], { at, timeZone });
  const given = giveNumber(stream, around, { kind: 'credit-note', paperId: creditNoteId });
  if (given === null) return rejected('SERIES_OTHER_KIND', { series: stream.id });
  const { seriesId, number, numberText, elsewhere } = given;
  const whole = invoice.credited + gross === invoice.gross;
  const { orderId, locationId, language, currency, seller, numberText: corrects } = invoice;
  const taxes = [...taxTotals(lines)];
  const note = { creditNoteId, seriesId, number, numberText, currency, lines: [...lines], taxes };
  const of = { invoiceId, corrects, orderId, locationId, timeZone, language, seller };
  const until = keptUntil(at, { timeZone, years: KEPT_YEARS });
  const credited = {
    type: invoiceCredited.name,
    data: {
      invoiceId,
      creditNoteId,
      lines: lines.map(({ lineId, gross: part, tax }) => ({ lineId, gross: part, tax })),
      gross,
      whole,
      keptUntil: until > invoice.keptUntil ? until : invoice.keptUntil,
    },
  };
  const data = { ...note, ...of, gross, reason: input.reason, whole };
  return accepted(
    [{ type: 'CreditNoteIssued', data }],
    [elsewhere, { ...invoiceStream(invoiceId), events: [credited] }],
  );
}

/**
 * Of each line what was given back, or all of it, less what was credited before. What a correction of an import took off
 * is below zero and credited with the others: they add up to what was paid.
 */
function creditable(
  invoice: KnownInvoice,
  around: Surroundings,
  whole: boolean,
): readonly PaperLine[] {
  const order = orderFrom(around, invoice.orderId);
  const now = new Map(order.status === 'unknown' ? [] : order.lines.map((at) => [at.lineId, at]));
  return invoice.lines.flatMap((line) => {
    const { credited, creditedTax, ...printed } = line;
    const refunded = now.get(line.lineId);
    const back = { gross: refunded?.refunded ?? 0, tax: refunded?.refundedTax ?? 0 };
    const upTo = whole ? line : back;
    const sign = line.gross < 0 ? -1 : 1;
    const within = (part: number, most: number): number =>
      sign * Math.min(sign * part, sign * most);
    const gross = within(upTo.gross, line.gross) - credited;
    if (sign * gross <= 0) return [];
    const tax = within(upTo.tax, line.tax) - creditedTax;
    // Part of a line has no quantity of its own.
    const quantity = gross === line.gross ? line.quantity : 1;
    return [{ ...printed, quantity, gross, tax, net: gross - tax }];
  });
}

function invoiceFrom(around: Surroundings, id: string): InvoiceState {
  // safe because streams of this category are folded by the aggregate of invoices alone
  return around.stateOf(invoiceStream(id)) as InvoiceState;
}

export function consults(
  { input }: CreditNoteCommand,
  around: Surroundings,
): readonly StreamReference[] {
  const invoice = invoiceFrom(around, input.invoiceId);
  return [
    invoiceStream(input.invoiceId),
    ...(invoice.status === 'unknown' ? [] : [orderStream(invoice.orderId)]),
  ];
}

export function streams(
  { input, at }: CreditNoteCommand,
  around: Surroundings,
): readonly StreamReference[] {
  const invoice = invoiceFrom(around, input.invoiceId);
  if (invoice.status === 'unknown') return [];
  const { timeZone } = invoice;
  return [
    invoiceStream(input.invoiceId),
    seriesStream(input.series ?? PREFIX['credit-note'], { at, timeZone }),
  ];
}

/** `amount`: what it takes off the invoice, for the limits of roles. */
export function attributes(
  _state: CreditNoteState,
  { input }: CreditNoteCommand,
  around: Surroundings,
): CommandAttributes {
  const invoice = invoiceFrom(around, input.invoiceId);
  if (invoice.status === 'unknown') return { locationId: null, amount: null, shiftOf: null };
  const lines = creditable(invoice, around, input.whole === true);
  const amount = lines.reduce((sum, { gross }) => sum + gross, 0);
  return { locationId: invoice.locationId, amount, shiftOf: null };
}
