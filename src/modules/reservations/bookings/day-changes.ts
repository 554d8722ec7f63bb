/** What a reservation does to the streams of its dates and of its holder, in the unit of its own events. Pure. */
import { accepted, type Accepted, type EventsElsewhere } from '../../../core/decision.ts';
import type { DayEvent } from '../days/events.ts';
import { DAYS, dayStream, HOLDERS, type Timing } from '../floor.ts';
import type { HolderEvent } from '../holders/holder.ts';

export interface Held extends Timing {
  readonly key: string;
  readonly kind: 'reservation' | 'offer';
  readonly locationId: string;
  readonly tableIds: readonly string[];
  readonly partySize: number;
  readonly heldUntil: string | null;
}

/** Takes the tables on every date that it touches. */
export function taking(held: Held): readonly EventsElsewhere[] {
  const { key, kind, locationId, tableIds, partySize, heldUntil } = held;
  const { startsAt: from, takenUntil: to, day } = held;
  return eachDate(held, (date) => ({
    type: 'DayTablesTaken',
    data: {
      locationId,
      date,
      key,
      kind,
      tableIds: [...tableIds],
      from,
      to,
      day,
      partySize,
      heldUntil,
    },
  }));
}

/** Where something stands in day streams, and under which key. */
export type Standing = Pick<Held, 'key' | 'locationId' | 'dates' | 'day'>;

export function freeing(standing: Standing): readonly EventsElsewhere[] {
  const { key, locationId, day } = standing;
  return eachDate(standing, (date) => ({
    type: 'DayTablesFreed',
    data: { locationId, date, key, day },
  }));
}

export function keeping(standing: Standing): readonly EventsElsewhere[] {
  const { key, locationId } = standing;
  return eachDate(standing, (date) => ({
    type: 'DayTablesKept',
    data: { locationId, date, key },
  }));
}

function eachDate(
  { locationId, dates }: Pick<Held, 'locationId' | 'dates'>,
  eventOf: (date: string) => DayEvent,
): readonly EventsElsewhere[] {
  return dates.map((date) => ({ ...dayStream(locationId, date), events: [eventOf(date)] }));
}

/**
 * From the old place to the new one: dates that both touch are taken anew, the others freed. So is the business day that it
 * leaves, also where it goes on to touch that date, past the midnight before: others may want what it had.
 */
export function moving(from: Standing, to: Held): readonly EventsElsewhere[] {
  const isLeft = (date: string): boolean => date === from.day && date !== to.day;
  const left = from.dates.filter((date) => isLeft(date) || !to.dates.includes(date));
  return [...freeing({ ...from, dates: left }), ...taking(to)];
}

export function onHolders(
  holders: readonly string[],
  event: (holder: string) => HolderEvent,
): readonly EventsElsewhere[] {
  return holders.map((holder) => ({ category: HOLDERS, id: holder, events: [event(holder)] }));
}

/** For a command of a day itself: what stands on its own stream, and the rest elsewhere. */
export function onDates(
  ownDayId: string,
  everything: readonly EventsElsewhere[],
): Accepted<DayEvent> {
  const isOwn = ({ category, id }: EventsElsewhere) => category === DAYS && id === ownDayId;
  // safe because events for streams of days are events of days
  const own = everything.filter(isOwn).flatMap(({ events }) => events) as readonly DayEvent[];
  return accepted(
    own,
    everything.filter((each) => !isOwn(each)),
  );
}
