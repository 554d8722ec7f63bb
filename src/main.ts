/**
 * Entry of the server process: `npm start` and `comptoir start` come here. The compiled form of our files is cached beside
 * the packages, which saves the second and every later start half a second and the memory of the compiler; where the
 * folder cannot be written the server starts without it. `npm start` says so before this file is read, which keeps even
 * what strips its types out of memory (16 MB); here it is said for whoever starts the file itself.
 */
import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';

enableCompileCache(resolve(import.meta.dirname, '../node_modules/.cache/comptoir'));

const [{ createApp }, { processEnvironment }, { startServer }] = await Promise.all([
  import('./app.ts'),
  import('./config.ts'),
  import('./cli/start-server.ts'),
]);

await startServer({
  environment: processEnvironment(),
  open: createApp,
  exit: (code) => process.exit(code),
  stdout: process.stdout,
  stderr: process.stderr,
});
