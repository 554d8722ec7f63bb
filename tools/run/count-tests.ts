/**
 * Adds up what the steps of `.ci/run` reported: names what needed a second try and what failed, each with its reason, and
 * prints `N passed, N failed` as the last line, so that the end of a long output is enough to know what broke. Usage:
 * count-tests.ts FILE...; a file is a JSON report of vitest or of check.ts. A file that is missing or broken counts as
 * one failure: a step that died before it could report did not pass.
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const DIED: Counts = { passed: 0, failed: 1 };
/** Enough to see what was expected and where; the whole of it stands further up in the output. */
const REASON_LINES_MAX = 20;

function countsOf(path: string): Counts {
  try {
    const report: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return countsIn(report) ?? DIED;
  } catch {
    return DIED;
  }
}

function countsIn(report: unknown): Counts | undefined {
  if (typeof report !== 'object' || report === null) return undefined;
  if ('passed' in report && 'failed' in report) return counts(report.passed, report.failed);
  if (!('numPassedTests' in report && 'numFailedTests' in report && 'success' in report))
    return undefined;
  const found = counts(report.numPassedTests, report.numFailedTests);
  // A file that cannot be loaded fails the run without failing a test.
  if (found?.failed === 0 && report.success !== true) return { ...found, failed: 1 };
  return found;
}

function counts(passed: unknown, failed: unknown): Counts | undefined {
  return typeof passed === 'number' && typeof failed === 'number' ? { passed, failed } : undefined;
}

/** What a report says that failed, or needed a second try, one text for each. */
function failuresOf(path: string): readonly string[] {
  try {
    const report: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return [
      ...passedLaterIn(report),
      ...listIn(report, 'failedSteps').map((step) => `FAILED ${String(step)}`),
      ...testsIn(report),
    ];
  } catch {
    return [`FAILED a step that left no readable report`];
  }
}

function testsIn(report: unknown): readonly string[] {
  return listIn(report, 'testResults').flatMap((file) => {
    const where = relative('.', textIn(file, 'name'));
    const tests = listIn(file, 'assertionResults').filter(
      (one) => textIn(one, 'status') === 'failed',
    );
    const broken = textIn(file, 'message');
    return [
      ...(broken === '' ? [] : [`FAILED ${where}\n${reason(broken)}`]),
      ...tests.map((one) => {
        const reasons = listIn(one, 'failureMessages').map((each) => reason(String(each)));
        return [`FAILED ${where} > ${textIn(one, 'fullName')}`, ...reasons].join('\n');
      }),
    ];
  });
}

/** A defect as well, of the test or of what it tests: here is what the first try said. */
function passedLaterIn(report: unknown): readonly string[] {
  return listIn(report, 'testResults').flatMap((file) =>
    listIn(file, 'assertionResults').flatMap((one) => {
      const [first] = listIn(one, 'failureMessages').map(String);
      if (textIn(one, 'status') !== 'passed' || first === undefined) return [];
      const where = `${relative('.', textIn(file, 'name'))} > ${textIn(one, 'fullName')}`;
      return `PASSED AT ITS SECOND TRY ${where}\n${reason(first)}`;
    }),
  );
}

function reason(text: string): string {
  const lines = stripVTControlCharacters(text).split('\n').slice(0, REASON_LINES_MAX);
  return lines.map((line) => `    ${line}`).join('\n');
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const found = fieldIn(value, name);
  return Array.isArray(found) ? found : [];
}

function textIn(value: unknown, name: string): string {
  const found = fieldIn(value, name);
  return typeof found === 'string' ? found : '';
}

function fieldIn(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

const paths = process.argv.slice(2);
const all = paths.map(countsOf);
const passed = all.reduce((sum, each) => sum + each.passed, 0);
const failed = all.reduce((sum, each) => sum + each.failed, 0);
for (const failure of paths.flatMap(failuresOf)) console.log(failure);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
