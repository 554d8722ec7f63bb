/** Customers as a table: one row each, for spreadsheets. */
import { unguardedText, type CsvValue } from '../../../core/csv.ts';
import { rowFault, wrongCells, type RowFault } from '../../../core/row-fault.ts';
import type { CustomerRow } from '../read-models/customer-list.ts';

/**
 * As exported. An import may leave columns out and have them in any order; it takes no notice of the last three: consent
 * needs its proof, and the others are for the house to say.
 */
export const CUSTOMER_COLUMNS = [
  'id',
  'name',
  'kind',
  'phone',
  'email',
  'language',
  'tags',
  'consents',
  'status',
  'registered_at',
] as const;
export type CustomerColumn = (typeof CUSTOMER_COLUMNS)[number];

/** Between the entries of a list within a cell. */
const LIST_SEPARATOR = '|';

/** What one row says; a member that is undefined is left as it is. */
export interface CustomerTableRow {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly kind: string | undefined;
  /** As it was written. */
  readonly phone: string | undefined;
  readonly email: string | undefined;
  readonly language: string | undefined;
  readonly tags: readonly string[];
}

/** Columns by their place. Null for a header with a column that is unknown or twice, or with nothing to know a row by. */
export function headerOf(cells: readonly string[]): readonly CustomerColumn[] | null {
  const columns: CustomerColumn[] = [];
  for (const cell of cells) {
    const column = CUSTOMER_COLUMNS.find((each) => each === cell.trim().toLowerCase());
    if (column === undefined || columns.includes(column)) return null;
    columns.push(column);
  }
  return (['id', 'phone', 'email'] as const).some((each) => columns.includes(each))
    ? columns
    : null;
}

/** The row, or what is wrong with it. */
export function tableRowOf(
  columns: readonly CustomerColumn[],
  cells: readonly string[],
): CustomerTableRow | RowFault {
  if (cells.length !== columns.length) return wrongCells(cells.length, columns.length);
  const filled = (column: CustomerColumn): string | undefined => {
    const index = columns.indexOf(column);
    const value = index < 0 ? '' : unguardedText(cells[index] ?? '').trim();
    return value === '' ? undefined : value;
  };
  const [id, phone, email] = [filled('id'), filled('phone'), filled('email')];
  if (id === undefined && phone === undefined && email === undefined)
    return rowFault('', 'has no id, phone or e-mail to know the customer by', {
      code: 'ONE_NEEDED',
      params: { others: ['id', 'phone', 'email'] },
    });
  const tags = (filled('tags') ?? '').split(LIST_SEPARATOR).map((tag) => tag.trim());
  return {
    id,
    phone,
    email,
    name: filled('name'),
    kind: filled('kind')?.toLowerCase(),
    language: filled('language'),
    tags: [...new Set(tags)].filter((tag) => tag !== ''),
  };
}

/** A row as `tableRowOf` reads it. */
export function cellsOf(id: string, row: CustomerRow): readonly CsvValue[] {
  const { name, kind, phone, email, language, consents, status, registered_at: at } = row;
  const list = (texts: readonly string[] | null): string => (texts ?? []).join(LIST_SEPARATOR);
  return [id, name, kind, phone, email, language, list(row.tags), list(consents), status, at];
}
