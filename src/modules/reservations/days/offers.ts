/**
 * What is free is offered to those who wait, first come first: the first ones who fit get an offer, which takes the
 * tables until it lapses, and wait no more. Whoever does not fit keeps waiting, and keeps the place in the line.
 */
import { stateIfListed, type StreamReference, type Surroundings } from '../../../core/aggregate.ts';
import { addDays, type LocalDate } from '../../../core/calendar.ts';
import { accepted, rejected, type Decision, type EventsElsewhere } from '../../../core/decision.ts';
import { onDates, taking } from '../bookings/day-changes.ts';
import { durationMsOf } from '../calendars/settings.ts';
import {
  dayStream,
  floorOf,
  houseFrom,
  takenOn,
  timingOf,
  WAITLIST,
  type House,
} from '../floor.ts';
import { isoOf } from '../times.ts';
import type { WaitlistEvent } from '../waitlist/events.ts';
import type { OfferFreedTables } from './commands.ts';
import type { DayEvent } from './events.ts';
import { openSlots, takenAt } from './occupancy.ts';
import type { DayState, Taken, Waiter } from './state.ts';

/** Each is a stream of the unit; whoever comes after them is looked at when the next thing frees. */
export const OFFERS_PER_COMMAND_MAX = 3;
const MINUTE_MS = 60_000;

export interface DayPlace {
  readonly locationId: string;
  readonly date: LocalDate;
}

interface Looking {
  readonly place: DayPlace;
  /** The day as it was when the streams were listed. */
  readonly seen: DayState;
  /** Of the command. */
  readonly at: string;
}

/** A party that starts on a business day has left by the end of the second date after it. */
function datesFrom(date: LocalDate): readonly LocalDate[] {
  return [date, addDays(date, 1), addDays(date, 2)];
}

export function offerStreams(asked: Looking, consulted: Surroundings): readonly StreamReference[] {
  const { place, seen, at } = asked;
  const house = houseFrom(consulted, place.locationId);
  if (house === null) return [];
  const dates = datesFrom(place.date).map((date) => dayStream(place.locationId, date));
  const likely = likelyOnes(house, { place, seen, at });
  return [...dates, ...likely.map(({ waiterId }) => ({ category: WAITLIST, id: waiterId }))];
}

/**
 * Who would fit by the day's own stream as it was seen, at a start that still lies ahead: so that it tells in the decision
 * whose streams were listed. Which holds have run out counts in the decision.
 */
function likelyOnes(house: House, { place, seen, at }: Looking): readonly Waiter[] {
  const { date } = place;
  const taken = takenAt([seen], '');
  const notBeforeMs = soonest(house, at);
  return seen.waiting
    .filter((waiter) => seatWaiter({ house, date, taken, notBeforeMs }, waiter) !== null)
    .slice(0, OFFERS_PER_COMMAND_MAX);
}

/** The first moment at which a party may start that is told of it now. */
function soonest({ settings }: House, at: string): number {
  return Date.parse(at) + settings.leadMinutes * MINUTE_MS;
}

interface Round {
  readonly house: House;
  readonly date: LocalDate;
  readonly taken: readonly Taken[];
  readonly notBeforeMs: number;
}

function seatWaiter({ house, date, taken, notBeforeMs }: Round, waiter: Waiter) {
  const { partySize, from, to } = waiter;
  const wish = { partySize, areaId: null, wholeArea: false, tableIds: null };
  const asked = { wish, notBeforeMs: Math.max(notBeforeMs, Date.parse(from)) };
  const slots = openSlots(floorOf(house, taken), date, asked);
  return slots.find(({ startMs }) => startMs <= Date.parse(to)) ?? null;
}

export function decideOffers(
  place: DayPlace,
  asked: {
    readonly command: OfferFreedTables;
    readonly around: Surroundings;
    /** The day as it was when the streams were listed. */
    readonly seen: DayState;
  },
): Decision<DayEvent> {
  const { locationId, date } = place;
  const { command, around, seen } = asked;
  const { at } = command;
  const house = houseFrom(around, locationId);
  if (house === null) return rejected('LOCATION_UNKNOWN');
  const dates = datesFrom(date);
  let taken = takenOn(around, { locationId, dates }, { at });
  const notBeforeMs = soonest(house, at);
  const offered: EventsElsewhere[] = [];
  const own = around.stateOf(dayStream(locationId, date));
  // safe because the stream is one of the category
  const stillWaiting = new Set((own as DayState).waiting.map(({ waiterId }) => waiterId));
  for (const waiter of likelyOnes(house, { place, seen, at })) {
    if (!stillWaiting.has(waiter.waiterId) || !isListed(around, waiter)) continue;
    const slot = seatWaiter({ house, date, taken, notBeforeMs }, waiter);
    if (slot === null) continue;
    const made = offerOf(house, { waiter, ...slot, at });
    taken = [...taken, made.taken];
    offered.push(...made.events);
  }
  if (offered.length > 0) return onDates(command.id, offered);
  // A refusal, and not nothing: it is decided again beside the newest states before it is believed.
  return stillWaiting.size > 0 ? rejected('NOTHING_TO_OFFER') : accepted<DayEvent>([]);
}

/** What is decided a moment later than it was looked at may find somebody in reach who was not then. */
function isListed(around: Surroundings, { waiterId }: Waiter): boolean {
  return stateIfListed(around, { category: WAITLIST, id: waiterId }) !== undefined;
}

function offerOf(
  house: House,
  slot: {
    readonly waiter: Waiter;
    readonly startMs: number;
    readonly tableIds: readonly string[];
    readonly at: string;
  },
) {
  const { locationId, settings } = house;
  const { waiter, startMs, tableIds, at } = slot;
  const { waiterId, partySize } = waiter;
  const until = isoOf(Date.parse(at) + settings.offerMinutes * MINUTE_MS);
  const timing = timingOf(house, startMs, partySize);
  const held = { key: waiterId, kind: 'offer' as const, tableIds, partySize, heldUntil: until };
  const offer: WaitlistEvent = {
    type: 'WaitlistOffered',
    data: {
      waiterId,
      locationId,
      ...timing,
      dates: [...timing.dates],
      tableIds: [...tableIds],
      until,
    },
  };
  const left: DayEvent = {
    type: 'DayWaiterLeft',
    data: { locationId, date: timing.day, waiterId },
  };
  const { startsAt: from, day } = timing;
  const to = isoOf(startMs + durationMsOf(settings, partySize).taken);
  return {
    taken: { ...held, from, to, day, reason: null } satisfies Taken,
    events: [
      ...taking({ ...held, ...timing, locationId }),
      { ...dayStream(locationId, day), events: [left] },
      { category: WAITLIST, id: waiterId, events: [offer] },
    ],
  };
}
