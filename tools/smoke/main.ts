/**
 * `npm run smoke -- URL`: does a running server do its work? Uses COMPTOIR_API_KEY, or the key of cli.json when the
 * server runs here. Prints one line a check and ends with 0 when all passed, 1 when one failed, 2 without an address.
 */
import { findConnection } from '../../src/cli/connection.ts';
import { loadCliSettings } from '../../src/config.ts';
import { smokeChecks } from './checks.ts';

const [url] = process.argv.slice(2);
if (url === undefined || URL.parse(url) === null) {
  process.stderr.write(
    'Usage: npm run smoke -- URL\nFor example: npm run smoke -- http://127.0.0.1:8080\n',
  );
  process.exit(2);
}
const connection = findConnection(loadCliSettings({ ...process.env, COMPTOIR_URL: url }));
for (const { name, check } of smokeChecks({ url: connection.url, apiKey: connection.apiKey })) {
  try {
    const found = await check();
    process.stdout.write(`ok    ${name}: ${found}\n`);
  } catch (error) {
    process.stdout.write(
      `fail  ${name}: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exitCode = 1;
  }
}
