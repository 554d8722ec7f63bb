/** What there is to say about a booking, an offer, an order or a lead, and to whom. Pure. */
import type { StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { CURRENCIES, type Money } from '../../../core/money.ts';
import {
  LOCATIONS,
  locationFrom,
  PROFILE_STREAM,
  type ProfileState,
} from '../../business/index.ts';
import { CUSTOMERS, type CustomerState } from '../../customers/index.ts';
import { LEADS, type LeadState } from '../../leads/index.ts';
import { orderFrom, ORDERS, totalsOf } from '../../orders/index.ts';
import {
  RESERVATIONS,
  WAITLIST,
  type BookingState,
  type WaitlistState,
} from '../../reservations/index.ts';
import type { Use } from '../settings/settings.ts';
import type { Variables } from '../shapes.ts';
import type { Occasion } from './ways.ts';

export interface About {
  readonly use: Use;
  /** Stream of the thing. */
  readonly about: StreamReference;
  readonly messageId: string;
  readonly at: string;
}

/** Variables by use, for whoever writes templates; all of them have `name` and `business`. */
export const USE_VARIABLES: Readonly<Record<Use, readonly string[]>> = {
  'booking-confirmed': ['name', 'business', 'location', 'date', 'time', 'partySize'],
  'booking-changed': ['name', 'business', 'location', 'date', 'time', 'partySize'],
  'booking-reminder': ['name', 'business', 'location', 'date', 'time', 'partySize'],
  'waitlist-offer': ['name', 'business', 'location', 'date', 'time', 'partySize', 'until'],
  'order-ready': ['name', 'business', 'location', 'number', 'total'],
  receipt: ['name', 'business', 'location', 'number', 'total'],
  'lead-follow-up': ['name', 'business'],
  'double-opt-in': ['name', 'business', 'link'],
};

/** The streams that `occasionOf` reads: first the thing, then what it names. */
export function occasionStreams(
  about: StreamReference,
  around: Surroundings,
): readonly StreamReference[] {
  const { customerId, locationId } = namedBy(about, around);
  return [
    about,
    PROFILE_STREAM,
    ...(customerId === null ? [] : [{ category: CUSTOMERS, id: customerId }]),
    ...(locationId === null ? [] : [{ category: LOCATIONS, id: locationId }]),
  ];
}

function namedBy(about: StreamReference, around: Surroundings) {
  const nothing = { customerId: null, locationId: null };
  switch (about.category) {
    case RESERVATIONS: {
      const booking = bookingFrom(around, about);
      return booking.status === 'none' ? nothing : booking;
    }
    case WAITLIST: {
      const waiting = waitingFrom(around, about);
      return waiting.status === 'none' ? nothing : waiting;
    }
    case ORDERS: {
      const order = orderFrom(around, about.id);
      return order.status === 'unknown' ? nothing : order;
    }
    default:
      return nothing;
  }
}

/** Null where there is nothing to say (any more): it was cancelled, or is not ready. */
export function occasionOf(of: About, around: Surroundings): Occasion | null {
  switch (of.about.category) {
    case RESERVATIONS:
      return ofBooking(of, around);
    case WAITLIST:
      return ofOffer(of, around);
    case ORDERS:
      return ofOrder(of, around);
    case LEADS:
      return ofLead(of, around);
    default:
      return null;
  }
}

function ofBooking(of: About, around: Surroundings): Occasion | null {
  const booking = bookingFrom(around, of.about);
  if (booking.status !== 'confirmed' || isOver(booking.startsAt, of.at)) return null;
  return ofTable(of, { ...booking, expiresAt: booking.startsAt }, around);
}

function ofOffer(of: About, around: Surroundings): Occasion | null {
  const waiting = waitingFrom(around, of.about);
  if (waiting.status !== 'offered' || waiting.offer === null) return null;
  const { startsAt, until } = waiting.offer;
  if (isOver(until, of.at)) return null;
  return ofTable(of, { ...waiting, startsAt, until, expiresAt: until }, around);
}

interface Table {
  readonly personId: string;
  readonly customerId: string | null;
  readonly locationId: string;
  readonly partySize: number;
  readonly contact: {
    readonly name: string;
    readonly phone?: string;
    readonly email?: string;
  } | null;
  readonly language: string | null;
  readonly startsAt: string;
  readonly until?: string;
  readonly expiresAt: string;
}

/** It goes to the contact that was left with the booking, and to nobody once that is erased. */
function ofTable(of: About, table: Table, around: Surroundings): Occasion {
  const { contact, startsAt, until, partySize } = table;
  const customer = customerFrom(around, table.customerId);
  const place = placeFrom(around, table.locationId);
  return {
    ...namesOf(of, table),
    phone: contact?.phone ?? null,
    email: contact?.email ?? null,
    language: table.language ?? customer.language,
    refuses: () => null,
    values: (language) => ({
      name: contact?.name ?? '',
      ...place.values,
      ...whenOf(startsAt, { language, zone: place.zone }),
      partySize: String(partySize),
      ...(until === undefined ? {} : { until: whenOf(until, { language, zone: place.zone }).time }),
    }),
    rest: restOf(of, table.expiresAt),
  };
}

function ofOrder(of: About, around: Surroundings): Occasion | null {
  const order = orderFrom(around, of.about.id);
  if (order.status === 'unknown' || order.customerId === null || order.imported) return null;
  // At a table the dish itself says that it is ready.
  const isReady =
    order.channel !== 'eat-in' && order.lines.every(({ kitchen }) => DONE.has(kitchen));
  const isOn = order.status === 'open' || order.status === 'closed';
  if (of.use === 'order-ready' && !(isReady && isOn)) return null;
  if (of.use === 'receipt' && order.status !== 'closed') return null;
  const { customerId, currency, number, locationId } = order;
  const customer = customerFrom(around, customerId);
  const total = { amount: totalsOf(order).gross, currency };
  return {
    ...namesOf(of, { personId: customerId, customerId }),
    ...customer,
    refuses: () => null,
    values: (language) => ({
      name: customer.name ?? '',
      ...placeFrom(around, locationId).values,
      number: String(number),
      total: moneyOf(total, language),
    }),
    rest: restOf(of, of.use === 'order-ready' ? readyUntil(of.at) : null),
  };
}

/** What waits that long, as over quiet hours, was fetched or is cold: the message would be about nothing. */
const READY_TOLD_MS = 2 * 3_600_000;

function readyUntil(at: string): string {
  return new Date(Date.parse(at) + READY_TOLD_MS).toISOString();
}

/** Of lines that are made: nothing is left for a station to do. */
const DONE: ReadonlySet<string> = new Set(['ready', 'served', 'none']);

/**
 * Leads are written to as they agreed to be, and only then: asked when the follow-up is due, and once more when it is sent, of a
 * lead that became a customer by the customer's consents.
 */
function ofLead(of: About, around: Surroundings): Occasion | null {
  // safe because the stream is one of the category
  const lead = around.stateOf(of.about) as LeadState;
  if (lead.status === 'unknown' || lead.stage === 'won' || lead.stage === 'lost') return null;
  const { name, phone, email, language, customerId, consents, followUp } = lead;
  // Somebody got back to the lead before the message did.
  if (followUp === null) return null;
  return {
    ...namesOf(of, { personId: of.about.id, customerId }),
    leadId: of.about.id,
    phone,
    email,
    language,
    refuses: (channel) =>
      consents.some((consent) => consent.channel === channel) ? null : 'no-consent',
    values: () => ({ name: name ?? '', ...businessFrom(around) }),
    rest: { ...restOf(of, null), needsConsent: true },
  };
}

function namesOf(
  { messageId }: About,
  { personId, customerId }: { readonly personId: string; readonly customerId: string | null },
) {
  return { messageId, personId, customerId, leadId: null };
}

function restOf({ use, about }: About, expiresAt: string | null): Occasion['rest'] {
  return { use, about: { category: about.category, id: about.id }, expiresAt };
}

function isOver(moment: string, at: string): boolean {
  return Date.parse(moment) <= Date.parse(at);
}

function bookingFrom(around: Surroundings, stream: StreamReference): BookingState {
  // safe because the stream is one of the category
  return around.stateOf(stream) as BookingState;
}

function waitingFrom(around: Surroundings, stream: StreamReference): WaitlistState {
  // safe because the stream is one of the category
  return around.stateOf(stream) as WaitlistState;
}

export function customerFrom(around: Surroundings, id: string | null) {
  const nobody = { name: null, phone: null, email: null, language: null };
  if (id === null) return nobody;
  // safe because the stream is one of the category
  const customer = around.stateOf({ category: CUSTOMERS, id }) as CustomerState;
  if (customer.status !== 'active') return nobody;
  const { name, phone, email, language } = customer;
  return { name, phone, email, language };
}

export function businessFrom(around: Surroundings): Variables {
  // safe because the stream is one of the category
  const profile = around.stateOf(PROFILE_STREAM) as ProfileState;
  return profile.status === 'unknown' ? {} : { business: profile.tradeName ?? profile.legalName };
}

function placeFrom(around: Surroundings, locationId: string) {
  const location = locationFrom(around, locationId);
  const business = businessFrom(around);
  if (location.status === 'unknown') return { zone: 'UTC', values: business };
  const { name, timeZone: zone } = location;
  return { zone, values: { business: name, ...business, location: name } };
}

/** As people of that language write it, at the place. */
function whenOf(
  at: string,
  { language, zone }: { readonly language: string; readonly zone: string },
): { readonly date: string; readonly time: string } {
  const moment = Date.parse(at);
  const written = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(tagOf(language), { ...options, timeZone: zone }).format(moment);
  const date = written({ weekday: 'long', day: 'numeric', month: 'long' });
  return { date, time: written({ hour: '2-digit', minute: '2-digit' }) };
}

function moneyOf({ amount, currency }: Money, language: string): string {
  const format = new Intl.NumberFormat(tagOf(language), { style: 'currency', currency });
  return format.format(amount / 10 ** CURRENCIES[currency]);
}

/** Languages come from bookings of other systems too; one that is none would throw. */
function tagOf(language: string): string {
  return /^[a-z]{2}(-[A-Z]{2})?$/.test(language) ? language : 'en';
}
