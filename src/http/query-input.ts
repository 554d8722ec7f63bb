/** From query parameters to values. A parameter that cannot be used is refused by name, never guessed at. */
import { Failure } from '../core/errors.ts';
import type { FieldCode, FieldFault } from '../core/field-faults.ts';
import type { TypeFilter } from '../log/log.ts';
import type { Parameter } from './route.ts';

/** Longer than any attribute a filter could match in practice, far below what a request line may have. */
const VALUE_LENGTH_MAX = 4096;

/** The message is for programs and people who read English; screens say the code. */
export function invalid(at: string, message: string, fault: FieldCode | FieldFault): Failure {
  const said = typeof fault === 'string' ? { code: fault } : fault;
  return new Failure('INPUT_INVALID', `${at}: ${message}`, { errors: [{ at, message, ...said }] });
}

export const NO_MOMENT: FieldFault = { code: 'WRONG_FORMAT', params: { format: 'date-time' } };
export const NO_DATE: FieldFault = { code: 'WRONG_FORMAT', params: { format: 'date' } };
export const NO_LANGUAGE: FieldFault = { code: 'WRONG_FORMAT', params: { format: 'language' } };
export const NO_ID: FieldFault = { code: 'WRONG_FORMAT', params: { format: 'uuid' } };

export function notListed(allowed: readonly string[]): FieldFault {
  return { code: 'NOT_LISTED', params: { allowed } };
}

export function notWhole(bounds: { readonly min: number; readonly max: number }): FieldFault {
  return { code: 'NOT_WHOLE', params: bounds };
}

const NO_VALUES: ReadonlyMap<string, string> = new Map();

/**
 * The declared parameters of a parsed query string. Errors: INPUT_INVALID for unknown, repeated or empty ones, and for those
 * that are longer than their schema says or not among its values.
 */
export function queryOf(raw: unknown, declared: readonly Parameter[]): ReadonlyMap<string, string> {
  if (typeof raw !== 'object' || raw === null) return NO_VALUES;
  const given = Object.entries(raw);
  if (given.length === 0) return NO_VALUES;
  const values = new Map<string, string>();
  for (const [name, value] of given) {
    const parameter = declaredAs(name, declared);
    if (parameter === undefined)
      throw invalid(name.slice(0, 64), 'is not a parameter of this address.', 'NOT_ACCEPTED');
    if (typeof value !== 'string') throw invalid(name, 'must be given once.', 'GIVEN_TWICE');
    if (value === '') throw invalid(name, 'must not be empty.', 'EMPTY');
    if (value.length > VALUE_LENGTH_MAX || value.includes('\0'))
      throw invalid(name, 'cannot be used.', 'UNUSABLE');
    const refusal = refusalOf(parameter, value);
    if (refusal !== null) throw refusal;
    values.set(name, value);
  }
  return values;
}

function declaredAs(name: string, declared: readonly Parameter[]): Parameter | undefined {
  return declared.find((parameter) => parameter.in === 'query' && parameter.name === name);
}

/** What a schema says of any text, so that no route has to: the rest is read and judged by whoever uses the value. */
function refusalOf({ name, schema }: Parameter, value: string): Failure | null {
  // safe because the keywords of JSON Schema have these types
  const { maxLength: limit, enum: allowed } = schema as {
    readonly maxLength?: number;
    readonly enum?: readonly string[];
  };
  // A schema counts characters, and no text has more of them than code units.
  if (limit !== undefined && value.length > limit && Array.from(value).length > limit)
    return invalid(name, `must have at most ${limit} characters.`, {
      code: 'TOO_LONG',
      params: { limit },
    });
  if (allowed === undefined || allowed.includes(value)) return null;
  return invalid(name, `must be one of ${allowed.join(', ')}.`, notListed(allowed));
}

/**
 * Of a page: what others added to a link, such as a mark of where it was shown, is passed over, and so is what is repeated,
 * empty or cannot be used.
 */
export function pageQueryOf(
  raw: unknown,
  declared: readonly Parameter[],
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  if (typeof raw !== 'object' || raw === null) return values;
  for (const [name, value] of Object.entries(raw)) {
    const parameter = declaredAs(name, declared);
    if (parameter === undefined || typeof value !== 'string' || value === '') continue;
    if (value.length > VALUE_LENGTH_MAX || value.includes('\0')) continue;
    if (refusalOf(parameter, value) === null) values.set(name, value);
  }
  return values;
}

export interface PageLimits {
  readonly standard: number;
  readonly max: number;
}

/** `after` of a listing: where the page before ended. */
export const AFTER_PAGE: Parameter = {
  name: 'after',
  in: 'query',
  description: '`next` of the page before.',
  schema: { type: 'string' },
};

/** `limit` of a listing, which `limitOf` reads; `items` says of what. */
export function limitParameter(items: string, { standard, max }: PageLimits): Parameter {
  return {
    name: 'limit',
    in: 'query',
    description: `Most ${items} of a page.`,
    schema: { type: 'integer', minimum: 1, maximum: max, default: standard },
  };
}

/** `order` of a listing, which `isNewestFirst` reads. */
export const ORDER: Parameter = {
  name: 'order',
  in: 'query',
  description:
    '`oldest` or `newest` first. `after` then means what comes next in this order; a cursor belongs to the order it was given in.',
  schema: { type: 'string', enum: ['oldest', 'newest'], default: 'oldest' },
  example: 'newest',
};

/** Errors: INPUT_INVALID for another word. */
export function isNewestFirst(query: ReadonlyMap<string, string>): boolean {
  const order = query.get('order') ?? 'oldest';
  if (order !== 'oldest' && order !== 'newest')
    throw invalid('order', 'must be oldest or newest.', notListed(['oldest', 'newest']));
  return order === 'newest';
}

/** A whole number from 1 to `max`. */
export function limitOf(query: ReadonlyMap<string, string>, bounds: PageLimits): number {
  const text = query.get('limit');
  if (text === undefined) return bounds.standard;
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > bounds.max)
    throw invalid(
      'limit',
      `must be a whole number from 1 to ${bounds.max}.`,
      notWhole({ min: 1, max: bounds.max }),
    );
  return limit;
}

/** `a.b` is that type alone, `a.*` every type that begins with `a.`. */
export function typeFilterOf(text: string | undefined): TypeFilter | undefined {
  if (text === undefined) return undefined;
  return text.endsWith('.*') && text.length > 2 ? { prefix: text.slice(0, -1) } : { exact: text };
}

const RFC_3339 =
  /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(?:[Zz]|([+ -])(\d{2}):(\d{2}))$/;

/**
 * Microseconds since the epoch of an RFC 3339 time with zone; digits beyond microseconds are cut. A `+` that was not
 * percent-encoded arrives as a space and is taken as what was meant.
 */
export function microsOf(query: ReadonlyMap<string, string>, name: string): bigint | undefined {
  const text = query.get(name);
  if (text === undefined) return undefined;
  const match = RFC_3339.exec(text);
  const millis = match === null ? Number.NaN : Date.parse(`${match[1]}T${match[2]}Z`);
  const hours = Number(match?.[5] ?? 0);
  const minutes = Number(match?.[6] ?? 0);
  // Date.parse rolls 30 February over; writing it back shows that.
  const real =
    !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(match?.[1] ?? '?');
  if (!real || hours > 23 || minutes > 59)
    throw invalid(
      name,
      'must be an RFC 3339 time with zone, such as 2026-11-21T09:30:00Z.',
      NO_MOMENT,
    );
  const offsetMinutes = (match?.[4] === '-' ? -1 : 1) * (hours * 60 + minutes);
  const fraction = BigInt((match?.[3] ?? '').slice(0, 6).padEnd(6, '0'));
  return BigInt(millis - offsetMinutes * 60_000) * 1000n + fraction;
}
