/**
 * What the demo sold on the days before it was made: orders of the past, imported as they would be from an older till. A
 * bistro's week (closed on Mondays, full on Fridays and Saturdays) and its day (coffee, lunch, drinks, dinner). Pure.
 */
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
import { HISTORY_DAYS } from './history-days.ts';
import { orderLines } from './history-lines.ts';

const SEED = 3;
/** Orders of an ordinary day by weekday, Monday first. */
const ORDERS_BY_WEEKDAY = [0, 24, 27, 32, 50, 58, 30];
/** How much a day differs from the ordinary one, up and down. */
const SPREAD_PERCENT = 20;
/** So many minutes before midnight begin, or are closed again. */
const SUNDAY_CLOSES = 17 * 60;
const GUEST_KNOWN_PERCENT = 35;
/** Numbers of orders that the tills of the demo take themselves come before. */
const FIRST_NUMBER = 101;
/** Orders that begin in the same quarter of an hour are imported together. */
const SLOT_MINUTES = 15;
/** As many as one command takes. */
const ORDERS_PER_STEP_MAX = 7;

/** When orders begin: minutes since midnight, and how often. */
const HOURS = [
  { from: 8 * 60 + 30, to: 11 * 60, weight: 12 },
  { from: 12 * 60, to: 14 * 60, weight: 34 },
  { from: 15 * 60, to: 18 * 60, weight: 14 },
  { from: 18 * 60 + 30, to: 21 * 60 + 45, weight: 32 },
  { from: 22 * 60, to: 25 * 60, weight: 8 },
] as const;
const HOURS_WEIGHT = HOURS.reduce((sum, { weight }) => sum + weight, 0);

/** The days before `today` (business day, not included), each with its steps in the order of their moments. */
export function historyDays(
  today: string,
  days: number = HISTORY_DAYS,
): readonly (readonly DatedStep[])[] {
  return historyLanes(today, days).map((stepsOfDay) => stepsOfDay());
}

/** The same, each day made when it is asked for: all of them at once would keep the server from answering. */
export function historyLanes(
  today: string,
  days: number = HISTORY_DAYS,
): readonly (() => readonly DatedStep[])[] {
  return Array.from({ length: days }, (_, index) => {
    const daysAgo = days - index;
    return () => stepsOf(addDays(today, -daysAgo), daysAgo);
  });
}

function stepsOf(day: string, daysAgo: number): readonly DatedStep[] {
  // Of the day's own seed, so that a day is the same however many are made.
  const random = demoRandom(SEED * 1000 + daysAgo);
  const minutes = openingMinutes(day, random);
  const bySlot = Map.groupBy(minutes, (minute) => Math.floor(minute / SLOT_MINUTES));
  let number = FIRST_NUMBER;
  return [...bySlot].map(([slot, begun]): DatedStep => {
    const held = begun.slice(0, ORDERS_PER_STEP_MAX);
    const orders = held.map((minute) =>
      orderOf({ day, daysAgo, minute, number: number++ }, random),
    );
    return {
      category: 'orders.import-batches',
      command: 'ImportOrders',
      id: `demo-${daysAgo}-${slot}`,
      input: { locationId: DEMO_LOCATION, currency: 'EUR', orders },
      atMs: demoMoment(day, held[0] ?? slot * SLOT_MINUTES),
    };
  });
}

/** When the orders of a day begin, ascending. */
function openingMinutes(day: string, random: DemoRandom): readonly number[] {
  const weekday = weekdayOf(day);
  if (weekday === CLOSED_WEEKDAY) return [];
  const usual = ORDERS_BY_WEEKDAY[weekday - 1] ?? 0;
  const count = Math.round(
    (usual * (100 - SPREAD_PERCENT + random.below(2 * SPREAD_PERCENT))) / 100,
  );
  return Array.from({ length: count }, () => minuteOf(random))
    .filter((minute) => weekday !== 7 || minute < SUNDAY_CLOSES)
    .sort((a, b) => a - b);
}

function minuteOf(random: DemoRandom): number {
  let place = random.below(HOURS_WEIGHT);
  for (const { from, to, weight } of HOURS) {
    if (place < weight) return from + random.below(to - from);
    place -= weight;
  }
  return HOURS[0].from;
}

interface Begun {
  readonly day: string;
  readonly daysAgo: number;
  readonly minute: number;
  readonly number: number;
}

function orderOf({ day, daysAgo, minute, number }: Begun, random: DemoRandom) {
  const weekday = weekdayOf(day);
  const channel = random.one([
    'eat-in',
    'eat-in',
    'eat-in',
    'eat-in',
    'eat-in',
    'take-away',
    'delivery',
  ]);
  const guest = random.chance(GUEST_KNOWN_PERCENT) ? random.one(DEMO_GUESTS).id : undefined;
  return {
    id: `demo-${daysAgo}-${number}`,
    number,
    businessDay: day,
    channel,
    ...(guest === undefined ? {} : { customerId: guest }),
    paidBy: random.one(['card', 'card', 'card', 'card', 'card', 'cash', 'cash', 'other']),
    lines: orderLines({ minute, weekday, channel }, random),
  };
}
