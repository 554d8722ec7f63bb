import { expect, it } from 'vitest';
import { createBufferBudget } from './buffer-budget.ts';

it('one slow reader may have a mebibyte, and less once all together have too much', () => {
  const budget = createBufferBudget(3_000_000);
  const readers = [1, 2, 3].map(() => budget.share());
  expect(readers.map((reader) => reader.allows(1_000_000))).toEqual([true, true, true]);
  const late = budget.share();
  expect(late.allows(70_000)).toBe(false);
  expect(late.allows(60_000)).toBe(true);
  readers[0]?.release();
  expect(late.allows(70_000)).toBe(true);
  expect(late.allows(1_100_000)).toBe(false);
});
