/** What a list may be narrowed by: filters, a range, and the places that the caller may see. Of lists and of live feeds. */
import { rfc3339Micros } from '../../core/event-json.ts';
import type { ColumnType, ListDefinition, ReadModel } from '../../core/read-model.ts';
import type { RowListQuery } from '../../projections/projections.ts';
import { limitParameter, microsOf } from '../query-input.ts';
import type { Call, JsonSchema, Parameter } from '../route.ts';
import { camelOf } from './addresses.ts';

export const LIMIT = { standard: 100, max: 1000 };
export const LIMIT_PARAMETER: Parameter = limitParameter('items', LIMIT);

export function conditionParameters(model: ReadModel): readonly Parameter[] {
  return [...filterParameters(model), ...rangeParameters(model)];
}

/** Errors: INPUT_INVALID for a time that is none. */
export function conditionsOf(
  call: Call,
  model: ReadModel,
): Required<Pick<RowListQuery, 'filters' | 'range' | 'locations'>> {
  return {
    filters: givenFilters(call, listOf(model).filters),
    range: rangeOf(call, model),
    locations: call.principal.rules?.locations ?? null,
  };
}

/** `defineModule` has seen to it that a listed model says how. */
function listOf(model: ReadModel): ListDefinition {
  if (model.list === undefined) throw new TypeError(`${model.name} does not say how it is listed`);
  return model.list;
}

const OWN_PARAMETERS: ReadonlySet<string> = new Set(['after', 'limit', 'at', 'wait', 'from', 'to']);

function filterParameters(model: ReadModel): readonly Parameter[] {
  return Object.keys(listOf(model).filters).map((name) => {
    if (OWN_PARAMETERS.has(name))
      throw new TypeError(`${model.name}: a filter cannot be called ${name}`);
    const description = `Only those with this ${name}.`;
    return { name, in: 'query', description, schema: { type: 'string' } };
  });
}

function rangeParameters(model: ReadModel): readonly Parameter[] {
  const column = listOf(model).range?.column;
  if (column === undefined) return [];
  const name = camelOf(column);
  const schema = boundSchema(model.columns[column] ?? 'text');
  return [
    { name: 'from', in: 'query', description: `Only with ${name} at or after this.`, schema },
    { name: 'to', in: 'query', description: `Only with ${name} before this.`, schema },
  ];
}

function boundSchema(type: ColumnType): JsonSchema {
  switch (type) {
    case 'timestamptz':
      return { type: 'string', format: 'date-time' };
    case 'date':
      return { type: 'string', format: 'date' };
    default:
      return { type: 'string' };
  }
}

/** Times of a query are read as all others are, so that a `+` which was not encoded counts. */
function rangeOf({ query }: Call, model: ReadModel): NonNullable<RowListQuery['range']> {
  const column = listOf(model).range?.column;
  if (column === undefined) return {};
  if (model.columns[column] !== 'timestamptz')
    return { from: query.get('from'), to: query.get('to') };
  const bound = (name: string): string | undefined => {
    const micros = microsOf(query, name);
    return micros === undefined ? undefined : rfc3339Micros(micros);
  };
  return { from: bound('from'), to: bound('to') };
}

function givenFilters(
  { query }: Call,
  filters: ListDefinition['filters'],
): Readonly<Record<string, string>> {
  const given: Record<string, string> = {};
  for (const name of Object.keys(filters)) {
    const value = query.get(name);
    if (value !== undefined) given[name] = value.replace(PHONE_UNENCODED, '+$1');
  }
  return given;
}

/** An international number (E.164: at most 15 digits) whose `+` was not percent-encoded arrives with a space in its place. */
const PHONE_UNENCODED = /^ (\d{7,15})$/;
