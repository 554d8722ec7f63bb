import { expect, test } from 'vitest';
import { batchSummary, isBatchAnswerWhole, singleSummary } from './summary.ts';

const results = [
  { index: 0, status: 'created', position: '1' },
  { index: 1, status: 'duplicate', position: '1' },
  { index: 2, status: 'conflict', code: 'EVENT_CONFLICT' },
];
const counts = { accepted: 1, duplicates: 1, rejected: 1 };
const body = (value: unknown) => Buffer.from(JSON.stringify(value));

test('counts are read wherever they stand in the answer', () => {
  expect(batchSummary(body({ ...counts, results }))).toEqual(counts);
  expect(batchSummary(body({ results, ...counts }))).toEqual(counts);
  expect(batchSummary(body({ accepted: 1000, duplicates: 0, rejected: 20, results: [] }))).toEqual({
    accepted: 1000,
    duplicates: 0,
    rejected: 20,
  });
});

test('an answer is whole when its counts agree with its results', () => {
  expect(isBatchAnswerWhole(body({ ...counts, results }), 3)).toBe(true);
});

test.each([
  ['a result is missing', { ...counts, results: results.slice(1) }],
  ['a count is too high', { ...counts, accepted: 2, rejected: 0, results }],
  ['results are out of order', { ...counts, results: results.toReversed() }],
])('an answer is not whole when %s', (_, answer) => {
  expect(isBatchAnswerWhole(body(answer), 3)).toBe(false);
});

test('the status of a single event tells what became of it', () => {
  expect(singleSummary(201)).toEqual({ accepted: 1, duplicates: 0, rejected: 0 });
  expect(singleSummary(200)).toEqual({ accepted: 0, duplicates: 1, rejected: 0 });
  expect(singleSummary(409)).toEqual({ accepted: 0, duplicates: 0, rejected: 1 });
});
