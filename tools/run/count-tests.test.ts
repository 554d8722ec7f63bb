import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const script = fileURLToPath(new URL('count-tests.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'comptoir-counts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function count(...reports: readonly string[]): { line: string; status: number | null } {
  const paths = reports.map((text, index) => {
    const path = join(folder, `${index}.json`);
    writeFileSync(path, text);
    return path;
  });
  const { stdout, status } = spawnSync(process.execPath, [script, ...paths], { encoding: 'utf8' });
  return { line: stdout.trim(), status };
}

function suite(passed: number, failed: number, success = failed === 0): string {
  return JSON.stringify({ numPassedTests: passed, numFailedTests: failed, success });
}

test('the counts of all steps are added', () => {
  expect(count(suite(7, 0), '{"passed":5,"failed":0}')).toEqual({
    line: '12 passed, 0 failed',
    status: 0,
  });
  expect(count(suite(7, 2), '{"passed":4,"failed":1}')).toEqual({
    line: '11 passed, 3 failed',
    status: 1,
  });
});

test('a step without a readable report counts as failed', () => {
  expect(count(suite(7, 0), '')).toEqual({ line: '7 passed, 1 failed', status: 1 });
  expect(count(suite(7, 0), '{"numPassedTests":"7"}').line).toBe('7 passed, 1 failed');
});

test('a run that broke outside of any test counts as failed', () => {
  expect(count(suite(7, 0, false)).line).toBe('7 passed, 1 failed');
});

test('nothing passed is no success', () => {
  expect(count(suite(0, 0)).status).toBe(1);
});
