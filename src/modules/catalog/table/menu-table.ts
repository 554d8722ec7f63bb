/** Products as a table: one row each, for spreadsheets. Variants and modifier groups do not fit and stay as they are. */
import { AMOUNT_MAX } from '../../../core/money.ts';
import { unguardedText, type CsvValue } from '../../../core/csv.ts';
import { rowFault, wrongCells, type RowFault } from '../../../core/row-fault.ts';

/** As exported; an import may leave columns out and have them in any order, but needs a name or an id. */
export const MENU_COLUMNS = [
  'id',
  'name',
  'category',
  'price',
  'tax_class',
  'station',
  'description',
  'ingredients',
  'allergens',
  'status',
] as const;
export type MenuColumn = (typeof MENU_COLUMNS)[number];

/** Between the entries of a list within a cell. */
const LIST_SEPARATOR = '|';
/** Between a category and the one it stands in: `Drinks > Coffee`. */
const PATH_SEPARATOR = '>';

/** What one row asks for; a member that is undefined is left as it is. */
export interface MenuTableRow {
  readonly id: string | null;
  readonly name: string | undefined;
  /** Names from the top down; empty for none. */
  readonly category: readonly string[] | undefined;
  /** Minor units. */
  readonly price: number | undefined;
  readonly taxClass: string | undefined;
  readonly stationId: string | null | undefined;
  readonly description: string | undefined;
  readonly ingredients: readonly string[] | undefined;
  readonly allergens: readonly string[] | undefined;
}

/** Of a currency that nobody named. */
const DIGITS_USUAL = 2;

/** Columns by their place. Null for a header with a column that is unknown, twice, or without name and id. */
export function headerOf(cells: readonly string[]): readonly MenuColumn[] | null {
  const columns: MenuColumn[] = [];
  for (const cell of cells) {
    const column = MENU_COLUMNS.find((each) => each === cell.trim().toLowerCase());
    if (column === undefined || columns.includes(column)) return null;
    columns.push(column);
  }
  return columns.includes('name') || columns.includes('id') ? columns : null;
}

/** The row, or what is wrong with it. Prices have so many digits after the point. */
export function rowOf(
  columns: readonly MenuColumn[],
  cells: readonly string[],
  digits = DIGITS_USUAL,
): MenuTableRow | RowFault {
  if (cells.length !== columns.length) return wrongCells(cells.length, columns.length);
  const cell = (column: MenuColumn): string | undefined => {
    const index = columns.indexOf(column);
    return index < 0 ? undefined : unguardedText(cells[index] ?? '').trim();
  };
  const filled = (column: MenuColumn): string | undefined => {
    const value = cell(column);
    return value === '' ? undefined : value;
  };
  const list = (column: MenuColumn, separator: string): readonly string[] | undefined =>
    cell(column)
      ?.split(separator)
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '');
  const priceText = filled('price');
  const price = priceText === undefined ? undefined : minorUnitsOf(priceText, digits);
  if (price === null) {
    const example = exampleWith(digits);
    const said = { code: 'PRICE_FORM', params: { example } } as const;
    return rowFault('/price', `has a price that is none: write it as ${example}`, said);
  }
  const id = filled('id') ?? null;
  const name = filled('name');
  if (id === null && name === undefined)
    return rowFault('', 'has neither a name nor an id', {
      code: 'ONE_NEEDED',
      params: { others: ['id', 'name'] },
    });
  const station = cell('station');
  return {
    id,
    name,
    category: list('category', PATH_SEPARATOR),
    price,
    taxClass: filled('tax_class'),
    stationId: station === '' ? null : station,
    description: filled('description'),
    ingredients: list('ingredients', LIST_SEPARATOR),
    allergens: list('allergens', LIST_SEPARATOR),
  };
}

/** `12.50`, `12,5` or `12` in minor units of a currency with so many digits. Null for anything else. */
function minorUnitsOf(text: string, digits: number): number | null {
  const match = /^(\d{1,9})(?:[.,](\d{1,3}))?$/.exec(text);
  if (match === null) return null;
  const { 2: fraction = '' } = match;
  if (fraction.length > digits) return null;
  const amount = Number(match[1]) * 10 ** digits + Number(fraction.padEnd(digits, '0'));
  return amount <= AMOUNT_MAX ? amount : null;
}

/** Twelve and a half of a currency with so many digits, or twelve hundred of one without. */
function exampleWith(digits: number): string {
  return priceText(digits === 0 ? 1250 : 12.5 * 10 ** digits, digits);
}

/** A price as `rowOf` reads it. */
export function priceText(minorUnits: number, digits = DIGITS_USUAL): string {
  if (digits === 0) return String(minorUnits);
  const text = String(minorUnits).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

export interface ExportedProduct {
  readonly id: string;
  readonly name: string;
  /** Names from the top down. */
  readonly category: readonly string[];
  /** Null where the variants have the prices. */
  readonly price: number | null;
  readonly taxClass: string;
  readonly stationId: string | null;
  readonly description: string | null;
  readonly ingredients: readonly string[];
  readonly allergens: readonly string[];
  readonly status: string;
}

/** In the order of MENU_COLUMNS. */
export function cellsOf(product: ExportedProduct, digits = DIGITS_USUAL): readonly CsvValue[] {
  return [
    product.id,
    product.name,
    product.category.join(` ${PATH_SEPARATOR} `),
    product.price === null ? null : priceText(product.price, digits),
    product.taxClass,
    product.stationId,
    product.description,
    product.ingredients.join(LIST_SEPARATOR),
    product.allergens.join(LIST_SEPARATOR),
    product.status,
  ];
}
