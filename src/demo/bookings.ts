/** The demo's reservations around the day it was made: those of last week were seated or missed, others are to come. */
import { addDays } from '../core/calendar.ts';
import { demoRandom, type DemoRandom } from './demo-random.ts';
import {
  CLOSED_WEEKDAY,
  DEMO_LOCATION,
  demoMoment,
  weekdayOf,
  type DatedStep,
} from './demo-steps.ts';
import { DEMO_GUESTS } from './guests.ts';

const DAYS_BEFORE = 7;
const DAYS_AFTER = 14;
const SEED = 4;
const PER_DAY = 5;
const BOOKED_AHEAD_DAYS = 3;
const NO_SHOW_PERCENT = 10;
const CANCELLED_PERCENT = 10;
const HOUR_MS = 3_600_000;
const STAY_MS = 1.5 * HOUR_MS;
/** Minutes since midnight. */
const LUNCH_STARTS = [12 * 60, 12 * 60 + 30, 13 * 60];
const DINNER_STARTS = [19 * 60, 19 * 60 + 30, 20 * 60, 20 * 60 + 30, 21 * 60];
const PARTY_SIZES = [2, 2, 2, 3, 4, 4, 5, 6];
const NOTES = ['près de la fenêtre', 'chaise bébé', 'anniversaire', 'sans gluten'];
const NOTE_PERCENT = 30;

/** In the order of their moments; what is to come was booked at `nowMs`. */
export function bookingSteps(today: string, nowMs: number): readonly DatedStep[] {
  const steps: DatedStep[] = [];
  for (let offset = -DAYS_BEFORE; offset <= DAYS_AFTER; offset += 1) {
    const day = addDays(today, offset);
    if (weekdayOf(day) === CLOSED_WEEKDAY) continue;
    const random = demoRandom(SEED * 1000 + offset);
    for (let index = 0; index < PER_DAY; index += 1)
      steps.push(...bookingOf({ day, offset, index, nowMs }, random));
  }
  return steps.toSorted((a, b) => a.atMs - b.atMs);
}

interface Wanted {
  readonly day: string;
  readonly offset: number;
  readonly index: number;
  readonly nowMs: number;
}

function bookingOf(
  { day, offset, index, nowMs }: Wanted,
  random: DemoRandom,
): readonly DatedStep[] {
  const starts = weekdayOf(day) === 7 ? LUNCH_STARTS : [...LUNCH_STARTS, ...DINNER_STARTS];
  const startMs = demoMoment(day, random.one(starts));
  const { id: customerId, name, phone, language } = random.one(DEMO_GUESTS);
  const partySize = random.one(PARTY_SIZES);
  const isNoted = random.chance(NOTE_PERCENT);
  const note = random.one(NOTES);
  const end = random.share() * 100;
  // Nobody would end the stay of who sits there when the demo is made.
  if (startMs <= nowMs && nowMs < startMs + STAY_MS) return [];
  const bookedMs = Math.min(nowMs, demoMoment(addDays(day, -BOOKED_AHEAD_DAYS), 15 * 60 + index));
  const id = `demo-${offset < 0 ? 'past' : 'next'}-${Math.abs(offset)}-${index}`;
  const step = (atMs: number, command: string, input: object): DatedStep => ({
    category: 'reservations',
    command,
    id,
    input,
    atMs,
    ...(command === 'MakeReservation' ? {} : { once: `demo-${command}` }),
  });
  const made = step(bookedMs, 'MakeReservation', {
    locationId: DEMO_LOCATION,
    startsAt: new Date(startMs).toISOString(),
    partySize,
    contact: { name, phone },
    customerId,
    language,
    ...(isNoted ? { note } : {}),
  });
  if (end < CANCELLED_PERCENT)
    return [
      made,
      step(bookedMs + HOUR_MS, 'CancelReservation', { reason: 'changement de programme' }),
    ].filter(({ atMs }) => atMs <= nowMs);
  if (startMs > nowMs) return [made];
  if (end < CANCELLED_PERCENT + NO_SHOW_PERCENT)
    return [made, step(startMs + HOUR_MS / 2, 'MarkReservationNoShow', {})];
  return [
    made,
    step(startMs + 5 * 60_000, 'SeatReservation', {}),
    step(startMs + STAY_MS, 'CompleteReservation', {}),
  ];
}
