/**
 * Reads rows of one generation, and in the same statement which generation is active: with one snapshot for both, a
 * query never mixes two tables, however many swaps happen. The caller asks again when it named the wrong one.
 */
import type { ColumnType } from '../../core/read-model.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import type { OrderBy, RowSelection, Selected } from '../projection-store.ts';
import { quoted, rowReader, selectOf } from './row-columns.ts';

/** Parameters of a statement under construction. */
class Parameters {
  readonly values: unknown[] = [];

  /** Placeholder of a value, cast to its type. */
  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

export async function selectRows(on: Queryable, selection: RowSelection): Promise<Selected> {
  const { generation } = selection;
  const parameters = new Parameters();
  const { rows } = await on.query<{
    active: number | null;
    usable: boolean;
    key: string | null;
    incomplete: boolean;
  }>({ text: statementOf(selection, parameters), values: parameters.values });
  const read = rowReader(generation.columns);
  const found = rows.flatMap((row) => {
    const { key, incomplete } = row;
    return key === null ? [] : [{ key, incomplete, row: read({ ...row }) }];
  });
  return { active: rows[0]?.active ?? null, usable: rows[0]?.usable ?? false, rows: found };
}

/**
 * The outer join gives one row without a key when nothing matches. The lateral part is not run at all for a generation
 * that is neither active nor a shadow. Index: the primary key or a declared one, led by bucket and tenant; which keys
 * wait for parked events is read once by primary key, and is mostly nothing.
 */
function statementOf(selection: RowSelection, parameters: Parameters): string {
  const { generation, bucket, tenant, limit } = selection;
  const name = parameters.add(generation.name, 'text');
  const number = parameters.add(generation.generation, 'integer');
  const own = {
    bucket: parameters.add(bucket, 'integer'),
    tenant: parameters.add(tenant, 'text'),
  };
  const conditions = conditionsOf(selection, parameters);
  const order = [...selection.order.map(orderText), 't.key'].join(', ');
  return `select a.active, a.usable, r.*
    from (select (select generation from projection_generations where name = ${name} and state = 'active') as active,
                 exists (select from projection_generations
                          where name = ${name} and generation = ${number} and state in ('active', 'shadow')) as usable) a
    left join lateral (
      select t.key, ${selectOf(generation.columns)},
             t.key in (select unnest(p.keys) from projection_parked p
                        where p.bucket = ${own.bucket} and p.name = ${name} and p.generation = ${number}
                          and p.tenant = ${own.tenant} and p.state = 'parked') as incomplete
        from ${generation.table} t
       where a.usable and t.bucket = ${own.bucket} and t.tenant = ${own.tenant}
             ${conditions.map((condition) => `and ${condition}`).join(' ')}
       order by ${order}
       limit ${parameters.add(limit, 'integer')}) r on true`;
}

function conditionsOf(selection: RowSelection, parameters: Parameters): string[] {
  const { generation, key, keys, within, range, filters, order, after } = selection;
  const typeOf = (column: string): ColumnType => generation.columns[column] ?? 'text';
  const conditions = filters.map(({ column, value }) => {
    const type = typeOf(column);
    // A jsonb column is asked whether it is the text or its array holds it.
    if (type === 'jsonb')
      return `t.${quoted(column)} @> ${parameters.add(JSON.stringify(value), 'jsonb')}`;
    return `t.${quoted(column)} = ${parameters.add(value, type)}`;
  });
  if (key !== undefined) conditions.push(`t.key = ${parameters.add(key, 'text')}`);
  if (keys !== undefined) conditions.push(`t.key = any (${parameters.add(keys, 'text[]')})`);
  if (within !== undefined) {
    const column = `t.${quoted(within.column)}`;
    conditions.push(
      `(${column} = any (${parameters.add(within.values, 'text[]')}) or ${column} is null)`,
    );
  }
  if (range?.from !== undefined)
    conditions.push(
      `t.${quoted(range.column)} >= ${parameters.add(range.from, typeOf(range.column))}`,
    );
  if (range?.to !== undefined)
    conditions.push(
      `t.${quoted(range.column)} < ${parameters.add(range.to, typeOf(range.column))}`,
    );
  if (after !== undefined) {
    const place = order.map((by, index) => ({
      ...by,
      type: typeOf(by.column),
      value: after.values[index] ?? null,
    }));
    const bound = boundOf(place[0], parameters);
    if (bound !== null) conditions.push(bound);
    conditions.push(behind(place, { key: after.key, parameters }));
  }
  return conditions;
}

interface OrderPlace extends OrderBy {
  readonly type: ColumnType;
  readonly value: unknown;
}

/** A condition that an index can use: what follows is at or behind the first column's value. */
function boundOf(first: OrderPlace | undefined, parameters: Parameters): string | null {
  // Descending, nulls come first, so behind a value there are none; ascending they come last and would be lost.
  if (first === undefined || first.value === null || !first.descending) return null;
  return `t.${quoted(first.column)} <= ${parameters.add(first.value, first.type)}`;
}

/** Rows behind a place in the order, column by column; PostgreSQL puts nulls last, descending first. */
function behind(
  place: readonly OrderPlace[],
  rest: { readonly key: string; readonly parameters: Parameters },
): string {
  const [by, ...others] = place;
  if (by === undefined) return `t.key > ${rest.parameters.add(rest.key, 'text')}`;
  const column = `t.${quoted(by.column)}`;
  const further = behind(others, rest);
  if (by.value === null)
    return by.descending
      ? `(${column} is not null or ${further})`
      : `(${column} is null and ${further})`;
  const value = rest.parameters.add(by.value, by.type);
  const beyond = by.descending
    ? `${column} < ${value}`
    : `(${column} > ${value} or ${column} is null)`;
  return `(${beyond} or (${column} = ${value} and ${further}))`;
}

function orderText({ column, descending }: OrderBy): string {
  return `t.${quoted(column)}${descending ? ' desc' : ''}`;
}
