/** A location as the server has it, and what its forms write. Pure. */

export interface Address {
  readonly lines: readonly string[];
  readonly postalCode?: string;
  readonly city: string;
  readonly country: string;
}

export interface Area {
  readonly areaId: string;
  readonly name: string;
}

export interface Table {
  readonly tableId: string;
  readonly areaId: string;
  readonly name: string;
  readonly seats: number;
  readonly joinableWith: readonly string[];
}

export interface Station {
  readonly stationId: string;
  readonly name: string;
  readonly slowAfterSeconds: number;
  readonly lateAfterSeconds: number;
}

export type Channel = 'eat-in' | 'take-away' | 'delivery';

export interface TaxRate {
  readonly taxClass: string;
  /** Null for every channel that no other rate of the class names. */
  readonly channel: Channel | null;
  readonly label: string;
  /** Thousandths of a per cent. */
  readonly rate: number;
}

export interface Taxes {
  readonly mode: 'inclusive' | 'exclusive';
  readonly rates: readonly TaxRate[];
}

export interface LocationState {
  readonly id: string;
  readonly version: number;
  readonly status: 'open' | 'closed';
  readonly name: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly dayCutOff: string;
  readonly taxes: Taxes;
  readonly languages: readonly string[];
  readonly address: Address | null;
  readonly areas: readonly Area[];
  readonly tables: readonly Table[];
  readonly stations: readonly Station[];
}

/** Seats of all tables. */
export function seatsOf(tables: readonly Pick<Table, 'seats'>[]): number {
  return tables.reduce((sum, { seats }) => sum + seats, 0);
}

/** The name that comes next: after the largest number, or after as many as there are. */
export function nextTableName(tables: readonly Pick<Table, 'name'>[]): string {
  const numbers = tables.map(({ name }) => Number(name)).filter((each) => Number.isInteger(each));
  const next = Math.max(0, ...numbers) + 1;
  return String(numbers.length === 0 ? tables.length + 1 : next);
}

/** By their names as people count: 2 before 10. */
export function byName<Named extends { readonly name: string }>(
  list: readonly Named[],
): readonly Named[] {
  const order = new Intl.Collator(undefined, { numeric: true });
  return list.toSorted((a, b) => order.compare(a.name, b.name));
}
