/**
 * `npm run check`: every check that needs no database, all of them even when one fails, so that one run shows
 * everything there is to mend. With COMPTOIR_CHECK_REPORT the outcome is also written there as JSON.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const STEPS = ['types', 'lint', 'format', 'tidy', 'unused'] as const;

const root = fileURLToPath(new URL('../..', import.meta.url));
const outcomes = STEPS.map((step) => {
  const startedAt = performance.now();
  const { status } = spawnSync('npm', ['run', '--silent', `check:${step}`], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.error(`${status === 0 ? 'ok    ' : 'FAILED'} check:${step} (${seconds} s)`);
  return { step, ok: status === 0 };
});

const failed = outcomes.filter((outcome) => !outcome.ok).map((outcome) => outcome.step);
const report = process.env['COMPTOIR_CHECK_REPORT'];
if (report !== undefined)
  writeFileSync(
    report,
    JSON.stringify({
      passed: STEPS.length - failed.length,
      failed: failed.length,
      failedSteps: failed.map((step) => `check:${step}`),
    }),
  );
if (failed.length > 0) {
  console.error(`check failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
