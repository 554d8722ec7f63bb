/** Runs a command line within the test's process and keeps what it wrote. */
import { Readable, Writable } from 'node:stream';
import type { ExitCode } from '../command.ts';
import { runCli } from '../run-cli.ts';

export interface Ran {
  readonly exit: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly stdin?: string | Buffer | NodeJS.ReadableStream;
  readonly signal?: AbortSignal;
  /** Whether stdout and stderr are a terminal. */
  readonly screen?: boolean;
  /** Called with everything written to stdout so far. */
  onData?(stdout: string): void;
}

export async function runLine(line: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const collect = (name: 'stdout' | 'stderr'): NodeJS.WriteStream => {
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        written[name] += String(chunk);
        if (name === 'stdout') options.onData?.(written.stdout);
        done();
      },
    });
    const screen = options.screen === true ? { isTTY: true, columns: 80 } : {};
    // safe because the command line uses no more of a WriteStream than write, on, isTTY and columns.
    return Object.assign(stream, screen) as unknown as NodeJS.WriteStream;
  };
  const exit = await runCli({
    line,
    environment: options.environment ?? {},
    stdin: inputOf(options.stdin ?? ''),
    stdout: collect('stdout'),
    stderr: collect('stderr'),
    signal: options.signal ?? new AbortController().signal,
  });
  return { exit, ...written };
}

function inputOf(stdin: string | Buffer | NodeJS.ReadableStream): NodeJS.ReadableStream {
  const whole = typeof stdin === 'string' || Buffer.isBuffer(stdin);
  return whole ? Readable.from([Buffer.from(stdin)]) : stdin;
}
