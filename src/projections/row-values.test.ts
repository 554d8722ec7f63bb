import { expect, test } from 'vitest';
import type { ColumnType } from '../core/read-model.ts';
import { RowInvalid } from './storable-json.ts';
import { checkedKey, microsOfTime, rowShapeOf, timeText } from './row-values.ts';

function canonical(type: ColumnType, value: unknown): unknown {
  return rowShapeOf({ it: type }).canonical({ it: value }, null)['it'];
}

test.each<[ColumnType, unknown, unknown]>([
  ['text', 'a\0b\ud800c', 'a\ufffdb\ufffdc'],
  ['integer', -0, 0],
  ['bigint', 12n, 12],
  ['double precision', -0, 0],
  ['timestamptz', '2026-11-21T10:30:00+01:00', '2026-11-21T09:30:00.000Z'],
  ['timestamptz', '2026-11-21T09:30:00.1234567Z', '2026-11-21T09:30:00.123456Z'],
  ['timestamptz', '2026-12-31T23:59:60Z', '2026-12-31T23:59:59.000Z'],
  ['date', '2028-02-29', '2028-02-29'],
  ['jsonb', { bb: 1, a: { z: undefined, y: 'x\0' } }, { a: { y: 'x\ufffd' }, bb: 1 }],
  ['jsonb', [undefined, 1], [null, 1]],
  ['jsonb', { a: [{ b: -0 }], bb: -0 }, { a: [{ b: 0 }], bb: 0 }],
  ['jsonb', { b: 1, aa: [{ cc: 1, d: 2 }] }, { b: 1, aa: [{ d: 2, cc: 1 }] }],
  ['jsonb', { é: 1, aa: 2, z: { zz: 1, é: 2 } }, { z: { zz: 1, é: 2 }, aa: 2, é: 1 }],
  ['jsonb', JSON.parse('{"__proto__":1,"a":2}'), JSON.parse('{"a":2,"__proto__":1}')],
  ['jsonb', new Date(0), {}],
  ['text', undefined, null],
])('%s, case %#, is held as it comes back', (type, value, held) => {
  expect(canonical(type, value)).toEqual(held);
  expect(JSON.stringify(canonical(type, value))).toBe(JSON.stringify(held));
});

test('JSON that is stored as it is is not copied', () => {
  const value = { amount: 1, currency: 'EUR', lines: [{ id: 'a', tags: ['x'] }] };
  const sorted = { lines: value.lines, amount: 1, currency: 'EUR' };
  expect(canonical('jsonb', sorted)).toBe(sorted);
  expect(canonical('jsonb', value)).toEqual(sorted);
});

test('a row that is canonical as it was given is not copied, any other is', () => {
  const shape = rowShapeOf({ name: 'text', tags: 'jsonb', count: 'integer' });
  const given = { name: 'a', tags: ['x'], count: 1 };
  const row = shape.canonical(given, null);
  expect(row).toBe(given);
  const next = { ...given, count: 2 };
  expect(shape.canonical(next, row)).toBe(next);
  for (const other of [
    { name: 'a', tags: ['x'] },
    { ...given, count: undefined },
    { ...given, count: -0 },
    { ...given, tags: [undefined] },
    { ...given, name: 'a\0' },
  ]) {
    const made = shape.canonical({ ...other }, null);
    expect(Object.keys(made).toSorted()).toEqual(['count', 'name', 'tags']);
    expect(JSON.stringify(made)).not.toMatch(/undefined|\\u0000/);
  }
  const inherited: unknown = Object.create({ count: 3 });
  // safe because a row is read by name, and this one inherits a column
  const odd = Object.assign(inherited as Record<string, unknown>, { name: 'a', tags: ['x'] });
  expect({ ...shape.canonical(odd, null) }).toEqual({ name: 'a', tags: ['x'], count: 3 });
});

test('a value that is nested deeply and in no order is gone through once', () => {
  let value: unknown = 1;
  for (let depth = 0; depth < 60; depth += 1) value = { bb: value, a: depth };
  const text = JSON.stringify(canonical('jsonb', value));
  expect(text.startsWith('{"a":59,"bb":{"a":58')).toBe(true);
});

test('a row whose every value is what it was is the row before', () => {
  const shape = rowShapeOf({ name: 'text', tags: 'jsonb', at: 'timestamptz', none: 'text' });
  const at = '2026-11-21T09:30:00.000Z';
  const before = shape.canonical({ name: 'a', tags: [{ bb: 1, c: ['x'] }], at }, null);
  const again = { name: 'a', tags: [{ c: ['x'], bb: 1 }], at: '2026-11-21T10:30:00+01:00' };
  expect(shape.canonical(again, before)).toBe(before);
  for (const [name, value] of [
    ['name', 'b'],
    ['name', null],
    ['none', ''],
    ['tags', [{ c: ['x'], bb: 2 }]],
    ['tags', [{ c: ['x'] }]],
    ['tags', [{ c: { 0: 'x' }, bb: 1 }]],
    ['tags', []],
    ['tags', null],
    ['at', '2026-11-21T09:30:00.001Z'],
  ] as const) {
    const changed = shape.canonical({ ...again, [name]: value }, before);
    expect(changed).not.toBe(before);
    expect(changed).toEqual(shape.canonical({ ...again, [name]: value }, null));
  }
});

test.each<[ColumnType, unknown]>([
  ['text', 1],
  ['integer', 2 ** 31],
  ['integer', 0.5],
  ['bigint', 2 ** 53],
  ['double precision', Number.NaN],
  ['boolean', 'true'],
  ['timestamptz', '2026-11-21'],
  ['timestamptz', '2026-02-30T00:00:00Z'],
  ['date', '2026-02-30'],
  ['date', '0000-01-01'],
  ['jsonb', () => 1],
  ['jsonb', { a: Number.POSITIVE_INFINITY }],
])('%s refuses case %#', (type, value) => {
  expect(() => canonical(type, value)).toThrow(RowInvalid);
});

test('an undeclared column is a mistake, not lost in silence', () => {
  expect(() => rowShapeOf({ it: 'text' }).canonical({ it: 'a', that: 'b' }, null)).toThrow(
    'that is no declared column',
  );
});

test('keys are short plain text', () => {
  expect(checkedKey('k'.repeat(512))).toHaveLength(512);
  for (const wrong of ['', 'k'.repeat(513), 'a\0', '\ud800', 7, null])
    expect(() => checkedKey(wrong)).toThrow(RowInvalid);
});

test('times are told apart to the microsecond, before the epoch too', () => {
  for (const micros of [0n, 1n, -1n, 999n, 1_795_253_400_123_456n])
    expect(microsOfTime(timeText(micros))).toBe(micros);
});
