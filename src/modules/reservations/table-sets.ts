/**
 * Which tables a party gets: the smallest single table or set of joinable tables that seats it, so that larger ones stay
 * free. Pure and deterministic: the same tables always give the same answer.
 */

/** What is needed of a table. */
export interface SeatingTable {
  readonly tableId: string;
  readonly areaId: string;
  readonly seats: number;
  readonly joinableWith: readonly string[];
}

/** Longer rows of tables are set up by hand: block them and name the tables in the reservation. */
export const TABLES_JOINED_MAX = 4;
/**
 * Sets looked at, smallest numbers of tables first. Enough for all sets of a floor of 60 tables that join with their
 * neighbours; a floor where everything joins with everything offers the smaller sets only.
 */
export const TABLE_SETS_MAX = 4_000;

export interface TableSet {
  /** Sorted. */
  readonly tableIds: readonly string[];
  readonly seats: number;
}

const remembered = new WeakMap<readonly SeatingTable[], readonly TableSet[]>();

/** All sets, each connected by joins, fewest seats first, then fewest tables, then by ids. */
export function tableSetsOf(tables: readonly SeatingTable[]): readonly TableSet[] {
  let sets = remembered.get(tables);
  if (sets === undefined) {
    sets = computeSets(tables);
    remembered.set(tables, sets);
  }
  return sets;
}

function computeSets(tables: readonly SeatingTable[]): readonly TableSet[] {
  const sorted = [...tables].sort((a, b) => compare(a.tableId, b.tableId));
  const seatsOf = new Map(sorted.map(({ tableId, seats }) => [tableId, seats]));
  const joins = joinsOf(sorted);
  const all: TableSet[] = [];
  let ring: readonly TableSet[] = sorted.map(({ tableId, seats }) => ({
    tableIds: [tableId],
    seats,
  }));
  for (let size = 1; size <= TABLES_JOINED_MAX; size += 1) {
    const room = TABLE_SETS_MAX - all.length;
    all.push(...ring.slice(0, room));
    if (ring.length >= room || size === TABLES_JOINED_MAX) break;
    ring = largerSets(ring, { joins, seatsOf, atMost: room - ring.length });
  }
  return all.sort(bySize);
}

/** Every set with one joined table more, each once. */
function largerSets(
  sets: readonly TableSet[],
  given: {
    readonly joins: ReadonlyMap<string, ReadonlySet<string>>;
    readonly seatsOf: ReadonlyMap<string, number>;
    readonly atMost: number;
  },
): readonly TableSet[] {
  const found = new Map<string, TableSet>();
  for (const { tableIds, seats } of sets)
    for (const tableId of neighboursOf(tableIds, given.joins)) {
      if (found.size >= given.atMost) return [...found.values()];
      const joined = [...tableIds, tableId].sort(compare);
      const set = { tableIds: joined, seats: seats + (given.seatsOf.get(tableId) ?? 0) };
      found.set(joined.join('\0'), set);
    }
  return [...found.values()];
}

function bySize(a: TableSet, b: TableSet): number {
  return (
    a.seats - b.seats ||
    a.tableIds.length - b.tableIds.length ||
    compare(a.tableIds.join('\0'), b.tableIds.join('\0'))
  );
}

/** Either of two tables may name the other; names of tables that are gone count for nothing. */
function joinsOf(tables: readonly SeatingTable[]): ReadonlyMap<string, ReadonlySet<string>> {
  const joins = new Map(tables.map(({ tableId }) => [tableId, new Set<string>()]));
  for (const { tableId, joinableWith } of tables)
    for (const other of joinableWith) {
      if (other === tableId || !joins.has(other)) continue;
      joins.get(tableId)?.add(other);
      joins.get(other)?.add(tableId);
    }
  return joins;
}

function neighboursOf(
  tableIds: readonly string[],
  joins: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  const found = new Set<string>();
  for (const tableId of tableIds) for (const other of joins.get(tableId) ?? []) found.add(other);
  return [...found].filter((tableId) => !tableIds.includes(tableId)).sort(compare);
}

/** By code units: the same in every process, whatever its language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export interface SeatingWish {
  readonly partySize: number;
  /** Only tables of this area. */
  readonly areaId: string | null;
  /** The whole area for one party: a room. */
  readonly wholeArea: boolean;
  /** Exactly these, whatever their seats. */
  readonly tableIds: readonly string[] | null;
}

/** The sets that would do, best first, were nothing taken; none when the wish cannot be met here at all. */
export function setsFor(
  tables: readonly SeatingTable[],
  wish: SeatingWish,
): readonly (readonly string[])[] {
  const { partySize, areaId, wholeArea, tableIds } = wish;
  const ids = new Set(tables.map(({ tableId }) => tableId));
  if (tableIds !== null) return tableIds.every((id) => ids.has(id)) ? [tableIds] : [];
  const inArea = new Set(
    tables.filter((table) => table.areaId === areaId).map(({ tableId }) => tableId),
  );
  if (wholeArea) {
    const seats = tables.reduce(
      (sum, table) => sum + (inArea.has(table.tableId) ? table.seats : 0),
      0,
    );
    return seats >= partySize && inArea.size > 0 ? [[...inArea].sort(compare)] : [];
  }
  return tableSetsOf(tables)
    .filter(({ seats }) => seats >= partySize)
    .filter((set) => areaId === null || set.tableIds.every((id) => inArea.has(id)))
    .map((set) => set.tableIds);
}

/** Most guests that one party may have at these tables. */
export function largestPartyOf(tables: readonly SeatingTable[]): number {
  return tableSetsOf(tables).at(-1)?.seats ?? 0;
}
