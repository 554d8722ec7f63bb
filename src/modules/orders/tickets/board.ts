/** What a board adds to its rows when it is read: how old tickets are, and how much of everything is to be made. Pure. */
import type { Station } from '../../business/index.ts';
import type { TicketRow } from './ticket-row.ts';

export interface TicketAge {
  /** Since it was fired: until now, or until the station was done. */
  readonly ageSeconds: number;
  readonly age: 'fresh' | 'slow' | 'late';
}

/** A station that is not there any more has no thresholds: nothing of it is slow. */
export function ageOf(
  { fired_at: firedAt, done_at: doneAt }: Pick<TicketRow, 'fired_at' | 'done_at'>,
  station: Pick<Station, 'slowAfterSeconds' | 'lateAfterSeconds'> | undefined,
  nowMs: number,
): TicketAge {
  const untilMs = doneAt === null ? nowMs : Date.parse(doneAt);
  // Clocks of two servers differ by a little: nothing is younger than just fired.
  const ageSeconds = Math.max(0, Math.floor((untilMs - Date.parse(firedAt)) / 1000));
  if (station === undefined) return { ageSeconds, age: 'fresh' };
  const { slowAfterSeconds, lateAfterSeconds } = station;
  if (ageSeconds >= lateAfterSeconds) return { ageSeconds, age: 'late' };
  return { ageSeconds, age: ageSeconds >= slowAfterSeconds ? 'slow' : 'fresh' };
}

export interface DayCount {
  readonly stationId: string;
  readonly productId: string | null;
  readonly variantId: string | null;
  readonly name: string;
  /** Fired and not ready, over all tickets. */
  readonly quantity: number;
}

/** All-day counts, the largest first. */
export function allDay(rows: Iterable<TicketRow>): readonly DayCount[] {
  const counts = new Map<string, DayCount>();
  for (const { station_id: stationId, lines } of rows)
    for (const { state, productId, variantId, name, quantity } of lines) {
      if (state !== 'fired') continue;
      const key = JSON.stringify([stationId, productId ?? name, variantId]);
      const before = counts.get(key)?.quantity ?? 0;
      counts.set(key, { stationId, productId, variantId, name, quantity: before + quantity });
    }
  return [...counts.values()].toSorted(
    (a, b) => b.quantity - a.quantity || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
}
