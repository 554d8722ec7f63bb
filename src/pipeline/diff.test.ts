import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diff } from './diff.ts';
import type { FieldChange } from './pipeline.ts';

test('equal values have no changes', () => {
  const value = { a: 1, b: [{ c: null }], d: { e: 'x' } };
  expect(diff(value, structuredClone(value))).toEqual([]);
  fc.assert(fc.property(fc.jsonValue(), (any) => diff(any, structuredClone(any)).length === 0));
});

test('members are told by their pointers, in the order of their names', () => {
  expect(diff({ b: 1, a: 1, c: { d: 1 } }, { b: 2, c: { d: 2 }, e: null })).toEqual([
    { at: '/a', before: 1 },
    { at: '/b', before: 1, after: 2 },
    { at: '/c/d', before: 1, after: 2 },
    { at: '/e', after: null },
  ]);
});

test('a name with a slash or tilde is escaped as RFC 6901 has it', () => {
  expect(diff({ 'a/b~c': 1 }, { 'a/b~c': 2 })).toEqual([{ at: '/a~1b~0c', before: 1, after: 2 }]);
});

test('an item put in, taken out or changed is one change at its index', () => {
  expect(diff([1, 2, 3], [1, 9, 2, 3])).toEqual([{ at: '/1', after: 9 }]);
  expect(diff([1, 2, 3], [1, 3])).toEqual([{ at: '/1', before: 2 }]);
  expect(diff([1, 2, 3], [1, 2, 3, 4])).toEqual([{ at: '/3', after: 4 }]);
  expect(diff([{ a: 1 }, 2], [{ a: 2 }, 2])).toEqual([{ at: '/0/a', before: 1, after: 2 }]);
});

test('a change of kind is a change of the whole value', () => {
  expect(diff({ a: [] }, { a: {} })).toEqual([{ at: '/a', before: [], after: {} }]);
  expect(diff({ a: null }, { a: { b: 1 } })).toEqual([{ at: '/a', before: null, after: { b: 1 } }]);
  expect(diff(1, 'x')).toEqual([{ at: '', before: 1, after: 'x' }]);
});

test('different values always have a change, and only where they differ', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
      const changes = diff(before, after);
      const same = JSON.stringify(sorted(before)) === JSON.stringify(sorted(after));
      expect(changes.length === 0).toBe(same);
      for (const change of changes) expect(change.before).not.toEqual(change.after);
    }),
  );
});

test('objects are put right by their changes', () => {
  const record = fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.oneof(fc.nat(), fc.string()));
  fc.assert(
    fc.property(record, record, (before, after) => {
      expect(sorted(applied(before, diff(before, after)))).toEqual(sorted(after));
    }),
  );
});

test('very many changes are told as one', () => {
  const before = Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`k${i}`, 1]));
  const after = Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`k${i}`, 2]));
  expect(diff(before, after)).toEqual([{ at: '', before, after }]);
});

test('deep nesting is compared without exhausting the stack or the time', () => {
  const nested = (leaf: number): unknown => {
    let value: unknown = leaf;
    for (let depth = 0; depth < 3_000; depth += 1) value = [value, 0];
    return value;
  };
  const changes = diff(nested(1), nested(2));
  expect(changes).toHaveLength(1);
  expect(diff(nested(1), nested(1))).toEqual([]);
});

function applied(before: Readonly<Record<string, unknown>>, changes: readonly FieldChange[]) {
  const result: Record<string, unknown> = { ...before };
  for (const { at, after } of changes)
    if (after === undefined) delete result[at.slice(1)];
    else result[at.slice(1)] = after;
  return result;
}

/** Members in order of their names, minus zero as zero: as JSON has it. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (Object.is(value, -0)) return 0;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
