import type { EventMoment } from '../../../core/aggregate.ts';
import type { LocalDate } from '../../../core/calendar.ts';
import type { Money } from '../../../core/money.ts';
import type { Contact } from '../contact.ts';
import type { Timing } from '../floor.ts';
import type { BookingEvent } from './events.ts';

export interface AmountDue {
  readonly amountId: string;
  readonly kind: 'deposit' | 'late-cancellation' | 'no-show' | 'deposit-refund';
  readonly amount: Money;
  readonly status: 'due' | 'paid' | 'waived';
}

export type BookingStatus =
  'held' | 'pending' | 'confirmed' | 'seated' | 'completed' | 'cancelled' | 'expired' | 'no-show';

export interface Booking extends Timing {
  readonly status: BookingStatus;
  readonly personId: string;
  readonly customerId: string | null;
  readonly locationId: string;
  readonly partySize: number;
  readonly tableIds: readonly string[];
  readonly areaId: string | null;
  readonly heldUntil: string | null;
  /** Pseudonyms whose limits on open holds it counts for. */
  readonly holders: readonly string[];
  readonly contact: Contact;
  readonly note: string | null;
  readonly language: string | null;
  readonly lateMinutes: number | null;
  /** The guest moved it when cancelling was not free any more. */
  readonly movedLate: boolean;
  /** How often its stay was made longer because the party sat on. */
  readonly extensions: number;
  readonly cancelledBy: 'guest' | 'house' | null;
  readonly cancelledLate: boolean;
  readonly amounts: readonly AmountDue[];
  /** Counts the links to manage it; only the newest works. */
  readonly linkGeneration: number;
  readonly madeAt: string;
  readonly dates: readonly LocalDate[];
}

export type BookingState = { readonly status: 'none' } | Booking;

export const initialState: BookingState = { status: 'none' };

/** Whether it takes tables: only then does its key stand in day streams. */
export function isOpen(status: BookingStatus): boolean {
  return status === 'held' || status === 'pending' || status === 'confirmed' || status === 'seated';
}

export function evolve(
  state: BookingState,
  event: BookingEvent,
  { at }: EventMoment,
): BookingState {
  if (event.type === 'ReservationMade') {
    const { reservationId: _id, holder, holderAddress, ...made } = event.data;
    const later = {
      lateMinutes: null,
      movedLate: false,
      extensions: 0,
      cancelledBy: null,
      cancelledLate: false,
      holders: [holder, holderAddress].flatMap((each) => each ?? []),
    };
    return { ...made, ...later, amounts: [], linkGeneration: 1, madeAt: at };
  }
  if (state.status === 'none') return state;
  switch (event.type) {
    case 'ReservationContactChanged':
      return { ...state, contact: event.data.contact, note: event.data.note };
    case 'ReservationConfirmed':
      return { ...state, status: event.data.status, heldUntil: null, holders: [] };
    case 'ReservationChanged': {
      const { reservationId: _id, late = false, ...changed } = event.data;
      return { ...state, ...changed, movedLate: state.movedLate || late };
    }
    case 'ReservationCancelled': {
      const { by, late } = event.data;
      return { ...state, status: 'cancelled', cancelledBy: by, cancelledLate: late };
    }
    case 'ReservationExpired':
      return { ...state, status: 'expired' };
    case 'ReservationMarkedLate':
      return { ...state, lateMinutes: event.data.minutes };
    case 'ReservationSeated':
      return { ...state, status: 'seated', tableIds: event.data.tableIds };
    case 'ReservationStayExtended': {
      const { takenUntil, dates } = event.data;
      return { ...state, takenUntil, dates, extensions: state.extensions + 1 };
    }
    case 'ReservationCompleted':
      return { ...state, status: 'completed' };
    case 'ReservationNoShow':
      return { ...state, status: 'no-show' };
    case 'ReservationAmountDue': {
      const { amountId, kind, amount } = event.data;
      return { ...state, amounts: [...state.amounts, { amountId, kind, amount, status: 'due' }] };
    }
    case 'ReservationAmountSettled': {
      const { amountId, as } = event.data;
      const amounts = state.amounts.map((due) =>
        due.amountId === amountId ? { ...due, status: as } : due,
      );
      return { ...state, amounts };
    }
    case 'ReservationLinkRenewed':
      return { ...state, linkGeneration: event.data.generation };
  }
}

/** What clients see: not who holds it, nor which link works. */
export function viewOf(state: BookingState): object {
  if (state.status === 'none') return state;
  const { holders: _holders, linkGeneration: _generation, personId: _person, ...seen } = state;
  return seen;
}
