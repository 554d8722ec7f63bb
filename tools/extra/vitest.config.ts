import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Extra tests install servers and start processes: one file at a time, so that two never fight over a port. */
const WORKERS_MAX = 1;
/** Installing a Debian package over a slow line is the slowest step; each test sets a shorter limit where it can. */
const EXTRA_TIMEOUT_MS = 300_000;
/** As in vitest.config.ts. */
const POLL_TIMEOUT_MS = 45_000;

const root = fileURLToPath(new URL('../..', import.meta.url));
const globalSetup = fileURLToPath(new URL('../../test/support/global-setup.ts', import.meta.url));
const reportFile = process.env['COMPTOIR_TEST_REPORT'];
/** As in vitest.config.ts. */
const retry = Number(process.env['COMPTOIR_TEST_TRIES'] ?? 1) - 1;

export default defineConfig({
  root,
  test: {
    pool: 'forks',
    maxWorkers: WORKERS_MAX,
    include: ['{src,tools,test,console}/**/*.extra.test.ts'],
    exclude: ['**/node_modules/**'],
    globalSetup: existsSync(globalSetup) ? [globalSetup] : [],
    testTimeout: EXTRA_TIMEOUT_MS,
    hookTimeout: EXTRA_TIMEOUT_MS,
    retry,
    expect: { poll: { timeout: POLL_TIMEOUT_MS } },
    passWithNoTests: true,
    reporters:
      reportFile === undefined ? ['verbose'] : ['verbose', ['json', { outputFile: reportFile }]],
  },
});
