/**
 * One warm child. It handles one task at a time under caps that the parent watches from outside:
 *
 *   starting --ready--> idle --run--> busy --done--> idle
 *       \________________ \____________ \--refused, failed, cap passed, exit--> ended
 *
 * A child whose task was refused or failed is ended, since nobody knows what the input did to it.
 */
import { fork, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { usageOf } from './process-usage.ts';
import type { WorkerReply, WorkerTask } from './worker-messages.ts';

export interface WorkerCaps {
  /** Wall-clock time of one task. */
  readonly taskMsMax: number;
  /** CPU time of one task. */
  readonly cpuMsMax: number;
  /** Resident memory of the whole child. */
  readonly residentBytesMax: number;
  /** Of V8's old space: `--max-old-space-size`. */
  readonly heapMb: number;
}

export interface WorkerOptions {
  /** Module that calls `serveTasks`. */
  readonly script: URL;
  readonly caps: WorkerCaps;
  /** Further options of the runtime, such as `--permission`. */
  readonly nodeOptions: readonly string[];
}

export type Outcome =
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  /** `cap`: which one was passed; the child was killed. */
  | { readonly kind: 'capped'; readonly cap: 'time' | 'cpu' | 'memory' }
  /** `begun`: the child had taken the task up, which may be why it ended. */
  | { readonly kind: 'failed'; readonly detail: string; readonly begun: boolean };

/** The watcher's steps: a bomb that doubles its memory in a step is still far below what a server has. */
const WATCH_MS = 100;
/** A child that has not begun by then will not. */
const START_MS_MAX = 15_000;
const STDERR_BYTES_MAX = 2_000;

export interface RunningTask {
  readonly task: WorkerTask;
  progress(share: number): void;
}

/** A class because it owns a process and timers. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #options: WorkerOptions;
  readonly #exited: Promise<void>;
  readonly ready: Promise<boolean>;
  #settle: ((outcome: Outcome) => void) | undefined;
  #running: RunningTask | undefined;
  #stderr = '';
  #hasEnded = false;
  #begun = false;
  tasksDone = 0;

  constructor(options: WorkerOptions) {
    this.#options = options;
    const { script, caps, nodeOptions } = options;
    this.#child = fork(script, {
      execArgv: [`--max-old-space-size=${caps.heapMb}`, ...nodeOptions],
      // No secrets, no settings: whatever breaks out finds nothing in its environment.
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.ready = promise;
    const late = setTimeout(() => this.kill(), START_MS_MAX);
    this.#child.on('message', (message) => {
      // safe because only our own child writes to this channel, and a broken one at worst fails its task
      const reply = message as WorkerReply;
      if (reply.kind === 'ready') {
        clearTimeout(late);
        resolve(true);
      } else this.#hear(reply);
    });
    // safe because stdio asks for a pipe here
    (this.#child.stderr as Readable).on('data', (bytes: Buffer) => {
      this.#stderr = (this.#stderr + bytes.toString()).slice(-STDERR_BYTES_MAX);
    });
    this.#child.on('error', () => this.kill());
    this.#exited = new Promise((ended) => {
      this.#child.once('exit', (code, signal) => {
        this.#hasEnded = true;
        clearTimeout(late);
        resolve(false);
        const detail = `the worker ended with ${signal ?? `code ${code}`}: ${this.#stderr.trim()}`;
        this.#finish({ kind: 'failed', detail, begun: this.#begun });
        ended();
      });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Only when idle. Never rejects. */
  async run(running: RunningTask): Promise<Outcome> {
    const outcome = new Promise<Outcome>((resolve) => {
      this.#settle = resolve;
      this.#begun = false;
      this.#running = running;
    });
    const stopWatching = this.#watch();
    try {
      if (this.#hasEnded)
        this.#finish({ kind: 'failed', detail: 'the worker has ended', begun: false });
      else this.#child.send(running.task);
      const settled = await outcome;
      this.tasksDone += 1;
      return settled;
    } finally {
      stopWatching();
    }
  }

  /** Ends the task under way as failed. */
  kill(): void {
    if (!this.#hasEnded) this.#child.kill('SIGKILL');
  }

  async end(): Promise<void> {
    this.kill();
    await this.#exited;
  }

  #hear(reply: Exclude<WorkerReply, { kind: 'ready' }>): void {
    this.#begun = true;
    if (reply.kind === 'begun') return;
    if (reply.kind === 'progress') this.#running?.progress(reply.share);
    else this.#finish(reply.kind === 'failed' ? { ...reply, begun: true } : reply);
  }

  #finish(outcome: Outcome): void {
    const settle = this.#settle;
    this.#settle = undefined;
    this.#running = undefined;
    settle?.(outcome);
  }

  #watch(): () => void {
    const { caps } = this.#options;
    const startedAt = performance.now();
    const pid = this.#child.pid ?? 0;
    let cpuBefore: number | null = null;
    let looking = false;
    const exceed = (cap: 'time' | 'cpu' | 'memory'): void => {
      this.#finish({ kind: 'capped', cap });
      this.kill();
    };
    const look = async (): Promise<void> => {
      if (performance.now() - startedAt > caps.taskMsMax) {
        exceed('time');
        return;
      }
      const usage = await usageOf(pid);
      if (usage === null || this.#settle === undefined) return;
      cpuBefore ??= usage.cpuMs;
      if (usage.residentBytes > caps.residentBytesMax) exceed('memory');
      else if (usage.cpuMs - cpuBefore > caps.cpuMsMax) exceed('cpu');
    };
    const timer = setInterval(() => {
      if (looking) return;
      looking = true;
      void look().finally(() => {
        looking = false;
      });
    }, WATCH_MS);
    return () => clearInterval(timer);
  }
}
