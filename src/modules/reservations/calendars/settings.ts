/** How a location takes reservations: hours, durations, limits and amounts. Pure data with defaults. */
import { Type, type Static } from 'typebox';
import { priceSchema } from '../../../core/money.ts';

/** A day's service is at most this long for one party; with the buffer it reaches no further than the next date. */
export const DURATION_MINUTES_MAX = 480;
export const BUFFER_MINUTES_MAX = 120;
/** More is an event, which begins as an enquiry. */
export const PARTY_SIZE_MAX = 500;

/** `HH:MM` on the clock of the location. */
export const clockTime = Type.String({ pattern: '^(?:[01][0-9]|2[0-3]):[0-5][0-9]$' });
export const calendarDate = Type.String({ format: 'date' });

/** `closes` at or before `opens` is on the next date. */
const hoursWindow = Type.Object(
  { opens: clockTime, closes: clockTime },
  { additionalProperties: false },
);

const weeklyWindow = Type.Object(
  {
    /** ISO 8601: Monday is 1, Sunday 7. */
    weekday: Type.Integer({ minimum: 1, maximum: 7 }),
    opens: clockTime,
    closes: clockTime,
  },
  { additionalProperties: false },
);

/** The hours of one date in place of the weekly ones; none when closed. */
const exception = Type.Object(
  { date: calendarDate, hours: Type.Array(hoursWindow, { maxItems: 4 }) },
  { additionalProperties: false },
);

const minutes = (maximum: number, minimum = 0) => Type.Integer({ minimum, maximum });
const orNone = <Schema extends ReturnType<typeof Type.Integer>>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

export const SETTINGS_FIELDS = {
  takesBookings: Type.Boolean(),
  weekly: Type.Array(weeklyWindow, { maxItems: 28 }),
  exceptions: Type.Array(exception, { maxItems: 400 }),
  /** The first entry that the party is not larger than counts, else the last. */
  durations: Type.Array(
    Type.Object(
      {
        partySizeTo: Type.Integer({ minimum: 1, maximum: PARTY_SIZE_MAX }),
        minutes: minutes(DURATION_MINUTES_MAX, 15),
      },
      { additionalProperties: false },
    ),
    { minItems: 1, maxItems: 12 },
  ),
  /** Between two parties at one table. */
  bufferMinutes: minutes(BUFFER_MINUTES_MAX),
  /** Starts are multiples of it on the clock. */
  gridMinutes: Type.Union([
    Type.Literal(5),
    Type.Literal(10),
    Type.Literal(15),
    Type.Literal(20),
    Type.Literal(30),
    Type.Literal(60),
  ]),
  /** The last start lies this long before closing. */
  lastStartMinutes: minutes(480),
  /** Not later than this before the start. */
  leadMinutes: minutes(30 * 24 * 60),
  /** Not further ahead than this. */
  aheadDays: Type.Integer({ minimum: 1, maximum: 800 }),
  partySizeMin: Type.Integer({ minimum: 1, maximum: PARTY_SIZE_MAX }),
  partySizeMax: Type.Integer({ minimum: 1, maximum: PARTY_SIZE_MAX }),
  /** Parties, and guests, that may start at the same time; null for as many as the tables hold. */
  bookingsPerSlot: orNone(Type.Integer({ minimum: 1, maximum: 1000 })),
  coversPerSlot: orNone(Type.Integer({ minimum: 1, maximum: 5000 })),
  confirmation: Type.Union([Type.Literal('automatic'), Type.Literal('manual')]),
  holdMinutes: minutes(60, 1),
  offerMinutes: minutes(24 * 60, 1),
  /** A guest who cancels later than this before the start cancels late. */
  freeCancelMinutes: minutes(30 * 24 * 60),
  /**
   * Minor units of the location's currency for each guest; 0 for none. A deposit counts towards the fees, and what is above
   * them goes back: who wants to keep it of guests who do not come sets a fee as high.
   */
  depositPerGuest: priceSchema,
  depositFromPartySize: Type.Integer({ minimum: 1, maximum: PARTY_SIZE_MAX }),
  lateCancelFeePerGuest: priceSchema,
  noShowFeePerGuest: priceSchema,
  /** BCP 47; none stands for those of the location. */
  languages: Type.Array(Type.String({ pattern: '^[a-z]{2}(?:-[A-Z]{2})?$' }), { maxItems: 12 }),
} as const;

export const calendarSettings = Type.Object(SETTINGS_FIELDS, { additionalProperties: false });
export type CalendarSettings = Static<typeof calendarSettings>;

/** Of a location that said nothing yet: it can be booked as soon as it has tables. */
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

const MINUTE_MS = 60_000;

/** How long a party of this size has its table, and the table is kept from others. */
export function durationMsOf(settings: CalendarSettings, partySize: number) {
  const { durations, bufferMinutes } = settings;
  const fitting = durations.find(({ partySizeTo }) => partySize <= partySizeTo) ?? durations.at(-1);
  const stay = (fitting?.minutes ?? 0) * MINUTE_MS;
  return { stay, taken: stay + bufferMinutes * MINUTE_MS };
}
