/**
 * Why an event was refused, as faults that have words: a dead letter keeps the sentence of the validator (ajv), whose
 * wording is fixed by the kind of fault. What no pattern knows stays as it is. Pure.
 */
import type { InputError } from '../../../../src/client/client.ts';

type Params = NonNullable<InputError['params']>;
type Reader = readonly [
  pattern: RegExp,
  fault: (found: readonly string[]) => readonly [code: string, params?: Params],
];

const limit = (text: string | undefined): Params => ({ limit: Number(text) });

const READERS: readonly Reader[] = [
  [/^must be ([a-z]+(?:,[a-z]+)*)$/, ([, type = '']) => ['WRONG_TYPE', { type }]],
  [/^must be >= (-?[\d.]+)$/, ([, n]) => ['TOO_SMALL', limit(n)]],
  [/^must be <= (-?[\d.]+)$/, ([, n]) => ['TOO_GREAT', limit(n)]],
  [/^must be > (-?[\d.]+)$/, ([, n]) => ['NOT_ABOVE', limit(n)]],
  [/^must be < (-?[\d.]+)$/, ([, n]) => ['NOT_BELOW', limit(n)]],
  [/^must be multiple of ([\d.]+)$/, ([, n]) => ['NOT_A_MULTIPLE', { multipleOf: Number(n) }]],
  [/^must NOT have fewer than (\d+) characters$/, ([, n]) => ['TOO_SHORT', limit(n)]],
  [/^must NOT have more than (\d+) characters$/, ([, n]) => ['TOO_LONG', limit(n)]],
  [/^must NOT have fewer than (\d+) items$/, ([, n]) => ['TOO_FEW_ITEMS', limit(n)]],
  [/^must NOT have more than (\d+) items$/, ([, n]) => ['TOO_MANY_ITEMS', limit(n)]],
  [/^must NOT have fewer than (\d+) properties$/, ([, n]) => ['TOO_FEW_FIELDS', limit(n)]],
  [/^must NOT have more than (\d+) properties$/, ([, n]) => ['TOO_MANY_FIELDS', limit(n)]],
  [/^must NOT have additional properties$/, () => ['NOT_ACCEPTED']],
  [/^must NOT have duplicate items/, () => ['REPEATED_ITEMS']],
  [/^must match format "([\w-]+)"$/, ([, format = '']) => ['WRONG_FORMAT', { format }]],
  [/^must match pattern /, () => ['WRONG_FORM']],
  [/^must match (?:a schema in anyOf|exactly one schema in oneOf)$/, () => ['NO_SHAPE_FITS']],
  [/^must NOT be valid$/, () => ['EXCLUDED']],
  [/^must be equal to (?:one of the allowed values|constant)$/, () => ['UNUSABLE']],
];
const MISSING = /^must have required property '(.+)'$/;

/** Null for a sentence that is of no known kind, such as that of a rule that does not hold. */
export function detailFault(detail: string): InputError | null {
  const [, place = '', said = ''] = /^(The data|\/\S*) (.+)\.$/.exec(detail) ?? [];
  const at = place === 'The data' ? '' : place;
  const missing = MISSING.exec(said)?.[1];
  if (missing !== undefined) return { at: `${at}/${missing}`, message: said, code: 'REQUIRED' };
  for (const [pattern, fault] of READERS) {
    const found = pattern.exec(said);
    if (found === null) continue;
    const [code, params] = fault(found);
    return { at, message: said, code, ...(params === undefined ? {} : { params }) };
  }
  return null;
}

/** What a detail is made of: at most one fault of the data, and the rules that do not hold. Null for any other text. */
export function detailParts(
  detail: string,
): { readonly fault: InputError | null; readonly rules: readonly string[] } | null {
  const [, before = '', names = ''] =
    /^(?:(.+); )?the rule "(.+)" does not hold\.$/.exec(detail) ?? [];
  const rules = names === '' ? [] : names.split('", "');
  const fault = detailFault(rules.length === 0 ? detail : `${before}.`);
  const isWhole = fault !== null || (rules.length > 0 && before === '');
  return isWhole ? { fault, rules } : null;
}
