/** What stands on one business day of a location, as it is now or was at a moment; follows what happens. */
import { useEffect } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { useRead } from '../../api/api.ts';
import { useAsOf } from '../../design/url-state.ts';
import { useRefresh } from '../floor/use-refresh.ts';
import { usePages } from '../lists/use-pages.ts';
import { shaped } from '../order/order-types.ts';
import type { BookingRow, EnquiryRow, Place, Taken, WaiterRow } from './booking-types.ts';
import { FEES_DEFAULT, type FeeSettings } from './fees.ts';

const ENQUIRIES_MAX = 200;

export interface Day {
  readonly date: string;
  readonly place: Place;
  readonly bookings: readonly BookingRow[];
  readonly taken: readonly Taken[];
  readonly waiters: readonly WaiterRow[];
  readonly enquiries: readonly EnquiryRow[];
  readonly isLoading: boolean;
  readonly error: CallFailed | null;
  readAgain(): void;
}

export function useDay(place: Place, date: string): Day {
  const { at } = useAsOf();
  const moment = at ?? undefined;
  const locationId = place.id;
  const bookings = usePages<BookingRow>(
    'GET /v1/reservations',
    { locationId, date, at: moment },
    { live: 'GET /v1/reservations/live' },
  );
  useAll(bookings.loadMore);
  // Live feeds are few to one server; what a waiting list does shows in its day.
  useRefresh(
    'GET /v1/reservations/days/live',
    { query: { locationId, date, limit: 1 } },
    {
      again: [
        'GET /v1/reservations/days',
        'GET /v1/reservations/days/{id}',
        'GET /v1/reservations/waitlist',
        'GET /v1/reservations/availability',
      ],
      enabled: at === null,
    },
  );
  const waiters = usePages<WaiterRow>('GET /v1/reservations/waitlist', {
    locationId,
    date,
    at: moment,
  });
  const enquiries = usePages<EnquiryRow>(
    'GET /v1/reservations/enquiries',
    { locationId, at: moment },
    { limit: ENQUIRIES_MAX },
  );
  const taken = useTaken(locationId, date);
  return {
    date,
    place,
    bookings: bookings.rows,
    taken,
    waiters: waiters.rows,
    enquiries: enquiries.rows,
    isLoading: bookings.isLoading,
    error: bookings.error ?? waiters.error ?? enquiries.error,
    readAgain: bookings.readAgain,
  };
}

const NOTHING: readonly Taken[] = [];

/**
 * A day is there once something was promised on it: the list is asked first, since asking for one that is not there is
 * an error. What blocks a table is in the day itself.
 */
function useTaken(locationId: string, date: string): readonly Taken[] {
  const { at } = useAsOf();
  const known = useRead('GET /v1/reservations/days', { query: { locationId, date, limit: 1 } });
  const isThere = (known.data?.items.length ?? 0) > 0;
  const day = useRead(
    'GET /v1/reservations/days/{id}',
    { params: { id: `${locationId}~${date}` }, query: { at: at ?? undefined } },
    { keep: true, enabled: isThere },
  );
  if (!isThere || day.data === undefined) return NOTHING;
  return shaped<{ readonly taken?: readonly Taken[] }>(day.data).taken ?? NOTHING;
}

/** A day has some dozens of rows: all are wanted at once. */
function useAll(loadMore: (() => void) | undefined): void {
  useEffect(() => loadMore?.(), [loadMore]);
}

export function usePlace(locationId: string): {
  readonly place: Place | null;
  readonly error: CallFailed | null;
} {
  const read = useRead('GET /v1/business/locations/{id}', { params: { id: locationId } });
  return { place: read.data === undefined ? null : shaped<Place>(read.data), error: read.error };
}

export function useFees(locationId: string): FeeSettings {
  const read = useRead('GET /v1/reservations/calendars', { query: { locationId } });
  return shaped<FeeSettings | undefined>(read.data?.items[0]?.settings) ?? FEES_DEFAULT;
}
