/**
 * Local time of a place: business days with a cut-off, wall-clock times that may not exist or exist twice (daylight
 * saving), and months that are shorter than others. Pure; the rules of time zones come with the runtime.
 */

/** `YYYY-MM-DD`. */
export type LocalDate = string;

/** A day that exists, written `YYYY-MM-DD`: not 30 February. */
export function isLocalDate(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

/** IANA time zone that the runtime knows. */
export function isTimeZone(zone: string): boolean {
  try {
    new Temporal.ZonedDateTime(0n, zone);
    return zone.length <= 64;
  } catch {
    return false;
  }
}

/**
 * The business day that a moment (RFC 3339) belongs to: the local date, or the day before when it is not yet the cut-off
 * (`HH:MM`) of that date. So a sale at 02:00 belongs to the evening before.
 */
export function businessDayOf(at: string, zone: string, cutOff: string): LocalDate {
  const atMs = msOf(at);
  const rule = `${zone} ${cutOff}`;
  const last = lastDays.get(rule);
  if (last !== undefined && atMs >= last.fromMs && atMs < last.toMs) return last.day;
  const day = dayOf(at, zone, cutOff);
  const { from, to } = businessDayBounds(day, zone, cutOff);
  if (lastDays.size >= LAST_DAYS_MAX) lastDays.clear();
  lastDays.set(rule, { day, fromMs: Date.parse(from), toMs: Date.parse(to) });
  return day;
}

/** Rules of which the day asked for last is remembered: nearly every sale asks for today, and finding out takes 20 us. */
const LAST_DAYS_MAX = 1_000;
const lastDays = new Map<
  string,
  { readonly day: LocalDate; readonly fromMs: number; readonly toMs: number }
>();

function dayOf(at: string, zone: string, cutOff: string): LocalDate {
  const moment = Temporal.Instant.from(at);
  const date = moment.toZonedDateTimeISO(zone).toPlainDate();
  const isBefore = Temporal.Instant.compare(moment, beginOf(date, { zone, cutOff })) < 0;
  return (isBefore ? date.subtract({ days: 1 }) : date).toString();
}

/** The moments at which a business day begins and ends (exclusive), RFC 3339 in UTC. */
export function businessDayBounds(
  day: LocalDate,
  zone: string,
  cutOff: string,
): { readonly from: string; readonly to: string } {
  const date = Temporal.PlainDate.from(day);
  const rule = { zone, cutOff };
  return {
    from: beginOf(date, rule).toString(),
    to: beginOf(date.add({ days: 1 }), rule).toString(),
  };
}

/**
 * When clocks first show the cut-off or more on that date. Comparing wall-clock times instead would, with a cut-off of
 * 02:30 in the night when clocks are set back, return to the day before for half an hour.
 */
function beginOf(
  date: Temporal.PlainDate,
  { zone, cutOff }: { readonly zone: string; readonly cutOff: string },
): Temporal.Instant {
  const wanted = date.toPlainDateTime(cutOff);
  const found = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (found.toPlainDateTime().equals(wanted)) return found.toInstant();
  // The cut-off was skipped: the day begins when clocks were set forward over it.
  return (found.getTimeZoneTransition('next') ?? found).toInstant();
}

export type LocalMoment =
  | { readonly kind: 'once'; readonly at: string }
  /** Clocks were set forward over it. */
  | { readonly kind: 'skipped' }
  /** Clocks were set back over it: the earlier and the later one. */
  | { readonly kind: 'twice'; readonly earlier: string; readonly later: string };

/** The moment of a wall-clock time, `YYYY-MM-DDTHH:MM[:SS]` without zone. */
export function momentOfLocal(local: string, zone: string): LocalMoment {
  const plain = Temporal.PlainDateTime.from(local);
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  const instant = (zoned: Temporal.ZonedDateTime): string => zoned.toInstant().toString();
  if (earlier.epochNanoseconds === later.epochNanoseconds)
    return { kind: 'once', at: instant(earlier) };
  if (!earlier.toPlainDateTime().equals(plain)) return { kind: 'skipped' };
  return { kind: 'twice', earlier: instant(earlier), later: instant(later) };
}

/** A moment as wall-clock time of a place, `YYYY-MM-DDTHH:MM:SS`. */
export function localOf(at: string, zone: string): string {
  const atMs = msOf(at);
  const last = lastOffsets.get(zone);
  if (last !== undefined && atMs >= last.fromMs && atMs < last.toMs)
    return new Date(atMs + last.offsetMs).toISOString().slice(0, LOCAL_LENGTH);
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  if (lastOffsets.size >= LAST_ZONES_MAX) lastOffsets.clear();
  if (!Number.isNaN(atMs)) lastOffsets.set(zone, offsetFrom(local));
  return local.toPlainDateTime().toString({ smallestUnit: 'second' });
}

/** NaN for what is not written as the clock writes it: `Date` takes 30 February. */
function msOf(at: string): number {
  const ms = Date.parse(at);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === at ? ms : Number.NaN;
}

const LOCAL_LENGTH = '2026-11-21T09:30:00'.length;
const NANOSECONDS_PER_MS = 1_000_000;
/** Zones of which the offset asked for last is remembered until clocks change: every sale asks, and finding out takes 15 us. */
const LAST_ZONES_MAX = 1_000;
interface Offset {
  readonly fromMs: number;
  readonly toMs: number;
  readonly offsetMs: number;
}
const lastOffsets = new Map<string, Offset>();

/** How far clocks of the zone are from UTC, from that moment until they change. */
function offsetFrom(local: Temporal.ZonedDateTime): Offset {
  return {
    fromMs: local.epochMilliseconds,
    toMs: local.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity,
    offsetMs: local.offsetNanoseconds / NANOSECONDS_PER_MS,
  };
}

/** Months later, the last day of the month where the day does not exist: 31 January + 1 is 28 or 29 February. */
export function addMonths(day: LocalDate, months: number): LocalDate {
  return remembered(`${day} ${months} months`, () =>
    Temporal.PlainDate.from(day).add({ months }, { overflow: 'constrain' }),
  );
}

export function addDays(day: LocalDate, days: number): LocalDate {
  return remembered(`${day} ${days} days`, () => Temporal.PlainDate.from(day).add({ days }));
}

/** Sums remembered: sales of a day ask for the same few, and making one takes 5 us. */
const LAST_SUMS_MAX = 1_000;
const lastSums = new Map<string, LocalDate>();

function remembered(asked: string, sum: () => Temporal.PlainDate): LocalDate {
  const known = lastSums.get(asked);
  if (known !== undefined) return known;
  const made = sum().toString();
  if (lastSums.size >= LAST_SUMS_MAX) lastSums.clear();
  lastSums.set(asked, made);
  return made;
}
