/** Entry of the server process: `npm start` and `comptoir start` come here. */
import { createApp } from './app.ts';
import { processEnvironment } from './config.ts';
import { startServer } from './cli/start-server.ts';

await startServer({
  environment: processEnvironment(),
  open: createApp,
  exit: (code) => process.exit(code),
  stdout: process.stdout,
  stderr: process.stderr,
});
