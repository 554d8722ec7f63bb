/** The booking that a link opens. */
import {
  opensReservation,
  reservationOf,
  RESERVATIONS,
  type BookingState,
} from '../../modules/reservations/index.ts';
import { atPlace } from '../house.ts';
import { linkOver } from '../page-route.ts';
import type { Public } from '../public-services.ts';
import type { Visit } from '../visit.ts';

/** The link is of no use once the evening is long over, and whoever finds it then learns nothing. */
export const DAYS_AFTER = 30;
const DAY_MS = 86_400_000;

export type Booking = Exclude<BookingState, { readonly status: 'none' }>;

export interface OpenedBooking {
  readonly reservationId: string;
  readonly token: string;
  readonly booking: Booking;
  /** At the place of the booking. */
  readonly visit: Visit;
}

/**
 * Errors: NOT_FOUND for a token that is cut, forged, of another house, renewed since, or over; RATE_LIMITED.
 */
export async function openBooking(deps: Public, visit: Visit): Promise<OpenedBooking> {
  const { tenant } = visit.house;
  const token = visit.call.params['token'] ?? '';
  const reservationId = reservationOf(token);
  const found = reservationId === null ? null : await load(deps, tenant, reservationId);
  if (reservationId === null || found === null) throw wrong(deps, visit);
  const place = { tenant, reservationId, generation: found.linkGeneration };
  const isOpen = await opensReservation(deps.bookingTokens, token, place);
  const endMs = Date.parse(found.endsAt) + DAYS_AFTER * DAY_MS;
  if (!isOpen || endMs < deps.modules.clock.nowMs()) throw wrong(deps, visit);
  const there = await atPlace(deps.modules, visit, found.locationId);
  return { reservationId, token, booking: found, visit: there };
}

function wrong(deps: Public, visit: Visit): Error {
  deps.limits.wrongToken(visit.call.client);
  return linkOver();
}

async function load(deps: Public, tenant: string, id: string): Promise<Booking | null> {
  const { state } = await deps.modules.pipeline.load(tenant, RESERVATIONS, id);
  // safe because the stream is one of the category
  const booking = state as BookingState;
  return booking.status === 'none' ? null : booking;
}
