/**
 * The sender of a process: a loop for each sender of a tenant that has something due, and a sweep that queues what has
 * become due, settles what a dead process left and counts recipients. Any number of processes do this beside one another.
 */
import { randomUUID } from 'node:crypto';
import type { Logger } from '../../core/logger.ts';
import type { MetricRegistry } from '../../core/metrics.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import { COUNT_RECIPIENTS_MS, DAY_US, IDLE_MS, SWEEP_MS } from '../limits.ts';
import type { SenderPlace } from '../outbox/outbox-row.ts';
import { removeOldRows } from '../outbox/remove-old-rows.ts';
import { busySenders, countRecipients } from '../outbox/senders.ts';
import { queueWhatIsDue } from '../outbox/transitions.ts';
import { createIntentLead } from './intent-lead.ts';
import type { ListsReady } from './lists-ready.ts';
import type { Outcomes } from './outcomes.ts';
import type { SendDependencies } from './send-one.ts';
import { runSender } from './sender-loop.ts';

export interface DispatcherDependencies extends Omit<SendDependencies, 'owner' | 'intentLead'> {
  readonly database: Queryable;
  readonly outcomes: Outcomes;
  readonly listsReady: ListsReady;
  /** Settles intents without outcome; the number of them. */
  readonly recover: () => Promise<number>;
  readonly logger: Logger;
  readonly metrics: MetricRegistry;
}

/** Senders served at the same time; each takes a connection for some milliseconds of every slice. */
const SENDERS_MAX = 200;
const REMOVE_OLD_MS = 600_000;

export class Dispatcher {
  readonly #deps: DispatcherDependencies;
  readonly #owner = randomUUID();
  readonly #intentLead = createIntentLead();
  readonly #running = new Map<
    string,
    { readonly sender: SenderPlace; readonly ended: Promise<void> }
  >();
  readonly #sent;
  #looking: Promise<void> = Promise.resolve();
  #sweeping: Promise<void> = Promise.resolve();
  #timers: NodeJS.Timeout[] = [];
  #stopping = false;
  #lastCountMs = 0;
  #lastRemovalMs = 0;

  constructor(deps: DispatcherDependencies) {
    this.#deps = deps;
    this.#sent = deps.metrics.counter({
      name: 'comptoir_messages_claimed_total',
      help: 'Messages that were given their moment to leave.',
      labels: [],
    });
  }

  start(): void {
    this.#timers = [
      setInterval(() => this.wake(), IDLE_MS),
      setInterval(() => {
        this.#sweeping = this.#sweeping.then(() => this.#sweep());
      }, SWEEP_MS),
    ];
    this.wake();
  }

  /** Looks for senders with something due, now. */
  wake(): void {
    this.#looking = this.#looking.then(() => this.#look());
  }

  /** Nothing more leaves; what is under way is answered and recorded. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const timer of this.#timers) clearInterval(timer);
    await this.#looking;
    await this.#sweeping;
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
    await this.#deps.outcomes.drain();
  }

  async #look(): Promise<void> {
    if (this.#stopping) return;
    try {
      const served = [...this.#running.values()].map(({ sender }) => sender);
      for (const sender of await busySenders(this.#deps.database, served)) this.#run(sender);
    } catch (error) {
      this.#deps.logger.warn('senders of messages could not be looked for', { error });
    }
  }

  #run(sender: SenderPlace): void {
    const key = `${sender.bucket} ${sender.tenant} ${sender.senderId}`;
    if (this.#stopping || this.#running.has(key) || this.#running.size >= SENDERS_MAX) return;
    const deps = {
      ...this.#deps,
      owner: this.#owner,
      intentLead: this.#intentLead,
      isStopping: () => this.#stopping,
      onClaim: (count: number) => this.#sent.add(count),
    };
    const ended = runSender(deps, sender)
      .catch((error: unknown) => {
        this.#deps.logger.warn('a sender of messages could not be served', { error });
      })
      .finally(() => this.#running.delete(key));
    this.#running.set(key, { sender, ended });
  }

  async #sweep(): Promise<void> {
    if (this.#stopping) return;
    const { database, logger, recover } = this.#deps;
    try {
      if ((await queueWhatIsDue(database)) > 0) this.wake();
      await recover();
      const now = performance.now();
      if (now - this.#lastCountMs > COUNT_RECIPIENTS_MS) {
        this.#lastCountMs = now;
        await countRecipients(database, DAY_US);
      }
      if (now - this.#lastRemovalMs > REMOVE_OLD_MS) {
        this.#lastRemovalMs = now;
        await removeOldRows(database);
      }
    } catch (error) {
      logger.warn('the outbox of messages could not be swept', { error });
    }
  }
}
