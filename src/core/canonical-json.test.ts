import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

test('the order in which members were set does not matter', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe(
    canonicalJson({ a: true, b: [1, { c: 'x', d: null }] }),
  );
});

test('the order of an array does matter', () => {
  expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
});

test('a member without a value is as if it were not there', () => {
  expect(canonicalJson({ a: undefined })).toBe('{}');
});

test('what comes out is JSON of the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const parsed: unknown = JSON.parse(canonicalJson(value));
      expect(parsed).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('few members and many come in the same order, that of their UTF-16 code units', () => {
  const names = fc.uniqueArray(fc.string({ unit: 'grapheme' }), { maxLength: 60 });
  fc.assert(
    fc.property(names, (some) => {
      const written = canonicalJson(Object.fromEntries(some.map((name) => [name, 1])));
      const expected = some.toSorted().map((name) => `${JSON.stringify(name)}:1`);
      expect(written).toBe(`{${expected.join(',')}}`);
    }),
  );
});
