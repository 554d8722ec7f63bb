/** Quiet hours: local times at which nobody is written to, judged in every zone where the person may be. Pure. */
import { localOf, momentOfLocal } from '../../../core/calendar.ts';
import type { QuietHours } from '../shapes.ts';

/**
 * Zones of one country may follow one another around the clock; each round passes at least one of them, and a country
 * with more (France with its territories) is asked again at the end.
 */
const ROUNDS_MAX = 48;

/**
 * When it is quiet in none of the zones any more, RFC 3339 in UTC; null when it is not quiet in any now. Where no zone is
 * known, the hours are read in UTC. Hours that begin and end alike never are. Zones so far apart that it is always quiet
 * somewhere are asked again when the first round of them has passed.
 */
export function quietUntil(
  at: string,
  hours: QuietHours | null,
  zones: readonly string[],
): string | null {
  if (hours === null || hours.from === hours.to) return null;
  const where = zones.length === 0 ? ['UTC'] : zones;
  let moment = at;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const ends = where.flatMap((zone) => quietEnd(moment, hours, zone) ?? []);
    if (ends.length === 0) break;
    moment = ends.reduce((latest, end) => (Date.parse(end) > Date.parse(latest) ? end : latest));
  }
  return moment === at ? null : new Date(Date.parse(moment)).toISOString();
}

/** When the quiet hours that hold at that moment in that zone end; null when none hold. */
function quietEnd(at: string, { from, to }: QuietHours, zone: string): string | null {
  const local = localOf(at, zone);
  const [day = '', time = ''] = local.split('T');
  const clock = time.slice(0, 5);
  const overMidnight = from > to;
  const isQuiet = overMidnight ? clock >= from || clock < to : clock >= from && clock < to;
  if (!isQuiet) return null;
  const endDay = overMidnight && clock >= from ? dayAfter(day) : day;
  return endOf(`${endDay}T${to}`, zone);
}

function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}

/** Where clocks were set over the end, the moment after; where they show it twice, the second time. */
function endOf(local: string, zone: string): string {
  const found = momentOfLocal(local, zone);
  switch (found.kind) {
    case 'once':
      return found.at;
    case 'twice':
      return found.later;
    case 'skipped':
      return Temporal.PlainDateTime.from(local)
        .toZonedDateTime(zone, { disambiguation: 'later' })
        .toInstant()
        .toString();
  }
}
