/**
 * Rows in one canonical form: what a fold makes in memory equals, member by member, what it reads back from the
 * database. Without that a fold would depend on where chunks end, and live rows would differ from replayed ones (L9).
 */
import type { ColumnType, Row } from '../core/read-model.ts';
import { isPlain, RowInvalid, sameJson, storableJson, storableText } from './storable-json.ts';

/** Longer keys do not fit into an index page beside bucket and tenant (PostgreSQL allows about 2,700 bytes). */
export const KEY_LENGTH_MAX = 512;

export interface RowShape {
  readonly columns: readonly string[];
  /**
   * The row in canonical form, every declared column present. Values that are the same objects as in `previous`, which
   * must be canonical, are not looked at again. When all are as they were it is `previous` itself, which need not be
   * written; when nothing about it has to change it is the row that was given. Throws RowInvalid.
   */
  canonical(row: Row, previous: Row | null): Row;
}

export function rowShapeOf(types: Readonly<Record<string, ColumnType>>): RowShape {
  const columns = Object.entries(types).map(([name, type]) => ({ name, to: CANONICAL[type] }));
  const names = columns.map(({ name }) => name);
  const blank: Row = Object.fromEntries(names.map((name) => [name, null]));
  /** With the first columns of the row; the others are still to come. */
  const copyOf = (row: Row, count: number): Record<string, unknown> => {
    const made: Record<string, unknown> = { ...blank };
    for (const name of names.slice(0, count)) made[name] = row[name];
    return made;
  };
  return {
    columns: names,
    canonical(row, previous) {
      for (const name in row)
        if (!Object.hasOwn(types, name)) throw new RowInvalid(`${name} is no declared column`);
      // Mostly it is canonical as it was given. Else a copy is made, with room for all columns at once.
      let made: Record<string, unknown> | null = isPlain(row) ? null : { ...blank };
      let isChanged = previous === null;
      let index = -1;
      for (const { name, to } of columns) {
        index += 1;
        const value = row[name];
        const before = previous?.[name] ?? null;
        let kept: unknown = value ?? null;
        if (kept !== null && kept !== before) kept = to(kept, name);
        // Of a row that is given back as it came nobody asks any more.
        const isAsked = made !== null || !isChanged;
        const isSame = kept === before || (isAsked && sameJson(kept, before));
        isChanged ||= !isSame;
        if (made === null && !Object.is(kept, value)) made = copyOf(row, index);
        if (made !== null) made[name] = isSame ? before : kept;
      }
      return isChanged || previous === null ? (made ?? row) : previous;
    },
  };
}

/** The key, when it can be one. Throws RowInvalid. */
export function checkedKey(key: unknown): string {
  if (typeof key !== 'string' || key === '' || key.length > KEY_LENGTH_MAX)
    throw new RowInvalid(`a key must be a text of 1 to ${KEY_LENGTH_MAX} characters`);
  if (!key.isWellFormed() || key.includes('\0')) throw new RowInvalid('a key must be plain text');
  return key;
}

type ToCanonical = (value: unknown, column: string) => unknown;

const INT32_MAX = 2 ** 31 - 1;

const CANONICAL: Readonly<Record<ColumnType, ToCanonical>> = {
  text: (value, column) => storableText(expected(value, 'string', column)),
  integer(value, column) {
    const number = integer(value, column);
    if (number > INT32_MAX || number < -INT32_MAX - 1)
      throw new RowInvalid(`${column} is beyond 32 bits`);
    return number;
  },
  bigint: integer,
  'double precision'(value, column) {
    const number = expected(value, 'number', column);
    if (!Number.isFinite(number)) throw new RowInvalid(`${column} is not finite`);
    // JSON has no negative zero.
    return number === 0 ? 0 : number;
  },
  boolean: (value, column) => expected(value, 'boolean', column),
  timestamptz(value, column) {
    const text = expected(value, 'string', column);
    // What our own clocks write is canonical already.
    if (isWhole(text)) return text;
    const micros = microsOfTime(text);
    if (micros === null) throw new RowInvalid(`${column} is not an RFC 3339 time with zone`);
    return timeText(micros);
  },
  date(value, column) {
    const text = expected(value, 'string', column);
    if (!isDate(text)) throw new RowInvalid(`${column} is not a date such as 2026-11-21`);
    return text;
  },
  jsonb: (value) => storableJson(value),
};

interface Primitives {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
}

function expected<Name extends keyof Primitives>(
  value: unknown,
  type: Name,
  column: string,
): Primitives[Name] {
  if (typeof value !== type) throw new RowInvalid(`${column} is not a ${type}`);
  // safe because typeof was just compared with the name of the type
  return value as Primitives[Name];
}

function integer(value: unknown, column: string): number {
  const number = typeof value === 'bigint' ? Number(value) : expected(value, 'number', column);
  if (!Number.isSafeInteger(number)) throw new RowInvalid(`${column} is not a whole number`);
  return number === 0 ? 0 : number;
}

const TIME =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** Microseconds since the epoch of an RFC 3339 time; digits beyond are cut. Null when it is none. */
export function microsOfTime(text: string): bigint | null {
  const match = TIME.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction = '', sign, hours, minutes] = match;
  // A leap second counts as the second before it.
  const seconds = second === '60' ? '59' : second;
  const millis = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${seconds}Z`);
  if (Number.isNaN(millis) || !isDate(`${year}-${month}-${day}`)) return null;
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1);
  return BigInt(millis - offset * 60_000) * 1000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'));
}

const WHOLE_LENGTH = '2026-11-21T09:30:00.000Z'.length;

/** Days that every month has: the others are left to Date, which takes eight times as long to read and write one. */
const DAY_OF_ANY_MONTH = '(?!0000)\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])';
const PLAIN_DAY = new RegExp(`^${DAY_OF_ANY_MONTH}$`);
const PLAIN_TIME = new RegExp(
  `^${DAY_OF_ANY_MONTH}T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d\\.\\d{3}Z$`,
);

/** Whether it is a time in UTC with milliseconds, as `timeText` would write it. */
function isWhole(text: string): boolean {
  if (PLAIN_TIME.test(text)) return true;
  if (text.length !== WHOLE_LENGTH || text.startsWith('0000')) return false;
  const millis = Date.parse(text);
  return !Number.isNaN(millis) && new Date(millis).toISOString() === text;
}

/** RFC 3339 in UTC: with milliseconds, or with microseconds where they are not 0. */
export function timeText(micros: bigint): string {
  const rest = ((micros % 1000n) + 1000n) % 1000n;
  const text = new Date(Number((micros - rest) / 1000n)).toISOString();
  return rest === 0n ? text : `${text.slice(0, -1)}${String(rest).padStart(3, '0')}Z`;
}

/** Date.parse rolls 30 February over; writing it back shows that. Year 0 is none in PostgreSQL. */
function isDate(text: string): boolean {
  if (PLAIN_DAY.test(text)) return true;
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text.startsWith('0000')) return false;
  const millis = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(text);
}
