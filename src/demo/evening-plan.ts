/**
 * What guests do at the demo while the server runs: a day's evening, five minutes long, over and over. Pure: whatever
 * happens follows from the number of its slot, so a restart knows what was under way and gives the same commands again,
 * which changes nothing.
 *
 *   party         every 90 s: seated, ordered, bumped, served, second course, bill, paid, cleared
 *   counter sale  every 45 s: placed and paid at once
 *   booking       every 30 min: made for the next 36 hours; one in four cancelled, the others seated and gone
 *   quiz visit    every 15 min: a guest answers the quiz and leaves an address
 */
import { addDays, businessDayOf } from '../core/calendar.ts';
import { demoRandom, type DemoRandom } from './demo-random.ts';
import { orderFor } from './evening-orders.ts';
import { visitSteps } from './evening-visits.ts';
import {
  CLOSED_WEEKDAY,
  DEMO_CUT_OFF,
  DEMO_LOCATION,
  DEMO_ZONE,
  demoMoment,
  weekdayOf,
  type EveningStep,
} from './demo-steps.ts';
import { DEMO_GUESTS } from './guests.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What one slot brings. */
export interface EveningPlan {
  readonly id: string;
  /** In the order of their moments; at least one. The first creates the stream by which the plan is known to have begun. */
  readonly steps: readonly EveningStep[];
  /** Dropped as soon as somebody else did something to the stream of its next step. */
  readonly yields?: true;
}

export interface EveningAct {
  readonly everyMs: number;
  /** From the begin of a slot to the last step of its plan. */
  readonly lastsMs: number;
  readonly plan: (slot: number) => EveningPlan | null;
}

/** Not those at which the demo's own open orders are. */
export const EVENING_TABLES = [
  't1',
  't4',
  't7',
  't9',
  'b1',
  't11',
  't2',
  't12',
  'b3',
  't5',
] as const;
/** Everything of the evening has an id that begins with it. */
export const EVENING = 'evening';
export const PARTY_MS = 5 * MINUTE;
const PARTY_EVERY_MS = 90 * SECOND;
const SALE_EVERY_MS = 45 * SECOND;
const BOOKING_EVERY_MS = 30 * MINUTE;
const VISIT_EVERY_MS = 15 * MINUTE;
const BOOKED_AHEAD_MS = 36 * HOUR;
const CANCELLED_PERCENT = 25;
const GUEST_KNOWN_PERCENT = 60;
/** The first of the guests are members of the club: their payments earn points. */
const MEMBERS = 120;

export const ACTS: readonly EveningAct[] = [
  { everyMs: PARTY_EVERY_MS, lastsMs: PARTY_MS, plan: partyPlan },
  { everyMs: SALE_EVERY_MS, lastsMs: 2 * MINUTE, plan: salePlan },
  { everyMs: BOOKING_EVERY_MS, lastsMs: BOOKED_AHEAD_MS + 2 * HOUR, plan: bookingPlan },
  { everyMs: VISIT_EVERY_MS, lastsMs: 2 * MINUTE, plan: visitPlan },
];

/** The order of a party; when it is over, null for an id of anything else. */
export function partyEndMs(orderId: string): number | null {
  const [, slot] = /^evening-party-(\d{1,12})$/.exec(orderId) ?? [];
  return slot === undefined ? null : Number(slot) * PARTY_EVERY_MS + PARTY_MS;
}

export function partyTable(orderId: string): string {
  const slot = Number(/\d+$/.exec(orderId)?.[0] ?? 0);
  return EVENING_TABLES[slot % EVENING_TABLES.length] ?? EVENING_TABLES[0];
}

/** Seconds from the begin of a party; the second course is held until it is fired. */
const SERVICE: readonly (readonly [seconds: number, command: string, input: object])[] = [
  [45, 'BumpLines', { stationId: 'bar' }],
  [60, 'ServeLines', { stationId: 'bar' }],
  [80, 'BumpLines', { stationId: 'kitchen' }],
  [95, 'ServeLines', { course: 1 }],
  [105, 'FireLines', { course: 2 }],
  [180, 'BumpLines', { stationId: 'kitchen' }],
  [195, 'ServeLines', {}],
  [235, 'AskBill', {}],
];

function partyPlan(slot: number): EveningPlan {
  const random = demoRandom(slot * 11 + 1);
  const beginsMs = slot * PARTY_EVERY_MS + random.below(15) * SECOND;
  const id = `${EVENING}-party-${slot}`;
  const tableId = partyTable(id);
  const guests = 2 + random.below(3);
  const customerId = random.chance(GUEST_KNOWN_PERCENT) ? memberOf(random) : undefined;
  const say = (seconds: number, state: string, more: object = {}): EveningStep => ({
    ...tableStep(tableId, state, more),
    once: `${id}-${state}`,
    atMs: beginsMs + seconds * SECOND,
  });
  const order = (seconds: number, command: string, input: object): EveningStep => ({
    category: 'orders',
    command,
    id,
    input,
    once: `${id}-${seconds}`,
    atMs: beginsMs + seconds * SECOND,
  });
  const kind = random.one(['card', 'card', 'card', 'cash']);
  const lines = orderFor({ guests, courses: true }, random);
  const placed = {
    locationId: DEMO_LOCATION,
    channel: 'eat-in',
    tableId,
    guests,
    lines,
    ...(customerId === undefined ? {} : { customerId }),
  };
  return {
    id,
    steps: [
      { ...say(0, 'seated', { partySize: guests }), needed: true },
      { ...withoutOnce(order(15, 'PlaceOrder', placed)), needed: true },
      ...SERVICE.map(([seconds, command, input]) => order(seconds, command, input)),
      { ...order(255, 'PayOrder', { id: `${id}-pay`, kind }), paysDue: true },
      say(265, 'dirty'),
      say(280, 'free'),
    ],
  };
}

/** It is known by its stream; under an id of its own a refusal would be remembered, such as that of an old price. */
function withoutOnce({ once: _once, ...step }: EveningStep): EveningStep {
  return step;
}

/** What somebody says of a table. */
export function tableStep(tableId: string, state: string, more: object = {}) {
  return {
    category: 'orders.tables',
    command: 'SetTableState',
    id: `${DEMO_LOCATION}~${tableId}`,
    input: { locationId: DEMO_LOCATION, tableId, state, ...more },
  };
}

function salePlan(slot: number): EveningPlan {
  const random = demoRandom(slot * 13 + 2);
  const atMs = slot * SALE_EVERY_MS + random.below(10) * SECOND;
  const id = `${EVENING}-sale-${slot}`;
  const lines = orderFor({ guests: 1 + random.below(2), courses: false }, random);
  const amount = lines.reduce(
    (sum, { expectedPrice, quantity }) => sum + expectedPrice * quantity,
    0,
  );
  const kind = random.one(['card', 'card', 'cash']);
  const input = {
    locationId: DEMO_LOCATION,
    channel: 'take-away',
    lines,
    payments: [{ id, kind, amount }],
  };
  const order = (command: string, seconds: number, of: object): EveningStep => ({
    category: 'orders',
    command,
    id,
    input: of,
    atMs: atMs + seconds * SECOND,
    ...(command === 'PlaceOrder' ? { needed: true } : { once: `${id}-${command}` }),
  });
  const steps = [
    order('PlaceOrder', 0, input),
    order('BumpLines', 25, {}),
    order('ServeLines', 35, {}),
  ];
  return { id, steps };
}

/** Minutes since midnight at which a party may come, at lunch and in the evening. */
const STARTS = [12 * 60, 12 * 60 + 30, 13 * 60, 19 * 60, 19 * 60 + 30, 20 * 60, 20 * 60 + 30];

function bookingPlan(slot: number): EveningPlan | null {
  const random = demoRandom(slot * 17 + 3);
  const madeMs = slot * BOOKING_EVERY_MS + random.below(20) * MINUTE;
  const startMs = startOf(madeMs, random);
  if (startMs === null) return null;
  const { id: customerId, name, phone, language } = random.one(DEMO_GUESTS);
  const id = `${EVENING}-booking-${slot}`;
  const step = (atMs: number, command: string, input: object): EveningStep => ({
    category: 'reservations',
    command,
    id,
    input,
    atMs,
    ...(command === 'MakeReservation' ? { needed: true } : { once: `${id}-${command}` }),
  });
  const made = step(madeMs, 'MakeReservation', {
    locationId: DEMO_LOCATION,
    startsAt: new Date(startMs).toISOString(),
    partySize: random.one([2, 2, 2, 3, 4, 4]),
    contact: { name, phone },
    customerId,
    language,
  });
  const rest = random.chance(CANCELLED_PERCENT)
    ? [step(madeMs + 20 * MINUTE, 'CancelReservation', { reason: 'changement de programme' })]
    : [
        step(startMs + 3 * MINUTE, 'SeatReservation', {}),
        step(startMs + 70 * MINUTE, 'CompleteReservation', {}),
      ];
  return { id, steps: [made, ...rest] };
}

/** An hour to a day and a half ahead; null where the house is closed then. */
function startOf(madeMs: number, random: DemoRandom): number | null {
  const today = businessDayOf(new Date(madeMs).toISOString(), DEMO_ZONE, DEMO_CUT_OFF);
  const starts = [today, addDays(today, 1)]
    .filter((day) => weekdayOf(day) !== CLOSED_WEEKDAY)
    .flatMap((day) =>
      STARTS.filter((at) => weekdayOf(day) !== 7 || at < 15 * 60).map((at) => demoMoment(day, at)),
    )
    .filter((startMs) => startMs > madeMs + HOUR && startMs < madeMs + BOOKED_AHEAD_MS);
  return starts.length === 0 ? null : random.one(starts);
}

function visitPlan(slot: number): EveningPlan {
  const random = demoRandom(slot * 19 + 4);
  const beginsMs = slot * VISIT_EVERY_MS + random.below(60) * SECOND;
  return {
    id: `${EVENING}-visit-${slot}`,
    steps: visitSteps({ id: `${EVENING}-visit-${slot}`, beginsMs }, random),
  };
}

function memberOf(random: DemoRandom): string {
  return DEMO_GUESTS[random.below(MEMBERS)]?.id ?? 'guest-001';
}
