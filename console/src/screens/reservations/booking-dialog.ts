/** What the dialogs of a reservation share: what they get, and what is read again after them. */
import type { Booking, Place } from './booking-types.ts';

export const BOOKING_READS = [
  'GET /v1/reservations/{id}',
  'GET /v1/reservations',
  'GET /v1/reservations/days/{id}',
  'GET /v1/reservations/availability',
  'GET /v1/reservations/{id}/history',
] as const;

export interface BookingDialogProps {
  readonly booking: Booking;
  readonly place: Place;
  onClose(): void;
}
