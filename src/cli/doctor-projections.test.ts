import { expect, test } from 'vitest';
import { projectionChecks } from './doctor-projections.ts';

const GOOD = {
  parkedEvents: 0,
  beyondHead: [],
  samples: [{ bucket: 1, position: '9', equal: true }],
};

function checksOf(status: number, body: unknown) {
  return projectionChecks({ status, headers: {}, text: JSON.stringify(body) });
}

test('what is wrong with a projection is said by name, with what to do', () => {
  const differing = { bucket: 2, position: '9', equal: false };
  const checks = checksOf(200, {
    items: [
      { name: 'a.good', ...GOOD },
      { name: 'a.differs', ...GOOD, samples: [...GOOD.samples, differing] },
      { name: 'a.ahead', ...GOOD, beyondHead: [3, 4] },
      { name: 'a.parked', ...GOOD, parkedEvents: 5 },
    ],
  });
  expect(checks.map(({ name, result, found }) => [name.trim(), result, found])).toEqual([
    ['a.differs', 'fail', 'rows differ from a replay of the log in bucket 2'],
    ['a.ahead', 'fail', 'it has read beyond the end of the log in bucket 3, 4'],
    ['a.parked', 'warn', '5 events are parked; their rows are marked incomplete'],
  ]);
  expect(checks.every(({ fix }) => fix !== undefined)).toBe(true);
});

test('a key without the right is no failure, an unwell server is', () => {
  expect(checksOf(404, {})).toEqual([]);
  expect(checksOf(403, {})).toMatchObject([{ result: 'ok' }]);
  expect(checksOf(503, { code: 'UNAVAILABLE', detail: 'Gone.' })).toMatchObject([
    { result: 'fail', found: 'Gone. (UNAVAILABLE)' },
  ]);
});
