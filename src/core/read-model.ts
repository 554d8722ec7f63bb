/**
 * A read model: rows computed from events by pure functions. The frame loads the rows that a chunk of events touches,
 * folds in memory and writes them back with the checkpoint in one transaction, so a projection never runs SQL of its
 * own, can be rebuilt beside itself, run as of any moment, and be simulated without a database.
 */
import type { EventType } from './event-type.ts';
import type { RecordedEvent } from './recorded-event.ts';

/** bigint columns hold JavaScript integers up to 2^53; jsonb any JSON; timestamptz RFC 3339 text. */
export type ColumnType =
  'text' | 'integer' | 'bigint' | 'double precision' | 'boolean' | 'timestamptz' | 'date' | 'jsonb';

export type Row = Readonly<Record<string, unknown>>;

export interface ReadModel {
  /** `customers.list`: unique in an installation. */
  readonly name: string;
  /** Raised whenever columns, `keys` or `project` change meaning: a new generation is then built beside the old one. */
  readonly version: number;
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** Columns of each further index; bucket and tenant come before them by themselves. */
  readonly indexes: readonly (readonly string[])[];
  /**
   * Percent of a page that new rows may fill; most tables have 80. Less for rows that are written again within seconds: as long
   * as the page has room and no indexed column changes, PostgreSQL leaves the indexes alone (heap-only updates).
   */
  readonly fillFactor?: number;
  readonly on: readonly EventType[];
  /** CloudEvents types of received events it sees; others never reach it. */
  readonly received?: readonly string[];
  /** Keys of the rows an event touches, each once; none when it does not matter. Pure; a throw parks the event. */
  keys(event: RecordedEvent): readonly string[];
  /**
   * True of an event whose rows cannot be there before it, such as the first of a stream whose id is the key: they are not
   * looked for. Absent for a model that has none, or few. Pure.
   */
  begins?(event: RecordedEvent): boolean;
  /** The row afterwards; null when there is none (any more). Pure; a throw parks the event. */
  project(row: Row | null, event: RecordedEvent, key: string): Row | null;
  /** Which columns tell about a person: cleared when that person is erased. `none` when no column does. */
  readonly personal: 'none' | { readonly person: string; readonly columns: readonly string[] };
  /** How `GET` lists it; absent for a model that only its module's own queries read. */
  readonly list?: ListDefinition;
}

export interface ListDefinition {
  /** Query parameters and the columns they must equal. */
  readonly filters: Readonly<Record<string, string>>;
  /** Columns that give the order, `desc` for the newest first; the key breaks ties. */
  readonly order: readonly { readonly column: string; readonly descending?: boolean }[];
  /** The query parameters `from` (inclusive) and `to` (exclusive) bound this column, which is the first of `order`. */
  readonly range?: { readonly column: string };
  /** Whoever may only see some locations gets rows of these and rows whose column is null. */
  readonly location?: string;
}

/** `Event` is the union that `keys` and `project` see: exactly the types in `on`. */
export function defineReadModel<
  Event extends RecordedEvent,
  Columns extends { readonly [name: string]: unknown },
>(model: {
  readonly name: string;
  readonly version: number;
  readonly columns: Readonly<Record<keyof Columns & string, ColumnType>>;
  readonly indexes?: readonly (readonly (keyof Columns & string)[])[];
  readonly fillFactor?: number;
  readonly on: readonly EventType[];
  readonly received?: readonly string[];
  keys(event: Event): readonly string[];
  begins?(event: Event): boolean;
  project(row: Columns | null, event: Event, key: string): Columns | null;
  readonly personal:
    | 'none'
    | {
        readonly person: keyof Columns & string;
        readonly columns: readonly (keyof Columns & string)[];
      };
  readonly list?: ListDefinition;
}): ReadModel {
  if (!/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/.test(model.name))
    throw new TypeError(`${model.name} is not a name such as customers.list`);
  for (const column of Object.keys(model.columns))
    if (!/^[a-z][a-z0-9_]{0,40}$/.test(column) || RESERVED_COLUMNS.has(column))
      throw new TypeError(`${model.name}: a column cannot be named ${column}`);
  if (model.list !== undefined) checkList(model.name, model.list, model.columns);
  // safe because the frame gives a read model only rows it made itself and events of the types it declared
  return { ...model, indexes: model.indexes ?? [] } as unknown as ReadModel;
}

function checkList(
  name: string,
  { filters, order, range, location }: ListDefinition,
  columns: object,
): void {
  const named = [
    ...Object.values(filters),
    ...order.map(({ column }) => column),
    ...(location === undefined ? [] : [location]),
  ];
  const unknown = named.find((column) => !Object.hasOwn(columns, column));
  if (unknown !== undefined) throw new TypeError(`${name}: the list names no column ${unknown}`);
  if (range !== undefined && range.column !== order[0]?.column)
    throw new TypeError(`${name}: the range must be over the first column of the order`);
}

/** Columns that every table of a read model has. */
const RESERVED_COLUMNS: ReadonlySet<string> = new Set(['bucket', 'tenant', 'key', 'position']);
