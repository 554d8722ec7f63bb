/** What `postgres/select-rows.ts` asks SQL for, over rows in memory. */
import type { ColumnType, Row } from '../../core/read-model.ts';
import type { OrderBy, RowSelection } from '../projection-store.ts';
import { microsOfTime } from '../row-values.ts';

interface CandidateRow {
  readonly tenant: string;
  readonly key: string;
  readonly row: Row;
}

export function selectRows(
  selection: RowSelection,
  rows: Iterable<CandidateRow>,
): readonly { readonly key: string; readonly row: Row }[] {
  const { tenant, key, keys, order, after, limit } = selection;
  const wanted = keys === undefined ? undefined : new Set(keys);
  const types = selection.generation.columns;
  const columns = Object.entries(types);
  const by = order.map((each) => ({ ...each, type: types[each.column] }));
  return [...rows]
    .filter(
      (each) =>
        each.tenant === tenant &&
        (key === undefined || each.key === key) &&
        (wanted === undefined || wanted.has(each.key)) &&
        rowMatches(each.row, selection, types),
    )
    .map((each) => ({ key: each.key, row: withAll(columns, each.row) }))
    .sort((left, right) => compareRows(by, left, right))
    .filter((each) => after === undefined || compareRows(by, each, placeOf(order, after)) > 0)
    .slice(0, limit);
}

function isWithin(row: Row, within: RowSelection['within']): boolean {
  if (within === undefined) return true;
  const held = row[within.column] ?? null;
  return held === null || (typeof held === 'string' && within.values.includes(held));
}

function isInRange(
  row: Row,
  range: RowSelection['range'],
  types: Readonly<Record<string, ColumnType>>,
): boolean {
  if (range === undefined) return true;
  const held = row[range.column] ?? null;
  const type = types[range.column];
  if (held === null) return false;
  if (range.from !== undefined && compareValues(held, range.from, type) < 0) return false;
  return range.to === undefined || compareValues(held, range.to, type) < 0;
}

/** Whether the row is one that filters, range and place ask for. */
export function rowMatches(
  row: Row,
  { filters, range, within }: Pick<RowSelection, 'filters' | 'range' | 'within'>,
  types: Readonly<Record<string, ColumnType>>,
): boolean {
  return (
    isWithin(row, within) &&
    isInRange(row, range, types) &&
    filters.every(({ column, value }) => matches(row[column] ?? null, value))
  );
}

interface TypedOrder extends OrderBy {
  readonly type: ColumnType | undefined;
}

interface Ordered {
  readonly key: string;
  readonly row: Row;
}

function placeOf(
  order: readonly OrderBy[],
  after: { readonly values: readonly unknown[]; readonly key: string },
): Ordered {
  const row = Object.fromEntries(order.map(({ column }, index) => [column, after.values[index]]));
  return { key: after.key, row };
}

function withAll(columns: readonly (readonly [string, unknown])[], row: Row): Row {
  return Object.fromEntries(columns.map(([name]) => [name, row[name] ?? null]));
}

/** A jsonb column matches a text that it is, or that its array holds. */
function matches(held: unknown, wanted: unknown): boolean {
  return Array.isArray(held) ? held.includes(wanted) : held === wanted;
}

/** As PostgreSQL orders: nulls last, and with the order turned round first; the key breaks ties, ascending. */
function compareRows(order: readonly TypedOrder[], left: Ordered, right: Ordered): number {
  for (const { column, descending, type } of order) {
    const values = [left.row[column] ?? null, right.row[column] ?? null] as const;
    const compared = compareValues(...values, type);
    if (compared !== 0) return descending ? -compared : compared;
  }
  return compareTexts(left.key, right.key);
}

function compareValues(left: unknown, right: unknown, type: ColumnType | undefined): number {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  if (typeof left === 'string' && typeof right === 'string') {
    if (type !== 'timestamptz') return compareTexts(left, right);
    return Number((microsOfTime(left) ?? 0n) - (microsOfTime(right) ?? 0n));
  }
  return Number(left) - Number(right);
}

/** By bytes of UTF-8, as collation "C" does. */
export function compareTexts(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
