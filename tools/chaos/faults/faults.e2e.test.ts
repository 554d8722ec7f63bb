/** One negative control with real kills in every test run; `npm run chaos -- faults` plants all of them. */
import { expect, it } from 'vitest';
import { FAULTS, runFaults } from './run.ts';

const TEST_TIMEOUT_MS = 180_000;

it(
  'the crash proof notices a server that acknowledges before its commit is on disk',
  async () => {
    const faults = FAULTS.filter(({ name }) => name === 'synchronous-commit-off');
    const results = await runFaults({
      seed: process.env['CHAOS_SEED'] ?? 'test',
      faults,
    });
    expect(results).toMatchObject([{ name: 'synchronous-commit-off', isRight: true }]);
    expect(results[0]?.words).toContain('lost');
  },
  TEST_TIMEOUT_MS,
);
