/** Deposits and fees: recorded as amounts due, in the currency of the location. Pure. */
import { money, type Money } from '../../../core/money.ts';
import type { House } from '../floor.ts';
import type { BookingEvent } from './events.ts';
import type { AmountDue, Booking } from './state.ts';

interface Due {
  readonly reservationId: string;
  /** Ids of amounts derive from it. */
  readonly commandId: string;
}

function dueEvent(
  { reservationId, commandId }: Due,
  kind: AmountDue['kind'],
  amount: Money,
): readonly BookingEvent[] {
  if (amount.amount <= 0) return [];
  const amountId = `${commandId}-${kind}`;
  return [{ type: 'ReservationAmountDue', data: { reservationId, amountId, kind, amount } }];
}

/** Of a reservation that is made or confirmed. */
export function depositDue(
  { settings, location }: House,
  partySize: number,
  due: Due,
): readonly BookingEvent[] {
  const { depositPerGuest, depositFromPartySize } = settings;
  if (partySize < depositFromPartySize) return [];
  return dueEvent(due, 'deposit', money(depositPerGuest * partySize, location.currency));
}

/** What a larger party owes beyond the deposits that were asked for before, also those that were waived. */
export function depositMore(
  { settings, location }: House,
  { booking, partySize }: { readonly booking: Booking; readonly partySize: number },
  due: Due,
): readonly BookingEvent[] {
  // A hold is asked for its deposit when it is confirmed.
  if (booking.status === 'held' || partySize < settings.depositFromPartySize) return [];
  const asked = booking.amounts.reduce(
    (sum, { kind, amount }) => (kind === 'deposit' ? sum + amount.amount : sum),
    0,
  );
  const left = settings.depositPerGuest * partySize - asked;
  return partySize > booking.partySize
    ? dueEvent(due, 'deposit', money(left, location.currency))
    : [];
}

/** What was paid of the deposit, minor units. */
export function depositPaid({ amounts }: Booking): number {
  return amounts.reduce(
    (sum, { kind, status, amount }) =>
      kind === 'deposit' && status === 'paid' ? sum + amount.amount : sum,
    0,
  );
}

/**
 * A deposit that was paid counts towards the fee, and what it exceeds the fee by goes back: nobody loses more than they were
 * told it costs. A deposit that was not paid is asked for no more.
 */
export function feeDue(
  house: House,
  booking: Booking,
  { kind, ...due }: Due & { readonly kind: 'late-cancellation' | 'no-show' },
): readonly BookingEvent[] {
  const { settings, location } = house;
  const perGuest = kind === 'no-show' ? settings.noShowFeePerGuest : settings.lateCancelFeePerGuest;
  const left = perGuest * booking.partySize - depositPaid(booking);
  return [
    ...depositDropped(booking, due),
    ...dueEvent(due, kind, money(left, location.currency)),
    ...dueEvent(due, 'deposit-refund', money(-left, location.currency)),
  ];
}

/** Of a reservation that costs nothing: given up in time, by the house, or before the house confirmed it. */
export function depositBack(
  { location }: House,
  booking: Booking,
  due: Due,
): readonly BookingEvent[] {
  const paid = money(depositPaid(booking), location.currency);
  return [...depositDropped(booking, due), ...dueEvent(due, 'deposit-refund', paid)];
}

function depositDropped({ amounts }: Booking, { reservationId }: Due): readonly BookingEvent[] {
  return amounts
    .filter(({ kind, status }) => kind === 'deposit' && status === 'due')
    .map(({ amountId }) => ({
      type: 'ReservationAmountSettled' as const,
      data: { reservationId, amountId, as: 'waived' as const, reason: null },
    }));
}
