import { expect, test } from 'vitest';
import { keptAfterErasure } from './kept.ts';

const summary = { visits: 1, spent: [], first_visit_at: null, last_visit_at: null };

test('G3: sales are named with the day until which they are kept, where there were any', () => {
  const [sales, erasure, ...others] = keptAfterErasure(summary, '2026-11-22T00:00:00.000Z');
  expect(sales).toMatchObject({ until: '2036-12-31' });
  expect(erasure).toMatchObject({ until: null });
  expect(others).toEqual([]);
  expect(keptAfterErasure(null, '2026-11-22T00:00:00.000Z')).toEqual([erasure]);
});
