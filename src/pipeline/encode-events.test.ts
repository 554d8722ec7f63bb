import fc from 'fast-check';
import { expect, test } from 'vitest';
import { survivesJson } from './encode-events.ts';

test('what is said to survive is read back as it is', () => {
  const data = fc.anything({ withDate: true, withNullPrototype: true, withSparseArray: true });
  fc.assert(
    fc.property(data, (value) => {
      if (!survivesJson(value)) return;
      expect(JSON.parse(JSON.stringify(value))).toStrictEqual(value);
    }),
    { seed: 7, numRuns: 2_000 },
  );
});

test('every JSON value without minus zero survives', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const read: unknown = JSON.parse(JSON.stringify(value));
      expect(survivesJson(read)).toBe(true);
    }),
    { seed: 7, numRuns: 500 },
  );
});

class Point {
  readonly x = 1;
}

test.each([
  ['a member without a value', { a: undefined }],
  ['an item without a value', [undefined]],
  ['a hole', Array.from({ length: 2 }).concat([1]).slice(0, 1)],
  ['minus zero', { a: [-0] }],
  ['a date', { a: new Date(0) }],
  ['what is no number', { a: Number.NaN }],
  ['an instance of a class', { a: new Point() }],
  ['an object without a prototype', Object.create(null)],
  ['a large integer', { a: 1n }],
])('%s does not survive', (_name, value) => {
  expect(survivesJson(value)).toBe(false);
});
