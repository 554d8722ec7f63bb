import type { EventMoment } from '../../../core/aggregate.ts';
import type { CreditNoteEvent } from './events.ts';

export interface KnownCreditNote extends Readonly<CreditNoteEvent['data']> {
  readonly status: 'issued';
  /** RFC 3339. */
  readonly issuedAt: string;
}
export type CreditNoteState = { readonly status: 'unknown' } | KnownCreditNote;

export const initialState: CreditNoteState = { status: 'unknown' };

export function evolve(
  _state: CreditNoteState,
  { data }: CreditNoteEvent,
  { at }: EventMoment,
): CreditNoteState {
  return { ...data, status: 'issued', issuedAt: at };
}
