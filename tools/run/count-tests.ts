/**
 * Adds up what the steps of `.ci/run` reported and prints `N passed, N failed`. Usage: count-tests.ts FILE...; a file
 * is a JSON report of vitest or of check.ts. A file that is missing or broken counts as one failure: a step that died
 * before it could report did not pass.
 */
import { readFileSync } from 'node:fs';

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const DIED: Counts = { passed: 0, failed: 1 };

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

const all = process.argv.slice(2).map(countsOf);
const passed = all.reduce((sum, each) => sum + each.passed, 0);
const failed = all.reduce((sum, each) => sum + each.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
