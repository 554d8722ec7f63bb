import { expect, test } from 'vitest';
import { judge, type Received } from './judge.ts';

const SECOND_US = 1_000_000;

function at(atUs: number, more: Partial<Received> = {}): Received {
  const id = `m${atUs}`;
  return { phoneNumberId: '1', to: id, callbackData: id, wamid: id, atUs, sentAtUs: null, ...more };
}

function paced(count: number, everyUs: number): Received[] {
  return Array.from({ length: count }, (_, index) => at(index * everyUs));
}

const NO_STALLS = { stalls: [] };

test('an even pace just below the budget breaks nothing', () => {
  const verdict = judge(paced(1_000, 10_310), { budget: 100, ...NO_STALLS });
  expect(verdict).toMatchObject({ budgetViolations: 0, maxPerSecond: 97, doubles: [] });
});

test('a second with one too many is found wherever it begins', () => {
  const crowded = [
    ...paced(300, 10_310),
    at(1_499_999),
    at(1_500_001),
    at(1_500_002),
    at(1_500_003),
  ];
  expect(judge(crowded, { budget: 100, ...NO_STALLS }).budgetViolations).toBeGreaterThan(0);
});

test('what arrived in a heap after a stall is judged by the stamps of the sender', () => {
  const heap = Array.from({ length: 150 }, (_, index) =>
    at(SECOND_US + index, { sentAtUs: index * 10_310 }),
  );
  const stalls = [{ fromUs: 0, toUs: SECOND_US }];
  const excused = judge(heap, { budget: 100, stalls });
  expect(excused.budgetViolations).toBe(0);
  expect(excused.stalledWindows.length).toBeGreaterThan(0);
  const fast = heap.map((each, index) => ({ ...each, sentAtUs: index * 1_000 }));
  expect(judge(fast, { budget: 100, stalls }).budgetViolations).toBeGreaterThan(0);
  expect(judge(heap, { budget: 100, ...NO_STALLS }).budgetViolations).toBeGreaterThan(0);
});

test('the 46th message to one recipient at once is one too many, after six seconds it is not', () => {
  const to = { to: 'same' };
  const burst = Array.from({ length: 45 }, (_, index) => at(index, to));
  expect(judge([...burst, at(100, to)], { budget: 1_000, ...NO_STALLS }).pairViolations).toBe(1);
  const later = [...burst, at(6 * SECOND_US, to)];
  expect(judge(later, { budget: 1_000, ...NO_STALLS }).pairViolations).toBe(0);
});

test('a message that came twice is named', () => {
  const twice = [at(0), at(10), at(20, { callbackData: 'm0' })];
  expect(judge(twice, { budget: 10, ...NO_STALLS }).doubles).toEqual(['m0']);
});
