/** What the server answers about reservations, where the description of the interface leaves it open. */
import type { Money } from '../../words/format.ts';

export const BOOKING_STATES = [
  'held',
  'pending',
  'confirmed',
  'seated',
  'completed',
  'cancelled',
  'expired',
  'no-show',
] as const;
export type BookingStatus = (typeof BOOKING_STATES)[number];

export const AMOUNT_KINDS = ['deposit', 'late-cancellation', 'no-show', 'deposit-refund'] as const;

export interface AmountDue {
  readonly amountId: string;
  readonly kind: (typeof AMOUNT_KINDS)[number];
  readonly amount: Money;
}

export interface BookingRow {
  readonly id: string;
  readonly locationId: string;
  readonly date: string;
  readonly status: BookingStatus;
  readonly customerId: string | null;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly partySize: number;
  readonly tableIds: readonly string[];
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly note: string | null;
  readonly heldUntil: string | null;
  readonly lateMinutes: number | null;
  readonly cancelledLate: boolean;
  readonly amountsDue: readonly AmountDue[];
  readonly madeAt: string;
}

export interface Booking {
  readonly id: string;
  readonly version: number;
  readonly status: BookingStatus;
  readonly customerId: string | null;
  readonly locationId: string;
  readonly day: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly takenUntil: string;
  readonly partySize: number;
  readonly tableIds: readonly string[];
  readonly areaId: string | null;
  readonly heldUntil: string | null;
  readonly contact: {
    readonly name: string;
    readonly phone?: string;
    readonly email?: string;
  } | null;
  readonly note: string | null;
  readonly language: string | null;
  readonly lateMinutes: number | null;
  readonly movedLate: boolean;
  readonly cancelledBy: 'guest' | 'house' | null;
  readonly cancelledLate: boolean;
  readonly amounts: readonly (AmountDue & { readonly status: 'due' | 'paid' | 'waived' })[];
  readonly madeAt: string;
}

export interface Slot {
  readonly startsAt: string;
  readonly localTime: string;
  readonly available: boolean;
  readonly tableIds?: readonly string[];
}

export interface Availability {
  readonly timeZone: string;
  readonly durationMinutes: number;
  readonly reason: string | null;
  readonly hours: readonly { readonly opens: string; readonly closes: string }[];
  readonly slots: readonly Slot[];
}

export interface Taken {
  readonly key: string;
  readonly kind: 'reservation' | 'offer' | 'block';
  readonly tableIds: readonly string[];
  readonly from: string;
  readonly to: string;
  /** The business day on which it begins. */
  readonly day: string;
  readonly reason: string | null;
}

export interface WaiterRow {
  readonly id: string;
  readonly status: 'waiting' | 'offered' | 'accepted' | 'left' | 'lapsed';
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly partySize: number;
  readonly fromTime: string;
  readonly toTime: string;
  readonly offer: {
    readonly startsAt: string;
    readonly tableIds: readonly string[];
    readonly until: string;
  } | null;
  readonly joinedAt: string;
}

export interface EnquiryRow {
  readonly id: string;
  readonly date: string;
  readonly status: 'new' | 'answered' | 'accepted' | 'declined' | 'withdrawn';
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly guests: number;
  readonly budget: Money | null;
  readonly offer: Money | null;
  readonly packageName: string | null;
  readonly sentAt: string;
}

/** Whether it takes tables. */
export function isOpen(status: BookingStatus): boolean {
  return status === 'held' || status === 'pending' || status === 'confirmed' || status === 'seated';
}

export interface PlaceTable {
  readonly tableId: string;
  readonly areaId: string;
  readonly name: string;
  readonly seats: number;
}

export interface Place {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly dayCutOff: string;
  readonly currency: Money['currency'];
  readonly areas: readonly { readonly areaId: string; readonly name: string }[];
  readonly tables: readonly PlaceTable[];
}
