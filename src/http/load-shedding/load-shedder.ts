/**
 * Keeps the work of refusing away from the thread that takes events. Under overload most requests are refused, and each
 * refusal of a usual batch costs that thread as much as six accepted events: its body has to be read to keep the connection.
 *
 *   watching --many refusals--> open --few refusals for a while--> watching
 *
 * While it is open a process of its own accepts connections from the same listening socket. It passes on as much as the
 * server takes (relayed-connections.ts) and refuses the rest itself (shedder-process.ts). Connections that the server has
 * already come over as they are refused: that answer closes them, and whoever connects again mostly meets the shedder, which
 * is the one that waits. Back they come the same way: when the overload is over, the next answer to what was passed on
 * closes its connection.
 *
 * The process is started at the first overload. Should it end, its connections break, as when a proxy ends; the server goes
 * on alone and starts another one when it is overloaded again.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { Logger } from '../../core/logger.ts';
import type { MetricRegistry } from '../../core/metrics.ts';
import type { Admission } from '../../ingest/admission.ts';
import type { WindowLimits } from './admission-window.ts';
import { listenForRelayed, type RelayedConnections } from './relayed-connections.ts';
import type { OpenMessage, ShedderReport, ToShedder } from './shedder-messages.ts';

/** When the shedder takes part and when no longer. */
export interface ShedderLimits {
  /** Refusals within `opensWithinMs`. */
  readonly opensAtRefusals: number;
  readonly opensWithinMs: number;
  /** With at most so many refusals in each of its reports, which come every tenth of a second, it is calm. */
  readonly calmRefusals: number;
  /** So long it stays calm before it shuts. */
  readonly shutsAfterMs: number;
}

const LIMITS: ShedderLimits = {
  // A tenth of the thread; fewer refusals cost less than it costs to pass on what is taken.
  opensAtRefusals: 300,
  opensWithinMs: 100,
  calmRefusals: 100,
  shutsAfterMs: 2_000,
};

/** So long after the last overload the process goes, too. */
const GOES_AFTER_MS = 60_000;
/** A process that failed is not started again sooner. */
const STARTS_AGAIN_MS = 10_000;
const HEAP_MB_MAX = 64;
/** A closing server ends its own requests within less. */
const ENDS_WITHIN_MS = 2_500;

const SCRIPT = new URL('shedder-process.ts', import.meta.url);

export interface LoadShedder {
  /** Begins to watch over `server`. */
  attach(watched: Watched): void;
  /** Told of each refusal: true when the answer is to close the connection, so that the client's next one is the shedder's. */
  takesOver(request: IncomingMessage): boolean;
  /** True for what came through the shedder though it is not needed any more: the answer is to close the connection. */
  givesBack(request: IncomingMessage): boolean;
  /** Ends what it has within ENDS_WITHIN_MS, while the server answers what is under way. */
  close(): Promise<void>;
}

export interface Watched {
  readonly server: Server;
  readonly connectionsMax: number;
  /** Told of what the shedder refused: how many, and the seconds of each on average. */
  readonly onRefused: (count: number, seconds: number) => void;
}

export interface LoadShedderOptions {
  /** The answer to what is refused, before and behind its trace id, as it goes over the wire. */
  readonly refusal: readonly [before: string, behind: string];
  /** What the server may have at once of what is passed on. */
  readonly window: WindowLimits;
  readonly admission: Pick<Admission, 'refusedElsewhere'>;
  readonly metrics: MetricRegistry;
  readonly logger: Logger;
  /** Those of the product by default. */
  readonly limits?: ShedderLimits;
}

/** For servers without one. */
export const noLoadShedder: LoadShedder = {
  attach() {},
  takesOver: () => false,
  givesBack: () => false,
  close: async () => {},
};

export function createLoadShedder(options: LoadShedderOptions): LoadShedder {
  return new Shedder(options);
}

class Shedder implements LoadShedder {
  readonly #options: LoadShedderOptions;
  readonly #limits: ShedderLimits;
  #watched: Watched | undefined;
  #relayed: RelayedConnections | undefined;
  #child: ChildProcess | undefined;
  #isOpening = false;
  #isOpen = false;
  #isClosed = false;
  #connections = 0;
  /** Refusals since `#sinceMs`. */
  #refusals = 0;
  #sinceMs = -Infinity;
  #busyMs = -Infinity;
  #notBeforeMs = -Infinity;

  constructor(options: LoadShedderOptions) {
    this.#options = options;
    this.#limits = options.limits ?? LIMITS;
    options.metrics.gauge({
      name: 'comptoir_load_shedder_open',
      help: 'Whether the load shedder takes new connections, since the server is overloaded: 1 or 0.',
      collect: () => Number(this.#isOpen),
    });
    options.metrics.gauge({
      name: 'comptoir_load_shedder_connections',
      help: 'Connections that the load shedder holds, refused or passed on.',
      collect: () => this.#connections,
    });
  }

  attach(watched: Watched): void {
    this.#watched = watched;
  }

  takesOver({ socket }: IncomingMessage): boolean {
    this.#count(1, performance.now());
    return this.#isOpen && this.#relayed?.has(socket) === false;
  }

  givesBack({ socket }: IncomingMessage): boolean {
    return !this.#isOpen && this.#relayed?.has(socket) === true;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#isOpening = false;
    this.#isOpen = false;
    const child = this.#child;
    if (child !== undefined) {
      const ended = once(child, 'exit');
      const late = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS);
      this.#tell({ kind: 'end' });
      await ended;
      clearTimeout(late);
    }
    await this.#relayed?.close();
  }

  #count(refusals: number, nowMs: number): void {
    const { opensAtRefusals, opensWithinMs, calmRefusals } = this.#limits;
    if (nowMs - this.#sinceMs > opensWithinMs) {
      this.#sinceMs = nowMs;
      this.#refusals = 0;
    }
    this.#refusals += refusals;
    if (this.#refusals > calmRefusals) this.#busyMs = nowMs;
    const isWatching = !this.#isOpening && !this.#isOpen && !this.#isClosed;
    const opens = isWatching && this.#refusals >= opensAtRefusals;
    if (opens && nowMs > this.#notBeforeMs) void this.#open(nowMs);
  }

  async #open(nowMs: number): Promise<void> {
    const { logger, refusal, window } = this.#options;
    if (this.#watched === undefined) return;
    const { server, connectionsMax } = this.#watched;
    // Not asked again before it is known whether this works.
    this.#notBeforeMs = nowMs + STARTS_AGAIN_MS;
    try {
      this.#relayed ??= await listenForRelayed(server, connectionsMax);
      if (this.#isClosed) return await this.#relayed.close();
      this.#child ??= this.#start();
      const { path: serverPath } = this.#relayed;
      const message: OpenMessage = { kind: 'open', serverPath, window, connectionsMax, refusal };
      this.#child.send(message, server);
      // Connections that are closed before it accepts would come back here.
      this.#isOpening = true;
      logger.info('overloaded: the load shedder takes connections over', {
        pid: this.#child.pid ?? 0,
      });
    } catch (error) {
      logger.warn('the load shedder cannot be started', { error });
    }
  }

  #start(): ChildProcess {
    const child = fork(SCRIPT, {
      execArgv: [`--max-old-space-size=${HEAP_MB_MAX}`],
      // No secrets, no settings: it parses what anybody sends.
      env: {},
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    // safe because only our own child writes to this channel
    child.on('message', (report) => this.#hear(report as ShedderReport));
    child.on('error', (error) => {
      this.#options.logger.warn('the load shedder failed', { error });
      // One that did not start does not exit.
      if (child.pid === undefined) this.#onExit(null);
    });
    child.once('exit', (code) => this.#onExit(code));
    return child;
  }

  #hear({ connections, isAccepting, refused, refusalSeconds }: ShedderReport): void {
    const nowMs = performance.now();
    this.#connections = connections;
    if (this.#isOpening && isAccepting) {
      this.#isOpening = false;
      this.#isOpen = true;
      this.#busyMs = nowMs;
    }
    if (refused > 0) {
      this.#options.admission.refusedElsewhere(refused);
      this.#watched?.onRefused(refused, refusalSeconds / refused);
    }
    const { calmRefusals, shutsAfterMs } = this.#limits;
    if (refused > calmRefusals) this.#busyMs = nowMs;
    const calmMs = nowMs - this.#busyMs;
    if (this.#isOpen && calmMs > shutsAfterMs) this.#shut();
    if (connections === 0 && calmMs > GOES_AFTER_MS) this.#tell({ kind: 'end' });
  }

  #shut(): void {
    this.#isOpen = false;
    this.#notBeforeMs = -Infinity;
    this.#tell({ kind: 'shut' });
    this.#options.logger.info('no longer overloaded: connections come back from the load shedder');
  }

  #onExit(code: number | null): void {
    this.#child = undefined;
    this.#isOpening = false;
    this.#isOpen = false;
    this.#connections = 0;
    // It was told to.
    if (code === 0) return;
    this.#notBeforeMs = performance.now() + STARTS_AGAIN_MS;
    this.#options.logger.warn('the load shedder ended');
  }

  #tell(message: ToShedder): void {
    // A channel that is closed already ends the process by itself.
    if (this.#child?.connected === true) this.#child.send(message);
  }
}
