/** Opening hours as a week of days, as they are typed and drawn. Pure. */
import type { Exception, Span, WeeklySpan } from './calendar-types.ts';

/** Spans of Monday to Sunday. */
export type Week = readonly (readonly Span[])[];

const DAYS_OF_WEEK = 7;
/** As the server takes them. */
export const SPANS_MAX = 4;

export function weekOf(weekly: readonly WeeklySpan[]): Week {
  return Array.from({ length: DAYS_OF_WEEK }, (_, at) =>
    inOrder(
      weekly
        .filter(({ weekday }) => weekday === at + 1)
        .map(({ opens, closes }) => ({ opens, closes })),
    ),
  );
}

export function weeklyOf(week: Week): readonly WeeklySpan[] {
  return week.flatMap((spans, at) =>
    inOrder(spans).map(({ opens, closes }) => ({ weekday: at + 1, opens, closes })),
  );
}

function inOrder(spans: readonly Span[]): readonly Span[] {
  return spans.toSorted((a, b) => a.opens.localeCompare(b.opens));
}

export type SpanFault = 'time' | 'overlap';

/** What is wrong with the hours of one day; null for nothing. */
export function spansFault(spans: readonly Span[]): SpanFault | null {
  if (spans.some(({ opens, closes }) => opens === '' || closes === '')) return 'time';
  const drawn = spans.map(reachOf).toSorted((a, b) => a.from - b.from);
  const overlaps = drawn.some(({ from }, at) => at > 0 && from < (drawn[at - 1]?.to ?? 0));
  return overlaps ? 'overlap' : null;
}

/**
 * Whether the hours of a day that end after midnight run into those of the day after: a booking then would belong to both.
 * The week is a ring, Sunday's night runs into Monday.
 */
export function runsIntoNext(spans: readonly Span[], next: readonly Span[]): boolean {
  const whole = (each: Span): boolean => each.opens !== '' && each.closes !== '';
  const end = Math.max(0, ...spans.filter(whole).map((span) => reachOf(span).to - DAY_MINUTES));
  return next.filter(whole).some((span) => reachOf(span).from < end);
}

/** By the day's place in the week. */
export function runsOver(week: Week): readonly boolean[] {
  return week.map((spans, at) => runsIntoNext(spans, week[(at + 1) % week.length] ?? []));
}

/** The same of a day that is other than the week, against the days before and after it as they will be. */
export function exceptionRunsOver(
  { date, hours }: Exception,
  of: { readonly week: Week; readonly exceptions: readonly Exception[] },
): boolean {
  if (date === '') return false;
  const [before, after] = [hoursOn(shifted(date, -1), of), hoursOn(shifted(date, 1), of)];
  return runsIntoNext(before, hours) || runsIntoNext(hours, after);
}

function hoursOn(
  date: string,
  of: { readonly week: Week; readonly exceptions: readonly Exception[] },
): readonly Span[] {
  const other = of.exceptions.find((each) => each.date === date);
  // Days count from Monday, the calendar from Sunday.
  const weekday = (new Date(`${date}T12:00:00Z`).getUTCDay() + DAYS_OF_WEEK - 1) % DAYS_OF_WEEK;
  return other?.hours ?? of.week[weekday] ?? [];
}

function shifted(date: string, days: number): string {
  const noon = new Date(`${date}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() + days);
  return Number.isNaN(noon.getTime()) ? date : noon.toISOString().slice(0, 10);
}

export function exceptionsFault(
  exceptions: readonly Exception[],
): SpanFault | 'date' | 'twice' | null {
  const dates = exceptions.map(({ date }) => date);
  if (dates.includes('')) return 'date';
  if (new Set(dates).size < dates.length) return 'twice';
  return exceptions.map(({ hours }) => spansFault(hours)).find((each) => each !== null) ?? null;
}

const DAY_MINUTES = 24 * 60;

/** Minutes since midnight; the end of a span over midnight lies beyond the day. */
export function reachOf({ opens, closes }: Span): { readonly from: number; readonly to: number } {
  const [from, to] = [minutesOf(opens), minutesOf(closes)];
  return { from, to: to <= from ? to + DAY_MINUTES : to };
}

/** Days are drawn from five in the morning to the next one: nights belong to the evening before. */
const DRAWN_FROM = 5 * 60;

/** Where a span is drawn, in per cent of the day; what reaches beyond is cut. */
export function drawnOf(span: Span): { readonly left: number; readonly width: number } {
  const { from, to } = reachOf(span);
  const shift = from < DRAWN_FROM ? DAY_MINUTES : 0;
  const start = from + shift - DRAWN_FROM;
  const end = Math.min(DAY_MINUTES, to + shift - DRAWN_FROM);
  const percent = (minutes: number): number => (minutes / DAY_MINUTES) * 100;
  return { left: percent(start), width: Math.max(0, percent(end - start)) };
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

/** "12:00–15:00, 18:00–23:00"; empty for a day that is closed. */
export function spansLine(spans: readonly Span[]): string {
  return inOrder(spans)
    .map(({ opens, closes }) => `${opens}–${closes}`)
    .join(', ');
}

/** Exceptions of the past, which no longer matter, and those from `today` on in their order. */
export function partedExceptions(
  exceptions: readonly Exception[],
  today: string,
): { readonly past: readonly Exception[]; readonly coming: readonly Exception[] } {
  const sorted = exceptions.toSorted((a, b) => a.date.localeCompare(b.date));
  return {
    past: sorted.filter(({ date }) => date !== '' && date < today),
    coming: sorted.filter(({ date }) => date === '' || date >= today),
  };
}
