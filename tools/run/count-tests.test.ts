import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const script = fileURLToPath(new URL('count-tests.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'comptoir-counts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Counted {
  /** The last line. */
  readonly line: string;
  /** What stands above it. */
  readonly named: string;
  readonly status: number | null;
}

function count(...reports: readonly string[]): Counted {
  const paths = reports.map((text, index) => {
    const path = join(folder, `${index}.json`);
    writeFileSync(path, text);
    return path;
  });
  const { stdout, status } = spawnSync(process.execPath, [script, ...paths], { encoding: 'utf8' });
  const lines = stdout.trim().split('\n');
  return { line: lines.at(-1) ?? '', named: lines.slice(0, -1).join('\n'), status };
}

function suite(passed: number, failed: number, success = failed === 0): string {
  return JSON.stringify({ numPassedTests: passed, numFailedTests: failed, success });
}

test('the counts of all steps are added', () => {
  expect(count(suite(7, 0), '{"passed":5,"failed":0}')).toEqual({
    named: '',
    line: '12 passed, 0 failed',
    status: 0,
  });
  expect(count(suite(7, 2), '{"passed":4,"failed":1}')).toMatchObject({
    line: '11 passed, 3 failed',
    status: 1,
  });
});

test('a step without a readable report counts as failed', () => {
  expect(count(suite(7, 0), '')).toMatchObject({ line: '7 passed, 1 failed', status: 1 });
  expect(count(suite(7, 0), '{"numPassedTests":"7"}').line).toBe('7 passed, 1 failed');
});

test('a run that broke outside of any test counts as failed', () => {
  expect(count(suite(7, 0, false)).line).toBe('7 passed, 1 failed');
});

test('nothing passed is no success', () => {
  expect(count(suite(0, 0)).status).toBe(1);
});

test('what failed, or passed at its second try, is named with its reason above the last line', () => {
  const report = JSON.stringify({
    numPassedTests: 1,
    numFailedTests: 1,
    success: false,
    testResults: [
      {
        name: `${process.cwd()}/src/a.test.ts`,
        message: '',
        assertionResults: [
          { status: 'passed', fullName: 'holds', failureMessages: [] },
          { status: 'passed', fullName: 'holds later', failureMessages: ['Error: too early'] },
          {
            status: 'failed',
            fullName: 'adds up',
            failureMessages: ['Error: \u001B[31m1 is not 2\u001B[39m'],
          },
        ],
      },
      { name: `${process.cwd()}/src/b.test.ts`, message: 'no such module', assertionResults: [] },
    ],
  });
  const { named, line } = count(report, '{"passed":4,"failed":1,"failedSteps":["check:lint"]}', '');
  expect(line).toBe('5 passed, 3 failed');
  expect(named.split('\n')).toEqual([
    'PASSED AT ITS SECOND TRY src/a.test.ts > holds later',
    '    Error: too early',
    'FAILED src/a.test.ts > adds up',
    '    Error: 1 is not 2',
    'FAILED src/b.test.ts',
    '    no such module',
    'FAILED check:lint',
    'FAILED a step that left no readable report',
  ]);
});
