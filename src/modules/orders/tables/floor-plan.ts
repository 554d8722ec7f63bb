/** What a floor plan adds to its rows when it is read: tables of which nothing is known, and who is expected. Pure. */
import type { KnownLocation, Table } from '../../business/index.ts';
import type { Taken } from '../../reservations/index.ts';
import type { FloorRow, FloorState } from './read-models/floor-list.ts';

/** A free table counts as reserved from this long before its guests are due: a walk-in would still sit there. */
export const RESERVED_AHEAD_MINUTES = 30;
const MINUTE_MS = 60_000;

export interface Expected {
  /** Id of the reservation, the entry of the waiting list or the block. */
  readonly key: string;
  readonly kind: Taken['kind'];
  readonly from: string;
  readonly to: string;
  readonly partySize: number;
}

export interface TableOnPlan extends Pick<Table, 'tableId' | 'name' | 'areaId' | 'seats'> {
  readonly state: FloorState | 'reserved';
  /** Null while nothing was ever said of it, and for what only the time of day makes reserved. */
  readonly since: string | null;
  readonly partySize: number | null;
  readonly seatedAt: string | null;
  readonly customerId: string | null;
  readonly reservationId: string | null;
  readonly orders: FloorRow['orders'];
  /** What the table is taken for next, or now. */
  readonly next: Expected | null;
}

export interface PlanFacts {
  readonly location: KnownLocation;
  readonly rowOf: (tableId: string) => FloorRow | undefined;
  /** What counts now, holds that ran out not. */
  readonly taken: readonly Taken[];
  readonly nowMs: number;
}

export function floorPlan({ location, rowOf, taken, nowMs }: PlanFacts): readonly TableOnPlan[] {
  return location.tables.map(({ tableId, name, areaId, seats }) => {
    const row = rowOf(tableId);
    const next = nextOf(tableId, { taken, nowMs, seated: row?.reservation_id ?? null });
    const state = row?.state ?? 'free';
    const isReserved =
      state === 'free' &&
      next !== null &&
      Date.parse(next.from) <= nowMs + RESERVED_AHEAD_MINUTES * MINUTE_MS;
    return {
      tableId,
      name,
      areaId,
      seats,
      state: isReserved ? 'reserved' : state,
      since: isReserved ? null : (row?.since ?? null),
      partySize: row?.party_size ?? null,
      seatedAt: row?.seated_at ?? null,
      customerId: row?.customer_id ?? null,
      reservationId: row?.seated_at === null ? null : (row?.reservation_id ?? null),
      orders: row?.orders ?? [],
      next,
    };
  });
}

/** Guests who were seated here are not expected any more, also when they left before their time was over. */
function nextOf(
  tableId: string,
  of: {
    readonly taken: readonly Taken[];
    readonly nowMs: number;
    readonly seated: string | null;
  },
): Expected | null {
  const coming = of.taken
    .filter(
      (each) =>
        each.tableIds.includes(tableId) && each.key !== of.seated && Date.parse(each.to) > of.nowMs,
    )
    .toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from));
  const [first] = coming;
  if (first === undefined) return null;
  const { key, kind, from, to, partySize } = first;
  return { key, kind, from, to, partySize };
}
