/** What a plan shows of a table beside what the server says: amounts, minutes, what it waits for. Pure. */
import type { OrderRow } from '../order/order-types.ts';

export type TableState = 'free' | 'reserved' | 'seated' | 'ordered' | 'bill' | 'dirty';

export interface PlanTable {
  readonly tableId: string;
  readonly name: string;
  readonly areaId: string;
  readonly seats: number;
  readonly state: TableState;
  readonly since: string | null;
  readonly partySize: number | null;
  readonly seatedAt: string | null;
  readonly customerId: string | null;
  readonly reservationId: string | null;
  readonly orders: readonly {
    readonly orderId: string;
    readonly number: number;
    readonly part: number;
    readonly billAsked: boolean;
  }[];
  readonly next: {
    /** Id of the reservation, the entry of the waiting list or the block. */
    readonly key: string;
    readonly kind: string;
    readonly from: string;
    readonly to: string;
    readonly partySize: number;
  } | null;
}

export interface FloorAnswer {
  readonly serverTime: string;
  readonly areas: readonly { readonly areaId: string; readonly name: string }[];
  readonly tables: readonly PlanTable[];
}

/** Since guests sit there or, of an empty table, since it is as it is; null where nobody knows. */
export function minutesOf({ since, seatedAt, state }: PlanTable, nowMs: number): number | null {
  const from =
    state === 'free' || state === 'reserved'
      ? null
      : state === 'dirty'
        ? since
        : (seatedAt ?? since);
  if (from === null) return null;
  return Math.max(0, Math.floor((nowMs - Date.parse(from)) / 60_000));
}

export interface TableAmounts {
  readonly amount: number;
  readonly due: number;
  readonly currency: string;
  readonly guests: number | null;
}

/** What the open bills of each table come to, by table. */
export function amountsByTable(rows: readonly OrderRow[]): ReadonlyMap<string, TableAmounts> {
  const amounts = new Map<string, TableAmounts>();
  for (const { tableId, total, due, guests } of rows) {
    if (tableId === null) continue;
    const before = amounts.get(tableId);
    amounts.set(tableId, {
      amount: (before?.amount ?? 0) + total.amount,
      due: (before?.due ?? 0) + due.amount,
      currency: total.currency,
      guests: guests ?? before?.guests ?? null,
    });
  }
  return amounts;
}

export interface FloorCounts {
  readonly guests: number;
  readonly taken: number;
  readonly tables: number;
  readonly bills: number;
}

const TAKEN: readonly TableState[] = ['seated', 'ordered', 'bill'];

export function floorCounts(
  tables: readonly PlanTable[],
  amounts: ReadonlyMap<string, TableAmounts>,
): FloorCounts {
  const taken = tables.filter(({ state }) => TAKEN.includes(state));
  const guests = taken.reduce(
    (sum, { tableId, partySize }) => sum + (partySize ?? amounts.get(tableId)?.guests ?? 0),
    0,
  );
  const bills = tables.filter(({ state }) => state === 'bill').length;
  return { guests, taken: taken.length, tables: tables.length, bills };
}
