import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Two projects, split by what a test costs (STYLE, rule 34): `pure` needs nothing and starts at once; `real` shares
 * one embedded PostgreSQL, which its global setup starts only when one of its files is to run. Tests that install
 * servers or read data that may not be shipped end in `.extra.test.ts` and run under tools/extra/vitest.config.ts.
 */
const FOLDERS = '{src,tools,test,console,examples}/**';
const REAL_SUFFIXES = '{db,http,model,e2e}';

/** Two cores and one more worker: the longest tests wait for processes and browsers most of their time. */
const WORKERS_MAX = 3;
/** A pure test that takes longer than this loops: the slowest takes 5 s alone and has taken 25 on a machine shared by eight. */
const PURE_TIMEOUT_MS = 120_000;
/** Room for a slow disk under a real database; tests that start processes set their own, longer limit. */
const REAL_TIMEOUT_MS = 120_000;
/** As test/support/until.ts waits: a condition that is polled says what comes, not how fast a busy machine is. */
const POLL_TIMEOUT_MS = 45_000;
/** A hook may unpack, initialise and start a PostgreSQL. */
const HOOK_TIMEOUT_MS = 120_000;

/** Tests with processes and browsers are the longest: begun last, they would leave one core idle at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith('.e2e.test.ts');
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

const globalSetup = fileURLToPath(new URL('test/support/global-setup.ts', import.meta.url));
/** The same verdict for the same commit: see there how to search with other seeds. */
const seed = fileURLToPath(new URL('test/support/property-seed.ts', import.meta.url));
const reportFile = process.env['COMPTOIR_TEST_REPORT'];
/** `.ci/run` gives tests on real servers a second try and names those that needed it; everywhere else once is what counts. */
const retry = Number(process.env['COMPTOIR_TEST_TRIES'] ?? 1) - 1;

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: WORKERS_MAX,
    sequence: { sequencer: LongestFirst },
    hookTimeout: HOOK_TIMEOUT_MS,
    setupFiles: [seed],
    expect: { poll: { timeout: POLL_TIMEOUT_MS } },
    reporters:
      reportFile === undefined ? ['default'] : ['default', ['json', { outputFile: reportFile }]],
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: [`${FOLDERS}/*.test.ts`],
          exclude: [`${FOLDERS}/*.{db,http,model,e2e,extra}.test.ts`, '**/node_modules/**'],
          testTimeout: PURE_TIMEOUT_MS,
          // They share nothing but modules without state: loaded once a worker, they cost half the processor's time.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'real',
          include: [`${FOLDERS}/*.${REAL_SUFFIXES}.test.ts`],
          exclude: ['**/node_modules/**'],
          globalSetup: existsSync(globalSetup) ? [globalSetup] : [],
          testTimeout: REAL_TIMEOUT_MS,
          retry,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
