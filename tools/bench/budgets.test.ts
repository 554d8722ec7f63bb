import { expect, test } from 'vitest';
import { verdictsOf } from './budgets.ts';

test('a figure at its limit is ok, one beyond it is short', () => {
  const result = { firstMs: 60_000, cleanMs: 3_001, afterKillMs: 15 };
  expect(verdictsOf('start', result).map(({ field, ok }) => [field, ok])).toEqual([
    ['firstMs', true],
    ['cleanMs', false],
    ['afterKillMs', true],
  ]);
});

test('a lower limit counts the other way', () => {
  expect(verdictsOf('scale', { ratio: 0.9 })[0]).toMatchObject({ ok: true, limit: '>= 0.9' });
  expect(verdictsOf('scale', { ratio: 0.89 })[0]).toMatchObject({ ok: false });
});

test('a figure that is missing is short', () => {
  expect(verdictsOf('append', {})).toEqual([
    { field: 'ratio', value: undefined, limit: '>= 10', ok: false },
  ]);
});
