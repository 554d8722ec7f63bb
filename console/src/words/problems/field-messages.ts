/** The faults of single fields as sentences in the reader's language. Pure. */
import type { InputError } from '../../../../src/client/client.ts';
import { say, type Language } from '../define-words.ts';
import { formatNumber } from '../format.ts';
import { words } from './words-fields.ts';

type Key = keyof typeof words.en;

/** What says most about a field first: that none of several forms fits says least. */
const LEAST: readonly string[] = ['NO_SHAPE_FITS', 'EXCLUDED'];
/** Codes whose limit is counted in something that has a plural. */
const COUNTED = /^TOO_(?:SHORT|LONG|FEW_ITEMS|MANY_ITEMS|FEW_FIELDS|MANY_FIELDS)$/;

/** A value that a field may have, in words; undefined leaves it as it is. */
export type ValueWords = (at: string, value: string) => string | undefined;

/** One sentence for each field, by its JSON Pointer; the server's own where a fault has no code with words. */
export function fieldMessages(
  errors: readonly InputError[],
  language: Language,
  valueWords: ValueWords = () => undefined,
): ReadonlyMap<string, string> {
  const found = new Map<string, InputError>();
  for (const error of errors) {
    const before = found.get(error.at);
    if (before === undefined || isVague(before)) found.set(error.at, error);
  }
  return new Map(
    [...found].map(([at, error]) => [at, sentenceOf(error, language, valueWords) ?? error.message]),
  );
}

function isVague({ code = '' }: InputError): boolean {
  return LEAST.includes(code);
}

/** undefined for a fault without a code that has words, and for one whose values are missing. */
export function sentenceOf(
  { at, code, params = {} }: InputError,
  language: Language,
  valueWords: ValueWords = () => undefined,
): string | undefined {
  if (code === undefined || !isKey(code)) return undefined;
  const { limit } = params;
  if (COUNTED.test(code) && typeof limit !== 'number') return undefined;
  const values = {
    ...(typeof limit === 'number' ? { count: limit } : {}),
    limit: written(limit, language),
    ...plainValues(params, language),
    type: oneOf(
      listOf(params['type']).map((type) => named(`type-${type}`, language) ?? type),
      language,
    ),
    format:
      named(`format-${String(params['format'])}`, language) ??
      named('format-other', language) ??
      '',
    allowed: listOf(params['allowed'])
      .map((value) => valueWords(at, value) ?? value)
      .join(', '),
  };
  return say(words, language, { key: code, values });
}

function isKey(key: string): key is Key {
  return Object.hasOwn(words.en, key);
}

function named(key: string, language: Language): string | undefined {
  return isKey(key) ? say(words, language, { key }) : undefined;
}

function written(value: unknown, language: Language): string {
  if (typeof value === 'number') return formatNumber(value, language);
  return typeof value === 'string' ? value : '';
}

/** Values that stand in a sentence as they are. */
function plainValues(params: NonNullable<InputError['params']>, language: Language) {
  const { multipleOf, min, max, line, other, others, cells, columns, example } = params;
  return {
    multipleOf: written(multipleOf, language),
    min: written(min, language),
    max: written(max, language),
    line: written(line, language),
    other: written(other, language),
    others: listOf(others).join(', '),
    cells: written(cells, language),
    columns: written(columns, language),
    example: written(example, language),
  };
}

/** Types of JSON come as one word, several with commas, or a list. */
function listOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' ? value.split(',') : [];
}

function oneOf(names: readonly string[], language: Language): string {
  const last = names.at(-1) ?? '';
  if (names.length < 2) return last;
  const some = names.slice(0, -1).join(', ');
  return say(words, language, { key: 'or', values: { some, last } });
}
