import type { EventMoment } from '../../core/aggregate.ts';
import type { InvoiceEvent } from './events.ts';
import type { PaperLine } from './shapes.ts';

type Issued = Extract<InvoiceEvent, { readonly type: 'InvoiceIssued' }>['data'];

export interface InvoiceLine extends PaperLine {
  /** Of its gross and its tax, by credit notes so far. */
  readonly credited: number;
  readonly creditedTax: number;
}

export interface KnownInvoice extends Omit<Issued, 'lines'> {
  /** `credited`: nothing of it is left. */
  readonly status: 'issued' | 'credited';
  readonly lines: readonly InvoiceLine[];
  readonly creditNoteIds: readonly string[];
  readonly credited: number;
  /** RFC 3339. */
  readonly issuedAt: string;
  readonly isKept: boolean;
}

export type InvoiceState = { readonly status: 'unknown' } | KnownInvoice;

export const initialState: InvoiceState = { status: 'unknown' };

export function evolve(
  state: InvoiceState,
  event: InvoiceEvent,
  { at }: EventMoment,
): InvoiceState {
  if (event.type === 'InvoiceIssued') {
    const { data } = event;
    const lines = data.lines.map((line) => ({ ...line, credited: 0, creditedTax: 0 }));
    const fresh = { creditNoteIds: [], credited: 0, isKept: true };
    return { ...data, ...fresh, status: 'issued', lines, issuedAt: at };
  }
  if (state.status === 'unknown') return state;
  if (event.type === 'InvoiceKeepingEnded') return { ...state, buyer: null, isKept: false };
  const { creditNoteId, gross, whole, keptUntil } = event.data;
  const parts = new Map(event.data.lines.map((part) => [part.lineId, part]));
  return {
    ...state,
    status: whole ? 'credited' : state.status,
    credited: state.credited + gross,
    creditNoteIds: [...state.creditNoteIds, creditNoteId],
    keptUntil: keptUntil > state.keptUntil ? keptUntil : state.keptUntil,
    lines: state.lines.map((line) => {
      const part = parts.get(line.lineId);
      if (part === undefined) return line;
      const { gross: more, tax } = part;
      return {
        ...line,
        credited: line.credited + more,
        creditedTax: line.creditedTax + tax,
      };
    }),
  };
}
