/**
 * A server in a process of its own, for tests and tools that kill it. Owns a temporary data directory unless one is
 * given, a free port and an admin key; `restart` comes back on the same three.
 *
 * `kill` ends the server alone: PostgreSQL, its child, may live on as an orphan, which is what a crash leaves behind.
 * `dispose` ends both and removes what `startServer` made.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/platform/postgres/embedded/port.ts';
import { killEach, postgresProcesses } from './postgres-processes.ts';
import { readStartCommand } from './start-command.ts';
import { until } from './until.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** The Node that `npm ci` provisions, whichever Node runs the tests. */
export const NODE = join(ROOT, 'node_modules', '.bin', 'node');

/** A first start creates a database cluster; on a busy two-core machine that has taken 20 s. */
const READY_TIMEOUT_MS = 90_000;
/** The contract says 3 s when idle; the rest is for a machine that runs other tests. */
const STOP_TIMEOUT_MS = 45_000;
/** Enough for the reason of a failed start without keeping every line of a long run. */
const LOG_LENGTH_MAX = 200_000;

/** What the server says of it. */
const PORT_TAKEN = /port \d+ on \S+ is taken/;
const TRIES_MAX = 3;

const START = readStartCommand();

export interface ServerOptions {
  /** Kept when given; else a temporary one that `dispose` removes. */
  readonly dataDir?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly port?: number | undefined;
  /** Another entry file than src/main.ts, for servers with a planted fault. */
  readonly entry?: string | undefined;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ServerProcess {
  readonly url: string;
  readonly port: number;
  readonly apiKey: string;
  readonly dataDir: string;
  readonly pid: number;
  /** The postmaster first, then its children; empty when none lives. */
  postgresPids(): number[];
  /** What the server wrote to stdout and stderr, the newest 200,000 characters. */
  logs(): string;
  /** Sends a signal to the server's process alone, or to its whole group, PostgreSQL included. */
  signal(name: NodeJS.Signals, whom?: 'process' | 'group'): void;
  /** Resolves when the process ended; at once when it has. */
  exited(): Promise<Exit>;
  /** Signals the server and waits until it is gone. */
  kill(name?: NodeJS.Signals): Promise<Exit>;
  /** SIGTERM, then waits for the end; throws when the deadline passes. */
  stop(): Promise<Exit>;
  /** Ends what still runs, then starts again on the same data, port and key, and waits until ready. */
  restart(env?: Readonly<Record<string, string>>): Promise<void>;
  /** Waits for /health/ready to answer 200. */
  ready(timeoutMs?: number): Promise<void>;
  dispose(): Promise<void>;
}

/** Starts a server and waits until it is ready. Throws with the server's output when it ends before. */
export async function startServer(options: ServerOptions = {}): Promise<ServerProcess> {
  for (let tries = 1; ; tries += 1) {
    const server = await spawnServer(options);
    try {
      await server.ready();
      return server;
    } catch (error) {
      await server.dispose();
      // A first start takes seconds, in which somebody else may have taken the port that was free.
      const isTaken = options.port === undefined && PORT_TAKEN.test(server.logs());
      if (!isTaken || tries === TRIES_MAX) throw error;
    }
  }
}

/** Like startServer, without waiting: for starts that must fail or that are watched on the way. */
export async function spawnServer(options: ServerOptions = {}): Promise<ServerProcess> {
  const port = options.port ?? (await freePort());
  const temporary =
    options.dataDir === undefined ? await temporaryFolder('comptoir-server-') : null;
  const dataDir = options.dataDir ?? join(temporary ?? '', 'data');
  return new ChildServer({ ...options, port, dataDir, temporary });
}

/**
 * A temporary folder that other users may enter: as root, PostgreSQL runs as another user and must reach its data.
 */
export async function temporaryFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  await chmod(folder, 0o755);
  return folder;
}

interface ChildOptions extends ServerOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly temporary: string | null;
}

/** A class because it owns a process that must end. */
class ChildServer implements ServerProcess {
  readonly url: string;
  readonly port: number;
  readonly apiKey = 'test-admin-key-0123456789abcdef';
  readonly dataDir: string;
  readonly #options: ChildOptions;
  #child: ChildProcess;
  #exit: Promise<Exit>;
  #ended: Exit | null = null;
  #logs = '';
  readonly #lastResort = (): void =>
    killEach([...(this.#ended === null ? [this.pid] : []), ...this.postgresPids()]);

  constructor(options: ChildOptions) {
    this.#options = options;
    this.port = options.port;
    this.dataDir = options.dataDir;
    this.url = `http://127.0.0.1:${options.port}`;
    [this.#child, this.#exit] = this.#spawn({});
    process.once('exit', this.#lastResort);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** A group of its own, so that a signal to the group reaches the server and PostgreSQL but not the test runner. */
  #spawn(env: Readonly<Record<string, string>>): [ChildProcess, Promise<Exit>] {
    this.#ended = null;
    const child = spawn(
      NODE,
      [...START.flags, resolve(ROOT, this.#options.entry ?? 'src/main.ts')],
      {
        cwd: ROOT,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...withoutComptoir(process.env),
          ...START.environment,
          COMPTOIR_DATA_DIR: this.dataDir,
          COMPTOIR_HTTP_PORT: String(this.port),
          COMPTOIR_ADMIN_API_KEY: this.apiKey,
          COMPTOIR_DEMO: 'off',
          ...this.#options.env,
          ...env,
        },
      },
    );
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#logs = (this.#logs + text).slice(-LOG_LENGTH_MAX);
      });
    const exit = new Promise<Exit>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        this.#ended = { code, signal };
        resolve(this.#ended);
      });
    });
    return [child, exit];
  }

  postgresPids(): number[] {
    return postgresProcesses(this.dataDir);
  }

  logs(): string {
    return this.#logs;
  }

  signal(name: NodeJS.Signals, whom: 'process' | 'group' = 'process'): void {
    if (this.#ended === null) process.kill(whom === 'group' ? -this.pid : this.pid, name);
  }

  exited(): Promise<Exit> {
    return this.#exit;
  }

  async kill(name: NodeJS.Signals = 'SIGKILL'): Promise<Exit> {
    this.signal(name);
    await until(`the server's end after ${name}`, () => this.#ended !== null, {
      timeoutMs: STOP_TIMEOUT_MS,
      explain: () => this.logs(),
    });
    return this.#exit;
  }

  stop(): Promise<Exit> {
    return this.kill('SIGTERM');
  }

  async restart(env: Readonly<Record<string, string>> = {}): Promise<void> {
    if (this.#ended === null) await this.stop();
    [this.#child, this.#exit] = this.#spawn(env);
    await this.ready();
  }

  async ready(timeoutMs = READY_TIMEOUT_MS): Promise<void> {
    await until(`${this.url}/health/ready`, () => this.#isReady(), {
      timeoutMs,
      explain: () => this.logs(),
    });
  }

  async #isReady(): Promise<boolean> {
    if (this.#ended !== null)
      throw new Error(
        `the server ended with ${JSON.stringify(this.#ended)} before it was ready:\n${this.#logs}`,
      );
    try {
      const answer = await fetch(`${this.url}/health/ready`, {
        signal: AbortSignal.timeout(2_000),
      });
      await answer.arrayBuffer();
      return answer.status === 200;
    } catch {
      return false;
    }
  }

  async dispose(): Promise<void> {
    if (this.#ended === null) await this.stop().catch(() => this.kill('SIGKILL'));
    killEach(this.postgresPids());
    await until('the end of PostgreSQL', () => this.postgresPids().length === 0);
    process.removeListener('exit', this.#lastResort);
    if (this.#options.temporary !== null)
      await rm(this.#options.temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Settings of the person who runs the tests must not reach the server under test. */
function withoutComptoir(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('COMPTOIR_')));
}
