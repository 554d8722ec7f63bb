/** Entry of the command line; `bin/comptoir` starts it with a Node that is new enough. */
import { processEnvironment } from '../config.ts';
import { EXIT } from './command.ts';
import { runCli } from './run-cli.ts';
import { onStopSignals } from './signals.ts';

const line = process.argv.slice(2);
const stop = new AbortController();
// `start` runs the server in this process, which has a way of its own to drain.
const removeHandlers =
  line[0] === 'start'
    ? () => {}
    : onStopSignals({
        first: () => stop.abort(),
        second: () => process.exit(EXIT.interrupted),
      });

process.exitCode = await runCli({
  line,
  environment: processEnvironment(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stop.signal,
});
removeHandlers();
// stdin given through a pipe that nobody closes would keep the process alive.
if (line[0] !== 'start') process.stdin.destroy();
