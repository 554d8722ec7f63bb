import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../words/define-words.ts';
import { sentenceOf } from '../../words/problems/field-messages.ts';
import { detailFault, detailParts } from './detail-faults.ts';

const ajv = new Ajv2020({ allErrors: false, strict: false });
ajvFormats.default(ajv, { mode: 'fast' });

/** As the server writes it for a dead letter. */
function detailOf(schema: object, value: unknown): string {
  const validate = ajv.compile({ type: 'object', properties: { a: schema } });
  validate({ a: value });
  const [fault] = validate.errors ?? [];
  return `${fault?.instancePath === '' ? 'The data' : (fault?.instancePath ?? '')} ${fault?.message ?? ''}.`;
}

describe('the detail of a dead letter', () => {
  test.each<[object, unknown, string]>([
    [{ type: 'object' }, 1, 'WRONG_TYPE'],
    [{ type: ['string', 'null'] }, 1, 'WRONG_TYPE'],
    [{ minimum: 1 }, 0, 'TOO_SMALL'],
    [{ maximum: 1.5 }, 2, 'TOO_GREAT'],
    [{ exclusiveMinimum: -1 }, -1, 'NOT_ABOVE'],
    [{ exclusiveMaximum: 1 }, 1, 'NOT_BELOW'],
    [{ multipleOf: 0.5 }, 0.3, 'NOT_A_MULTIPLE'],
    [{ minLength: 2 }, 'a', 'TOO_SHORT'],
    [{ maxLength: 1 }, 'ab', 'TOO_LONG'],
    [{ minItems: 2 }, [], 'TOO_FEW_ITEMS'],
    [{ maxItems: 1 }, [1, 2], 'TOO_MANY_ITEMS'],
    [{ minProperties: 1 }, {}, 'TOO_FEW_FIELDS'],
    [{ maxProperties: 0 }, { b: 1 }, 'TOO_MANY_FIELDS'],
    [{ additionalProperties: false }, { b: 1 }, 'NOT_ACCEPTED'],
    [{ uniqueItems: true, maxItems: 9 }, [1, 1], 'REPEATED_ITEMS'],
    [{ format: 'date' }, 'x', 'WRONG_FORMAT'],
    [{ pattern: '^a$' }, 'b', 'WRONG_FORM'],
    [{ oneOf: [{}, {}] }, 1, 'NO_SHAPE_FITS'],
    [{ not: {} }, 1, 'EXCLUDED'],
    [{ enum: ['b'] }, 1, 'UNUSABLE'],
    [{ const: 'b' }, 1, 'UNUSABLE'],
    [{ required: ['b'] }, {}, 'REQUIRED'],
  ])('of %j against %j is told in every language', (schema, value, code) => {
    const fault = detailFault(detailOf(schema, value));
    expect(fault).toMatchObject({ at: code === 'REQUIRED' ? '/a/b' : '/a', code });
    for (const language of LANGUAGES)
      expect(sentenceOf(fault!, language)).toMatch(/^\p{Lu}[^{}]+\.$/u);
  });

  test('may name the whole of the data, and rules that do not hold', () => {
    expect(detailFault('The data must be object.')).toMatchObject({ at: '', code: 'WRONG_TYPE' });
    expect(detailParts('the rule "sums", "dates" does not hold.')).toEqual({
      fault: null,
      rules: ['sums', 'dates'],
    });
    const both = detailParts('/a must be >= 1; the rule "sums" does not hold.');
    expect(both).toMatchObject({ fault: { at: '/a', code: 'TOO_SMALL' }, rules: ['sums'] });
  });

  test('of any other kind stays as it is', () => {
    for (const detail of [
      '',
      'The event has no JSON data.',
      '/a is odd.',
      'odd; the rule "x" does not hold.',
    ])
      expect(detailParts(detail)).toBeNull();
  });
});
