/** Decisions that take and free no tables. Pure. */
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import type { FollowUp } from './commands.ts';
import type { BookingEvent } from './events.ts';
import { isOpen, type Booking } from './state.ts';

export type SmallCommand = Extract<
  FollowUp,
  {
    readonly type:
      | 'ChangeReservationContact'
      | 'MarkReservationLate'
      | 'SettleReservationAmount'
      | 'WaiveReservationAmount'
      | 'RenewReservationLink';
  }
>;

export const SMALL_COMMANDS: ReadonlySet<FollowUp['type']> = new Set<SmallCommand['type']>([
  'ChangeReservationContact',
  'MarkReservationLate',
  'SettleReservationAmount',
  'WaiveReservationAmount',
  'RenewReservationLink',
]);

export function decideSmall(booking: Booking, command: SmallCommand): Decision<BookingEvent> {
  const reservationId = command.id;
  switch (command.type) {
    case 'ChangeReservationContact': {
      if (!isOpen(booking.status)) return rejected('RESERVATION_OVER', { status: booking.status });
      const { contact = booking.contact, note = booking.note } = command.input;
      const { personId } = booking;
      if (JSON.stringify([contact, note]) === JSON.stringify([booking.contact, booking.note]))
        return accepted([]);
      return accepted([
        { type: 'ReservationContactChanged', data: { reservationId, personId, contact, note } },
      ]);
    }
    case 'MarkReservationLate': {
      const { minutes } = command.input;
      if (booking.status !== 'confirmed' && booking.status !== 'pending')
        return rejected('RESERVATION_OVER', { status: booking.status });
      if (booking.lateMinutes === minutes) return accepted([]);
      return accepted([{ type: 'ReservationMarkedLate', data: { reservationId, minutes } }]);
    }
    case 'SettleReservationAmount':
    case 'WaiveReservationAmount':
      return decideSettle(booking, command);
    case 'RenewReservationLink': {
      const generation = booking.linkGeneration + 1;
      return accepted([{ type: 'ReservationLinkRenewed', data: { reservationId, generation } }]);
    }
  }
}

function decideSettle(
  { amounts }: Booking,
  command: Extract<
    SmallCommand,
    { readonly type: 'SettleReservationAmount' | 'WaiveReservationAmount' }
  >,
): Decision<BookingEvent> {
  const { amountId, reason = null } = command.input;
  const as = command.type === 'SettleReservationAmount' ? 'paid' : 'waived';
  const due = amounts.find((amount) => amount.amountId === amountId);
  if (due?.status === as) return accepted([]);
  if (due?.status !== 'due') return rejected('AMOUNT_UNKNOWN');
  const data = { reservationId: command.id, amountId, as, reason } as const;
  return accepted([{ type: 'ReservationAmountSettled', data }]);
}
