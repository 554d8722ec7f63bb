/** From the text of a request to values of columns, and cursors of lists. */
import { cursorInvalid } from '../core/cursor.ts';
import { Failure } from '../core/errors.ts';
import type { FieldFault } from '../core/field-faults.ts';
import type { ColumnType } from '../core/read-model.ts';
import { storableText } from './storable-json.ts';
import type { OrderBy } from './projection-store.ts';
import { rowShapeOf } from './row-values.ts';

/** The value of a filter. Errors: INPUT_INVALID, by name. */
export function filterValue(name: string, text: string, type: ColumnType): unknown {
  const value = valueOf(text, type);
  if (value === undefined) throw invalid(name, `must be a ${type} value.`, faultOfType(type));
  return value;
}

function valueOf(text: string, type: ColumnType): unknown {
  switch (type) {
    case 'text':
    case 'jsonb':
      return storableText(text);
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined;
    case 'integer':
    case 'bigint':
    case 'double precision':
      return /^-?\d+(\.\d+)?$/.test(text) ? checked(Number(text), type) : undefined;
    case 'timestamptz':
    case 'date':
      return checked(text, type);
  }
}

/** In canonical form, undefined when it has none. */
function checked(value: unknown, type: ColumnType): unknown {
  try {
    return rowShapeOf({ value: type }).canonical({ value }, null)['value'];
  } catch {
    return undefined;
  }
}

function faultOfType(type: ColumnType): FieldFault {
  switch (type) {
    case 'text':
    case 'jsonb':
      return { code: 'UNUSABLE' };
    case 'boolean':
      return { code: 'WRONG_TYPE', params: { type: 'boolean' } };
    case 'integer':
    case 'bigint':
    case 'double precision':
      return { code: 'WRONG_TYPE', params: { type: 'number' } };
    case 'timestamptz':
      return { code: 'WRONG_FORMAT', params: { format: 'date-time' } };
    case 'date':
      return { code: 'WRONG_FORMAT', params: { format: 'date' } };
  }
}

export function invalid(at: string, message: string, fault: FieldFault): Failure {
  return new Failure('INPUT_INVALID', `${at}: ${message}`, { errors: [{ at, message, ...fault }] });
}

/** Where a page ended: the values of the order's columns and the key. */
export interface ListPlace {
  readonly values: readonly unknown[];
  readonly key: string;
}

export function encodePlace(place: ListPlace): string {
  return Buffer.from(JSON.stringify([...place.values, place.key])).toString('base64url');
}

/** Stands for the place before the first row: `next` of a list that has none yet. */
export const START_OF_LIST = Buffer.from('[]').toString('base64url');

/** Errors: CURSOR_INVALID for what `encodePlace` did not make, under this order. */
export function decodePlace(text: string, types: readonly ColumnType[]): ListPlace {
  const parts = parsed(text);
  const key = parts?.at(-1);
  const values = parts?.slice(0, -1);
  if (typeof key !== 'string' || values?.length !== types.length) throw cursorInvalid();
  const canonical = values.map((value, index) =>
    value === null ? null : checked(value, types[index] ?? 'text'),
  );
  if (canonical.includes(undefined)) throw cursorInvalid();
  return { values: canonical, key: storableText(key) };
}

function parsed(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The declared order as far as a table has its columns. */
export function orderWithin(
  order: readonly { readonly column: string; readonly descending?: boolean }[],
  columns: Readonly<Record<string, ColumnType>>,
): readonly OrderBy[] {
  return order
    .filter(({ column }) => Object.hasOwn(columns, column))
    .map(({ column, descending = false }) => ({ column, descending }));
}
