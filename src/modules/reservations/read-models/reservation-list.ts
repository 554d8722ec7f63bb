import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { listedEmail } from '../contact.ts';
import { BOOKING_EVENTS, type BookingEvent } from '../bookings/events.ts';

/** A row of the list of reservations. */
export interface ReservationRow {
  readonly location_id: string;
  readonly date: string;
  readonly status: string;
  readonly customer_id: string | null;
  /** Whose name and phone these are: the customer, or the reservation. */
  readonly person_id: string;
  readonly starts_at: string;
  readonly ends_at: string;
  readonly party_size: number;
  readonly table_ids: readonly string[];
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly note: string | null;
  readonly held_until: string | null;
  readonly late_minutes: number | null;
  readonly cancelled_late: boolean;
  /** Minor units that are due and not settled, by kind. */
  readonly amounts_due: readonly unknown[];
  readonly made_at: string;
  readonly [column: string]: unknown;
}

export const reservationList = defineReadModel<Recorded<BookingEvent>, ReservationRow>({
  name: 'reservations.list',
  version: 2,
  columns: {
    location_id: 'text',
    date: 'date',
    status: 'text',
    customer_id: 'text',
    person_id: 'text',
    starts_at: 'timestamptz',
    ends_at: 'timestamptz',
    party_size: 'integer',
    table_ids: 'jsonb',
    name: 'text',
    phone: 'text',
    email: 'text',
    note: 'text',
    held_until: 'timestamptz',
    late_minutes: 'integer',
    cancelled_late: 'boolean',
    amounts_due: 'jsonb',
    made_at: 'timestamptz',
  },
  indexes: [
    ['location_id', 'date', 'starts_at'],
    ['customer_id', 'starts_at'],
    ['phone', 'starts_at'],
    ['email', 'starts_at'],
    ['location_id', 'starts_at'],
    ['starts_at'],
  ],
  on: BOOKING_EVENTS,
  keys: (event) => [event.data.reservationId],
  project(row, event) {
    if (event.type === 'ReservationMade') return rowOf(event);
    return row === null ? null : after(row, event);
  },
  personal: { person: 'person_id', columns: ['name', 'phone', 'email', 'note'] },
  list: {
    filters: {
      locationId: 'location_id',
      date: 'date',
      status: 'status',
      customerId: 'customer_id',
      phone: 'phone',
    },
    order: [{ column: 'starts_at' }],
    range: { column: 'starts_at' },
    location: 'location_id',
  },
});

function rowOf({
  data,
  at,
}: Recorded<Extract<BookingEvent, { readonly type: 'ReservationMade' }>>): ReservationRow {
  const { contact } = data;
  return {
    location_id: data.locationId,
    date: data.day,
    status: data.status,
    customer_id: data.customerId,
    person_id: data.personId,
    starts_at: data.startsAt,
    ends_at: data.endsAt,
    party_size: data.partySize,
    table_ids: data.tableIds,
    name: contact?.name ?? null,
    phone: contact?.phone ?? null,
    email: listedEmail(contact),
    note: data.note,
    held_until: data.heldUntil,
    late_minutes: null,
    cancelled_late: false,
    amounts_due: [],
    made_at: at,
  };
}

function after(row: ReservationRow, { type, data }: Recorded<BookingEvent>): ReservationRow {
  switch (type) {
    case 'ReservationMade':
    case 'ReservationLinkRenewed':
    case 'ReservationStayExtended':
      return row;
    case 'ReservationContactChanged': {
      const { name = null, phone = null } = data.contact ?? {};
      return { ...row, name, phone, email: listedEmail(data.contact), note: data.note };
    }
    case 'ReservationConfirmed':
      return { ...row, status: data.status, held_until: null };
    case 'ReservationChanged': {
      const { day: date, startsAt: starts_at, endsAt: ends_at } = data;
      const { partySize: party_size, tableIds: table_ids } = data;
      return { ...row, date, starts_at, ends_at, party_size, table_ids };
    }
    case 'ReservationCancelled':
      return { ...row, status: 'cancelled', cancelled_late: data.late };
    case 'ReservationExpired':
      return { ...row, status: 'expired' };
    case 'ReservationMarkedLate':
      return { ...row, late_minutes: data.minutes };
    case 'ReservationSeated':
      return { ...row, status: 'seated', table_ids: data.tableIds };
    case 'ReservationCompleted':
      return { ...row, status: 'completed' };
    case 'ReservationNoShow':
      return { ...row, status: 'no-show' };
    case 'ReservationAmountDue': {
      const { amountId, kind, amount } = data;
      return { ...row, amounts_due: [...row.amounts_due, { amountId, kind, amount }] };
    }
    case 'ReservationAmountSettled':
      return {
        ...row,
        amounts_due: row.amounts_due.filter(
          // safe because only this function puts items there
          (due) => (due as { readonly amountId: string }).amountId !== data.amountId,
        ),
      };
  }
}
