/**
 * A party that still sits when its time is over keeps its tables, step by step and up to who comes next: so that the
 * public page promises nobody a table at which somebody sits. Given by a timer (`keep-seated` in policies.ts). Pure.
 */
import { accepted, type Decision } from '../../../core/decision.ts';
import { takenOn } from '../floor.ts';
import { heldOf, type Of } from './asked.ts';
import { taking } from './day-changes.ts';
import type { BookingEvent } from './events.ts';
import { EXTENSIONS_MAX, longerStay, stayUntil } from './longer-stay.ts';

export function decideExtend(asked: Of<'ExtendStay'>): Decision<BookingEvent> {
  const { booking, command, house, around } = asked;
  const { id, at } = command;
  const { status, takenUntil, extensions, locationId, tableIds, startsAt } = booking;
  if (status !== 'seated' || at < takenUntil || extensions >= EXTENSIONS_MAX) return accepted([]);
  const longest = longerStay(booking, house);
  const next = takenOn(around, { locationId, dates: longest.dates }, { at, except: id })
    .filter(
      (held) => held.to > takenUntil && held.tableIds.some((table) => tableIds.includes(table)),
    )
    .map(({ from }) => from)
    .sort()[0];
  const toMs = Math.min(Date.parse(longest.takenUntil), Date.parse(next ?? longest.takenUntil));
  // Somebody else has them by now: who sits where is for the people there to settle.
  if (toMs <= Date.parse(takenUntil)) return accepted([]);
  const longer = stayUntil(startsAt, { location: house.location, toMs });
  return accepted<BookingEvent>(
    [
      {
        type: 'ReservationStayExtended',
        data: { reservationId: id, takenUntil: longer.takenUntil, dates: [...longer.dates] },
      },
    ],
    taking(heldOf({ ...booking, ...longer }, id)),
  );
}
