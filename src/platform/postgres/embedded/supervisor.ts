/**
 * Keeps one PostgreSQL running.
 *
 *     starting --answers--> running --process ended--> restarting --answers--> running
 *     any of them --stop()--> stopping --process ended--> stopped
 *
 * A run that ends by itself while nobody asked for it is followed by another on the same port, so that the pool finds
 * the server again. It is tried for ever with a bounded pause: a full disk is freed at some time, and until then the
 * rest of Comptoir answers what it can. `stop` wins over a restart that is under way.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../../../core/logger.ts';
import { StartRefused } from '../start-refused.ts';
import { type Cluster, writeConfiguration } from './cluster.ts';
import type { Placement } from './placement.ts';
import { freePort } from './port.ts';
import { spawnServer, type ServerProcess } from './server-process.ts';
import { clearStale } from './stale-postmaster.ts';

/** Recovery after a crash answers nobody; the server says so meanwhile, so this only bounds a hung one. */
const ANSWER_MS = 120_000;
const FIRST_START_ATTEMPTS_MAX = 5;
const FIRST_PAUSE_MS = 100;
const PAUSE_MS_MAX = 2_000;

export interface SupervisorOptions {
  readonly placement: Placement;
  readonly cluster: Cluster;
  readonly port: number | undefined;
  readonly logger: Logger;
  /** Called before each run of the server. */
  readonly makeRoom: () => Promise<void>;
  /** Address of the maintenance database at a port. */
  readonly urlAt: (port: number) => string;
}

export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #stopped = Promise.withResolvers<void>();
  readonly #abort = new AbortController();
  readonly #endWithUs = (): void => this.#server?.kill('SIGINT');
  #server: ServerProcess | undefined;
  #watching: Promise<void> = Promise.resolve();
  #port = 0;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  get port(): number {
    return this.#port;
  }

  /** Process id of the present run, undefined between two. */
  get pid(): number | undefined {
    return this.#server?.running === true ? this.#server.pid : undefined;
  }

  /** Settles after `stop`. */
  get exited(): Promise<void> {
    return this.#stopped.promise;
  }

  /** Throws StartRefused with the server's own words when it does not come up. */
  async start(): Promise<void> {
    // The last resort for a process that ends without stop(): a signal is all an exit handler can send.
    process.once('exit', this.#endWithUs);
    let words = '';
    for (let attempt = 0; attempt < FIRST_START_ATTEMPTS_MAX; attempt++) {
      // Somebody else may have taken the port since it was found free, hence another at each attempt.
      this.#port = this.#options.port ?? (await freePort());
      await this.#options.makeRoom();
      await writeConfiguration(this.#options.cluster, this.#port, this.#options.placement.user);
      const server = await this.#run();
      if (server.running) {
        this.#watching = this.#watch(server);
        return;
      }
      words = server.lastWords();
    }
    process.removeListener('exit', this.#endWithUs);
    throw new StartRefused(`PostgreSQL does not start in ${this.#folder}. It said:\n${words}`);
  }

  /** Fast shutdown: sessions are ended, a checkpoint is written. Returns when the process is gone. */
  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#server?.stop();
    await this.#watching;
    process.removeListener('exit', this.#endWithUs);
    this.#stopped.resolve();
  }

  get #folder(): string {
    return this.#options.cluster.folder;
  }

  async #run(): Promise<ServerProcess> {
    const { placement, cluster, logger, urlAt } = this.#options;
    await this.#options.makeRoom();
    await clearStale(cluster.folder, logger);
    const server = spawnServer(placement, cluster.folder, logger);
    this.#server = server;
    // stop() may have been called while there was no process to stop.
    if (this.#abort.signal.aborted) await server.stop();
    try {
      await server.answers(urlAt(this.#port), ANSWER_MS);
    } catch (error) {
      logger.error('PostgreSQL hangs and is stopped', { error });
      await server.stop();
    }
    return server;
  }

  async #watch(first: ServerProcess): Promise<void> {
    const { logger } = this.#options;
    let server = first;
    let attempt = 0;
    for (;;) {
      await server.ended;
      if (this.#abort.signal.aborted) return;
      attempt += 1;
      logger.warn(`PostgreSQL ended by itself and is started again\n${server.lastWords()}`, {
        attempt,
      });
      if (attempt > 1 && !(await this.#pause(attempt))) return;
      try {
        server = await this.#run();
      } catch (error) {
        // Something about the system (no process could be made, say): the pause grows, the old run stays ended.
        logger.error('PostgreSQL could not be started again', { error, attempt });
        continue;
      }
      if (!server.running) continue;
      logger.info('PostgreSQL is back', { attempt });
      attempt = 0;
    }
  }

  /** False when `stop` came in between. */
  async #pause(attempt: number): Promise<boolean> {
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** attempt, PAUSE_MS_MAX);
    try {
      await delay(pauseMs, undefined, { signal: this.#abort.signal });
      return true;
    } catch {
      return false;
    }
  }
}
