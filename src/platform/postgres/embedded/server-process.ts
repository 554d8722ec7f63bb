/** One run of the PostgreSQL server: spawned, watched until it answers or ends, stopped within bounds. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import path from 'node:path';
import pg from 'pg';
import type { Logger } from '../../../core/logger.ts';
import { programOptions } from './cluster.ts';
import type { Placement } from './placement.ts';
import { waitUntil } from './stale-postmaster.ts';

/** Long enough for the last checkpoint of a fast shutdown on a slow disk. */
const FAST_SHUTDOWN_MS = 20_000;
const IMMEDIATE_SHUTDOWN_MS = 5_000;
const CONNECT_TIMEOUT_MS = 2_000;
const POLL_MS = 25;
/** Lines of the server's own words kept for the message of a failed start. */
const LAST_WORDS_MAX = 12;

export interface ServerProcess {
  /** Undefined when no process could be made. */
  readonly pid: number | undefined;
  readonly running: boolean;
  /** Settles when the process has ended and was collected. */
  readonly ended: Promise<void>;
  /** The newest lines the server wrote. */
  lastWords(): string;
  /** Whether the server answered a connection before it ended; throws when `limitMs` passed without either. */
  answers(url: string, limitMs: number): Promise<boolean>;
  stop(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

/**
 * Starts the server in a process group of its own: Ctrl-C in a terminal, or a signal to our whole group, must not end
 * it before our writers are drained.
 */
export function spawnServer(placement: Placement, cluster: string, logger: Logger): ServerProcess {
  const program = path.join(placement.binaries.native, 'bin', 'postgres');
  const child = spawn(program, ['-D', cluster], {
    ...programOptions(placement.user),
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const words: string[] = [];
  readWords(child, words, logger);
  let running = true;
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      words.push(error.message);
      running = false;
      resolve();
    });
    child.once('exit', () => {
      running = false;
      resolve();
    });
  });
  return {
    pid: child.pid,
    get running() {
      return running;
    },
    ended,
    lastWords: () => words.join('\n'),
    kill: (name) => void child.kill(name),
    answers: (url, limitMs) => untilAnswer(url, limitMs, () => running),
    stop: () => stopChild(child, ended, () => running),
  };
}

function readWords(child: ChildProcess, words: string[], logger: Logger): void {
  if (child.stderr === null) return;
  createInterface({ input: child.stderr }).on('line', (line) => {
    // "The database system is starting up" and its like answer every attempt to connect while a start is under way.
    if (/^FATAL: {2}the database system is /.test(line)) return;
    words.push(line);
    if (words.length > LAST_WORDS_MAX) words.shift();
    // Ended connections are told by those who held them.
    const serious = /^(?:PANIC|WARNING|FATAL: {2}(?!terminating connection))/.test(line);
    if (serious) logger.warn(`PostgreSQL: ${line}`);
    else logger.debug(`PostgreSQL: ${line}`);
  });
}

/** Asks by connecting: what the server writes may be turned off, redirected or translated. */
async function untilAnswer(url: string, limitMs: number, running: () => boolean): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  let last: unknown;
  while (running()) {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.end();
      return true;
    } catch (error) {
      last = error;
      void client.end().catch(() => {});
    }
    if (performance.now() > deadline) {
      throw new Error(`PostgreSQL did not answer within ${limitMs} ms`, { cause: last });
    }
    await waitUntil(() => Promise.resolve(!running()), POLL_MS);
  }
  return false;
}

async function stopChild(
  child: ChildProcess,
  ended: Promise<void>,
  running: () => boolean,
): Promise<void> {
  const gone = (): Promise<boolean> => Promise.resolve(!running());
  // Fast, immediate, and at last without asking (PostgreSQL manual, "Shutting Down the Server").
  if (running()) child.kill('SIGINT');
  if (!(await waitUntil(gone, FAST_SHUTDOWN_MS))) child.kill('SIGQUIT');
  if (!(await waitUntil(gone, IMMEDIATE_SHUTDOWN_MS))) child.kill('SIGKILL');
  await ended;
}
