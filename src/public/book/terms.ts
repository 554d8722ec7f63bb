import type { bookingTermsOf } from '../../modules/reservations/index.ts';

/** How the place takes bookings. */
export type CalendarTerms = NonNullable<Awaited<ReturnType<typeof bookingTermsOf>>>;
