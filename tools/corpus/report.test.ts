import { expect, test } from 'vitest';
import type { Examined } from './examine.ts';
import { linesOf, reportOf } from './report.ts';

const QUIET = { childMb: 0, serverMb: 0, filesLeft: 0 };
const calm: Examined = {
  file: 'a.pdf',
  bytes: 1,
  verdict: 'clean',
  reasons: [],
  removed: [],
  verdictMs: 10,
  fault: null,
  defects: [],
  isCompared: false,
};

test('times are those that half and nineteen of twenty files do not exceed', () => {
  const examined = Array.from({ length: 20 }, (_, index) => ({ ...calm, verdictMs: index + 1 }));
  expect(reportOf(examined, QUIET).verdictMs).toEqual({ p50: 10, p95: 19, max: 20 });
  expect(reportOf([], QUIET).verdictMs).toEqual({ p50: 0, p95: 0, max: 0 });
});

test.each([
  ['nothing', {}, QUIET, true],
  ['a refusal', { verdict: 'refused', reasons: [{ code: 'TRUNCATED' }] }, QUIET, true],
  ['too much memory, which a file may ask for', { fault: 'memory' }, QUIET, true],
  ['a crash', { fault: 'crash' }, QUIET, false],
  ['a hang', { fault: 'hang' }, QUIET, false],
  ['a verdict that is late', { fault: 'late' }, QUIET, false],
  ['a text that changed', { defects: ['its text is not what it was'] }, QUIET, false],
  ['a file left behind', {}, { ...QUIET, filesLeft: 1 }, false],
] as const)('after %s a run holds or does not', (...given) => {
  const [, change, around, holds] = given;
  const report = reportOf([calm, { ...calm, ...change, file: 'b.pdf' }], around);
  expect(report.holds).toBe(holds);
  expect(linesOf(report).at(-1)).toBe(holds ? 'holds' : 'does not hold');
});

test('shares are of all files, the largest first', () => {
  const refused: Examined = { ...calm, verdict: 'refused', reasons: [{ code: 'TRUNCATED' }] };
  const report = reportOf([calm, calm, calm, refused], QUIET);
  expect(linesOf(report).slice(0, 2)).toEqual([
    '4 files: clean 3 (75.0 %), refused 1 (25.0 %)',
    'refused: TRUNCATED 1 (25.0 %)',
  ]);
});
