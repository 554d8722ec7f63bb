/**
 * Everything that happened with a guest, an entry for each event; a reservation is one entry that says how it stands,
 * since what happens to it later names the reservation alone. Of merged customers each keeps its own entries: the query
 * puts them together, so a merge that is taken back has nothing to undo here.
 */
import { defineReadModel } from '../../../core/read-model.ts';
import type { Money } from '../../../core/money.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { CUSTOMER_EVENTS, type CustomerEvent } from '../../customers/index.ts';
import { MEMBER_EVENTS, type MemberEvent } from '../../loyalty/index.ts';
import { ORDER_EVENTS, type OrderEvent } from '../../orders/index.ts';
import { BOOKING_EVENTS, type BookingEvent } from '../../reservations/index.ts';
import { customerEntry, memberEntry, orderEntry, type Entry } from './timeline-entry.ts';

export interface TimelineRow {
  readonly customer_id: string;
  readonly at: string;
  readonly module: string;
  readonly kind: string;
  readonly subject: string;
  readonly location_id: string | null;
  readonly amount: Money | null;
  readonly points: number | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly [column: string]: unknown;
}

const TOLD = {
  CustomerRegistered: 'customers',
  CustomerConsentGiven: 'customers',
  CustomerConsentWithdrawn: 'customers',
  CustomerNoteAdded: 'customers',
  CustomersMerged: 'customers',
  CustomersUnmerged: 'customers',
  CustomerArchived: 'customers',
  OrderPlaced: 'orders',
  OrderCustomerSet: 'orders',
  OrderPaymentTaken: 'orders',
  OrderRefunded: 'orders',
  OrderPaymentCorrected: 'orders',
  OrderRefundCorrected: 'orders',
  OrderCancelled: 'orders',
  MemberEnrolled: 'loyalty',
  PointsEarned: 'loyalty',
  PointsBurned: 'loyalty',
  PointsAdjusted: 'loyalty',
  PointsTakenBack: 'loyalty',
  PointsReturned: 'loyalty',
  PointsExpired: 'loyalty',
  DebtForgiven: 'loyalty',
  TierChanged: 'loyalty',
  ReservationMade: 'reservations',
  ReservationConfirmed: 'reservations',
  ReservationChanged: 'reservations',
  ReservationCancelled: 'reservations',
  ReservationExpired: 'reservations',
  ReservationSeated: 'reservations',
  ReservationCompleted: 'reservations',
  ReservationNoShow: 'reservations',
} as const;
type ToldType = keyof typeof TOLD;
type Told = Extract<
  CustomerEvent | OrderEvent | MemberEvent | BookingEvent,
  { readonly type: ToldType }
>;
type Booked = Extract<Told, BookingEvent>;

export const timeline = defineReadModel<Recorded<Told>, TimelineRow>({
  name: 'guests.timeline',
  version: 1,
  columns: {
    customer_id: 'text',
    at: 'timestamptz',
    module: 'text',
    kind: 'text',
    subject: 'text',
    location_id: 'text',
    amount: 'jsonb',
    points: 'bigint',
    details: 'jsonb',
  },
  indexes: [['customer_id', 'at']],
  on: [...CUSTOMER_EVENTS, ...ORDER_EVENTS, ...MEMBER_EVENTS, ...BOOKING_EVENTS].filter(
    ({ name }) => Object.hasOwn(TOLD, name),
  ),
  keys(event) {
    if (isBooked(event)) {
      const isNobodys = event.type === 'ReservationMade' && event.data.customerId === null;
      return isNobodys ? [] : [`reservations~${event.data.reservationId}`];
    }
    const customerId = customerOf(event);
    return customerId === null ? [] : [`${customerId}~${event.at}~${event.eventId}`];
  },
  // Its key names the event.
  begins: (event) => !isBooked(event),
  project(row, event) {
    if (isBooked(event)) return booked(row, event);
    const { customerId, locationId, ...entry } = entryOf(event);
    if (customerId === null) return null;
    return { ...entry, customer_id: customerId, location_id: locationId, at: event.at };
  },
  // Nothing personal is kept here; the entries belong to the person all the same, and are in an export of theirs.
  personal: { person: 'customer_id', columns: [] },
  list: {
    filters: { customerId: 'customer_id' },
    order: [{ column: 'at', descending: true }],
    range: { column: 'at' },
    location: 'location_id',
  },
});

function isBooked(event: Recorded<Told>): event is Recorded<Booked> {
  return TOLD[event.type] === 'reservations';
}

/** Whose entry it is, without making that; the id of a member is that of the customer. */
function customerOf({ data }: Exclude<Recorded<Told>, Recorded<Booked>>): string | null {
  return 'memberId' in data ? data.memberId : data.customerId;
}

function entryOf(event: Exclude<Recorded<Told>, Recorded<Booked>>): Entry {
  switch (TOLD[event.type]) {
    case 'customers':
      // safe because the table above says of which module a type is
      return customerEntry(event as Parameters<typeof customerEntry>[0]);
    case 'orders':
      // safe because the table above says so
      return orderEntry(event as Parameters<typeof orderEntry>[0]);
    default:
      // safe because the table above says so
      return memberEntry(event as Parameters<typeof memberEntry>[0]);
  }
}

/** Stands where it was made; later events are only told of reservations of customers, which have a row. */
function booked(row: TimelineRow | null, event: Recorded<Booked>): TimelineRow | null {
  if (event.type === 'ReservationMade') {
    const { customerId, reservationId, locationId, startsAt, partySize, status } = event.data;
    if (customerId === null) return null;
    return {
      customer_id: customerId,
      at: event.at,
      module: 'reservations',
      kind: 'reservation',
      subject: `reservations/${reservationId}`,
      location_id: locationId,
      amount: null,
      points: null,
      details: { status, startsAt, partySize },
    };
  }
  if (row === null) return null;
  if (event.type !== 'ReservationChanged')
    return { ...row, details: { ...row.details, status: statusAfter(event) } };
  const { startsAt, partySize } = event.data;
  return { ...row, details: { ...row.details, startsAt, partySize } };
}

function statusAfter(
  event: Exclude<
    Recorded<Booked>,
    { readonly type: 'ReservationMade' } | { readonly type: 'ReservationChanged' }
  >,
): string {
  switch (event.type) {
    case 'ReservationConfirmed':
      return event.data.status;
    case 'ReservationCancelled':
      return 'cancelled';
    case 'ReservationExpired':
      return 'expired';
    case 'ReservationSeated':
      return 'seated';
    case 'ReservationCompleted':
      return 'completed';
    case 'ReservationNoShow':
      return 'no-show';
  }
}
