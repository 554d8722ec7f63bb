import { processEnvironment } from '../config.ts';
import { EXIT } from './command.ts';
import { runCli } from './run-cli.ts';
import { onStopSignals } from './signals.ts';

/** Runs one command line as this process and sets its exit code. */
export async function runCliProcess(line: readonly string[]): Promise<void> {
  const stop = new AbortController();
  // `start` runs the server in this process, which has a way of its own to drain.
  const serves = line[0] === 'start';
  const removeHandlers = serves
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
  // An open pipe that nobody closes would keep the process alive after its work.
  if (!serves) process.stdin.destroy();
}
