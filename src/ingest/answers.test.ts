import fc from 'fast-check';
import { expect, test } from 'vitest';
import { positionText } from '../core/event-json.ts';
import type { ReceivedOutcome } from '../log/log.ts';
import { batchText, linesText } from './answers.ts';
import type { Rejection } from './rejection.ts';

const position = fc.bigInt({ min: 1n, max: 2n ** 53n - 1n });
const outcome: fc.Arbitrary<ReceivedOutcome> = fc.oneof(
  position.map((at) => ({ status: 'created' as const, position: at })),
  position.map((at) => ({ status: 'duplicate' as const, position: at })),
  position.map((at) => ({ status: 'conflict' as const, position: at })),
  fc.constant({ status: 'unknown' as const }),
);
const rejection: fc.Arbitrary<Rejection> = fc.record({
  code: fc.constant('EVENT_INVALID' as const),
  detail: fc.string({ unit: 'binary', maxLength: 40 }),
  at: fc.constant(''),
});
const results = fc.array(fc.oneof({ weight: 4, arbitrary: outcome }, rejection), {
  maxLength: 1_000,
});

function split(list: readonly (ReceivedOutcome | Rejection)[]) {
  const rejected = new Map<number, Rejection>();
  const outcomes: ReceivedOutcome[] = [];
  list.forEach((one, at) => {
    if ('status' in one) outcomes.push(one);
    else rejected.set(at, one);
  });
  return { count: list.length, rejected, outcomes };
}

function expected(one: ReceivedOutcome | Rejection, index: number): object {
  if (!('status' in one))
    return { index, status: 'rejected', code: one.code, detail: one.detail.toWellFormed() };
  if (one.status === 'unknown')
    return { index, status: 'unknown', code: 'OUTCOME_UNKNOWN', detail: expect.any(String) };
  const found = { index, status: one.status, position: positionText(one.position) };
  if (one.status !== 'conflict') return found;
  return { ...found, code: 'EVENT_CONFLICT', detail: expect.any(String) };
}

test('a batch is answered by one result for each event in order, and their counts', () => {
  fc.assert(
    fc.property(results, (list) => {
      const { text, counts } = batchText(split(list));
      const answer = JSON.parse(text);
      expect(answer).toEqual({ ...counts, results: list.map(expected) });
      expect(counts.accepted + counts.duplicates + counts.rejected).toBe(list.length);
    }),
    { numRuns: 60 },
  );
});

test('lines are answered under their own numbers', () => {
  fc.assert(
    fc.property(results, fc.nat(999_998_000), (list, first) => {
      const lines = list.map((_, at) => ({ index: first + at }));
      const { text } = linesText(lines, split(list));
      const answers = text.split('\n').slice(0, -1);
      expect(answers.map((line) => JSON.parse(line))).toEqual(
        list.map((one, at) => expected(one, first + at)),
      );
    }),
    { numRuns: 60 },
  );
});

test('an outcome that is missing counts as unknown', () => {
  const { text, counts } = batchText({ count: 1, rejected: new Map(), outcomes: [] });
  expect(JSON.parse(text)).toMatchObject({ rejected: 1, results: [{ status: 'unknown' }] });
  expect(counts.rejected).toBe(1);
});
