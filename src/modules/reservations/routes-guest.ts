/** What the pages of guests ask beside commands: what they may book, and what cancelling would cost them now. */
import type { StreamReference } from '../../core/aggregate.ts';
import { money, type Money } from '../../core/money.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { depositPaid } from './bookings/amounts.ts';
import type { CancelReservation } from './bookings/commands.ts';
import { decideFollowUp } from './bookings/decide-follow-up.ts';
import type { Booking } from './bookings/state.ts';
import type { CalendarSettings } from './calendars/settings.ts';
import { houseFrom, houseStreams, RESERVATIONS } from './floor.ts';
import { loaded } from './routes-availability.ts';

type Reading = Pick<ModuleRouteDependencies, 'pipeline' | 'clock'>;

/** How the location takes bookings; null for one that is unknown or closed. */
export async function bookingTermsOf(
  { pipeline }: Reading,
  tenant: string,
  locationId: string,
): Promise<CalendarSettings | null> {
  const around = await loaded(pipeline, tenant, houseStreams(locationId));
  return houseFrom(around, locationId)?.settings ?? null;
}

export interface CancelTerms {
  /** After the time up to which it is free. */
  readonly late: boolean;
  /** What would become due, and what would be given back and kept of a deposit that was paid. */
  readonly fee: Money | null;
  readonly refund: Money | null;
  readonly kept: Money | null;
}

/**
 * What a guest who cancels now is asked for: the decision itself, taken and thrown away, so that what is told and what
 * happens cannot differ. Null where the reservation cannot be cancelled.
 */
export async function cancelTermsOf(
  { pipeline, clock }: Reading,
  tenant: string,
  { reservationId, booking }: { readonly reservationId: string; readonly booking: Booking },
): Promise<CancelTerms | null> {
  const own: StreamReference = { category: RESERVATIONS, id: reservationId };
  const around = await loaded(pipeline, tenant, [own, ...houseStreams(booking.locationId)]);
  const at = new Date(clock.nowMs()).toISOString();
  const command: CancelReservation = {
    type: 'CancelReservation',
    id: reservationId,
    at,
    commandId: 'asked',
    actor: 'public',
    approver: null,
    secret: '',
    number: 0,
    input: {},
  };
  const decision = decideFollowUp(booking, command, around);
  if (decision.outcome !== 'accepted') return null;
  const due = (kind: string): Money | null => {
    const found = decision.events.find(
      (event) => event.type === 'ReservationAmountDue' && event.data.kind === kind,
    );
    return found?.type === 'ReservationAmountDue' ? found.data.amount : null;
  };
  const late = decision.events.some(
    (event) => event.type === 'ReservationCancelled' && event.data.late,
  );
  const [fee, refund] = [due('late-cancellation'), due('deposit-refund')];
  return { late, fee, refund, kept: keptOf(booking, refund) };
}

function keptOf(booking: Booking, refund: Money | null): Money | null {
  const paid = booking.amounts.find(({ kind, status }) => kind === 'deposit' && status === 'paid');
  const kept = depositPaid(booking) - (refund?.amount ?? 0);
  return paid === undefined || kept <= 0 ? null : money(kept, paid.amount.currency);
}
