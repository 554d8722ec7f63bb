/** The conditions of a list over rows in memory: for whoever has a row at hand and asks whether the list would show it. */
import type { ReadModel, Row } from '../core/read-model.ts';
import { filterValue, invalid } from './list-input.ts';
import { rowMatches } from './memory/select-rows.ts';
import type { RowListQuery } from './projections.ts';

/** Errors: INPUT_INVALID for a filter that is none of this list or cannot have the value. */
export function rowFilter(
  model: ReadModel,
  { filters, range = {}, locations = null }: Pick<RowListQuery, 'filters' | 'range' | 'locations'>,
): (row: Row) => boolean {
  const { list, columns } = model;
  const conditions = Object.entries(filters).map(([name, text]) => {
    const column =
      list !== undefined && Object.hasOwn(list.filters, name) ? list.filters[name] : undefined;
    if (column === undefined)
      throw invalid(name, 'is not a filter of this list.', { code: 'NOT_ACCEPTED' });
    return { column, value: filterValue(name, text, columns[column] ?? 'text') };
  });
  const column = list?.range?.column ?? '';
  const type = columns[column] ?? 'text';
  const { from, to } = range;
  const bounds = {
    column,
    ...(from === undefined ? {} : { from: filterValue('from', from, type) }),
    ...(to === undefined ? {} : { to: filterValue('to', to, type) }),
  };
  const place = list?.location;
  const within =
    place === undefined || locations === null ? undefined : { column: place, values: locations };
  const asked = {
    filters: conditions,
    range: from === undefined && to === undefined ? undefined : bounds,
    within,
  };
  return (row) => rowMatches(row, asked, columns);
}
