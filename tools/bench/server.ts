/** The server under test: a process of its own, exactly as `npm start` runs it, on a fresh data directory. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/platform/postgres/embedded/port.ts';
import { readStartCommand } from '../../test/support/start-command.ts';
import { createScratchDatabase, embeddedUrl } from './database.ts';
import { descendantsOf, POSTGRES_NAME, readProcesses } from './process-table.ts';
import type { Scope } from './scope.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ENTRY = join(ROOT, 'src/main.ts');
const START = readStartCommand();
const HOST = '127.0.0.1';
/** Fine enough for the figures of `start`, coarse enough not to busy a starting server. */
const READY_POLL_MS = 20;
/** The budget of a first start is 60 s; recovery after kill -9 has to be seen even when it is late. */
const READY_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 60_000;
/** Read by whoever has to explain a failed start. */
const LAST_WORDS_BYTES = 2_000;

export interface BenchServer {
  readonly host: string;
  readonly port: number;
  readonly url: string;
  readonly apiKey: string;
  readonly dataDir: string;
  readonly pid: number;
  /** From spawning the process to the first 200 of /health/ready. */
  readonly readyMs: number;
  /** Address of its database. */
  databaseUrl(): Promise<string>;
  /** SIGTERM; returns when the process has ended. */
  stop(): Promise<void>;
  /** SIGKILL to the server and all of its PostgreSQL at once. */
  kill(): Promise<void>;
}

export interface ServerOptions {
  /** A folder used before, to start again on the same data; a new one unless given. */
  readonly dataDir?: string;
  /** Database of an outside server to start again on; see `databaseUrl`. */
  readonly externalUrl?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export const API_KEY = 'bench-key-0123456789-0123456789';

/** Starts a server and waits until it accepts writes. Uses COMPTOIR_DATABASE_URL's server when that is set. */
export async function startServer(scope: Scope, options: ServerOptions = {}): Promise<BenchServer> {
  const dataDir = options.dataDir ?? join(await scope.folder(), 'data');
  const outside = process.env['COMPTOIR_DATABASE_URL'];
  const externalUrl =
    options.externalUrl ??
    (outside === undefined ? undefined : await createScratchDatabase(scope, outside));
  const port = await freePort();
  const logFile = join(await scope.folder(), 'server.log');
  const startMs = performance.now();
  const child = spawnServer(logFile, {
    COMPTOIR_DATA_DIR: dataDir,
    COMPTOIR_HTTP_HOST: HOST,
    COMPTOIR_HTTP_PORT: String(port),
    COMPTOIR_ADMIN_API_KEY: API_KEY,
    COMPTOIR_DEMO: 'off',
    COMPTOIR_LOG_LEVEL: 'warn',
    ...(externalUrl === undefined ? {} : { COMPTOIR_DATABASE_URL: externalUrl }),
    ...options.environment,
  });
  scope.defer(() => end(child, 'SIGTERM'));
  const url = `http://${HOST}:${port}`;
  await untilReady(child, url, logFile);
  return {
    host: HOST,
    port,
    url,
    apiKey: API_KEY,
    dataDir,
    pid: child.pid ?? 0,
    readyMs: performance.now() - startMs,
    databaseUrl: async () => externalUrl ?? (await embeddedUrl(dataDir)),
    stop: () => end(child, 'SIGTERM'),
    kill: async () => {
      const processes = descendantsOf(readProcesses(), child.pid ?? 0);
      for (const { pid } of processes) killQuietly(pid);
      await end(child, 'SIGKILL');
      await untilGone(processes.filter(({ name }) => name === POSTGRES_NAME).map(({ pid }) => pid));
    },
  };
}

function spawnServer(logFile: string, settings: Readonly<Record<string, string>>): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('COMPTOIR_'));
  // A file, not a pipe: reading it would cost CPU in the conductor, and a full pipe would stop the server.
  const output = openSync(logFile, 'a');
  const child = spawn(process.execPath, [...START.flags, ENTRY], {
    cwd: ROOT,
    env: { ...Object.fromEntries(inherited), ...START.environment, ...settings },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  return child;
}

async function untilReady(child: ChildProcess, url: string, logFile: string): Promise<void> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  while (performance.now() < deadline) {
    if (hasEnded(child)) break;
    const response = await fetch(`${url}/health/ready`).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.status === 200) return;
    await delay(READY_POLL_MS);
  }
  const words = readFileSync(logFile, 'utf8').slice(-LAST_WORDS_BYTES);
  throw new Error(`The server did not become ready. It said:\n${words}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (hasEnded(child)) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself since the table was read.
  }
}

/** Orphans are collected by another parent; until then a new PostgreSQL could not take their place. */
async function untilGone(pids: readonly number[]): Promise<void> {
  const deadline = performance.now() + STOP_TIMEOUT_MS;
  while (readProcesses().some(({ pid, name }) => pids.includes(pid) && name === POSTGRES_NAME)) {
    if (performance.now() > deadline) return;
    await delay(READY_POLL_MS);
  }
}
