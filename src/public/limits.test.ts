import { expect, test } from 'vitest';
import { createPublicLimits, LINKS_TO_ONE } from './limits.ts';

test('nobody is sent more links than a few, from wherever they are asked for', () => {
  let nowMs = Date.parse('2026-11-22T12:00:00Z');
  const limits = createPublicLimits({ nowMs: () => nowMs });
  const { times, minutes } = LINKS_TO_ONE;
  const asked = Array.from({ length: times + 2 }, () => limits.linkFor('acme/ana'));
  expect(asked.filter(Boolean)).toHaveLength(times);
  expect(limits.linkFor('acme/jan')).toBe(true);
  expect(limits.linkFor('other/ana')).toBe(true);
  nowMs += 2 * minutes * 60_000;
  expect(limits.linkFor('acme/ana')).toBe(true);
});
