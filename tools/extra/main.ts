/**
 * `npm run test:extra`: tests that install servers or read data that may not be shipped. What cannot run here is said
 * with its reason before anything starts; each test skips itself by the same variables.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { browserPath } from '../../test/support/browser.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const data = resolve(root, process.env['COMPTOIR_TEST_DATA'] ?? '../shared/data');

if (!existsSync(data))
  console.error(
    `skipped: tests over real data, because COMPTOIR_TEST_DATA (${data}) does not exist`,
  );
if (process.env['CITUS_URL'] === undefined)
  console.error('skipped: tests on Citus, because CITUS_URL is not set');
if (process.getuid?.() !== 0)
  console.error('skipped: tests that install Debian packages, because this user is not root');

if (browserPath() === null && process.getuid?.() === 0)
  spawnSync('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'], {
    stdio: 'inherit',
  });
if (browserPath() === null)
  console.error('skipped: tests in a browser, because there is no chromium (or CHROMIUM_PATH)');

const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'tools/extra/vitest.config.ts',
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, COMPTOIR_TEST_DATA: data } },
);
process.exitCode = status ?? 1;
