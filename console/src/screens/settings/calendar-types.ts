/** How a location takes reservations, as the server has it. Pure. */

/** `HH:MM`; `closes` at or before `opens` is on the next date. */
export interface Span {
  readonly opens: string;
  readonly closes: string;
}

export interface WeeklySpan extends Span {
  /** ISO 8601: Monday is 1. */
  readonly weekday: number;
}

/** The hours of one date in place of the weekly ones; none when closed. */
export interface Exception {
  readonly date: string;
  readonly hours: readonly Span[];
}

export interface CalendarSettings {
  readonly takesBookings: boolean;
  readonly weekly: readonly WeeklySpan[];
  readonly exceptions: readonly Exception[];
  readonly durations: readonly { readonly partySizeTo: number; readonly minutes: number }[];
  readonly bufferMinutes: number;
  readonly gridMinutes: 5 | 10 | 15 | 20 | 30 | 60;
  readonly lastStartMinutes: number;
  readonly leadMinutes: number;
  readonly aheadDays: number;
  readonly partySizeMin: number;
  readonly partySizeMax: number;
  readonly bookingsPerSlot: number | null;
  readonly coversPerSlot: number | null;
  readonly confirmation: 'automatic' | 'manual';
  readonly holdMinutes: number;
  readonly offerMinutes: number;
  readonly freeCancelMinutes: number;
  readonly depositPerGuest: number;
  readonly depositFromPartySize: number;
  readonly lateCancelFeePerGuest: number;
  readonly noShowFeePerGuest: number;
  readonly languages: readonly string[];
}

/** No party is larger. */
export const PARTY_SIZE_MAX = 500;

/** Of a location that said nothing yet, as the server has it. */
export const SETTINGS_DEFAULT: CalendarSettings = {
  takesBookings: true,
  weekly: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '12:00', closes: '23:00' })),
  exceptions: [],
  durations: [
    { partySizeTo: 4, minutes: 90 },
    { partySizeTo: PARTY_SIZE_MAX, minutes: 120 },
  ],
  bufferMinutes: 0,
  gridMinutes: 15,
  lastStartMinutes: 60,
  leadMinutes: 0,
  aheadDays: 400,
  partySizeMin: 1,
  partySizeMax: 20,
  bookingsPerSlot: null,
  coversPerSlot: null,
  confirmation: 'automatic',
  holdMinutes: 10,
  offerMinutes: 30,
  freeCancelMinutes: 120,
  depositPerGuest: 0,
  depositFromPartySize: 1,
  lateCancelFeePerGuest: 0,
  noShowFeePerGuest: 0,
  languages: [],
};
