/**
 * The sender of a process: a loop for each sender of a tenant that has something due, and a sweep that queues what has
 * become due, settles what a dead process left and counts recipients. Any number of processes do this beside one another.
 */
import type { Logger } from '../../core/logger.ts';
import type { MetricRegistry } from '../../core/metrics.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import { COUNT_RECIPIENTS_MS, DAY_US, IDLE_MS, SWEEP_MS } from '../limits.ts';
import type { SenderPlace } from '../outbox/outbox-row.ts';
import { removeOldRows } from '../outbox/remove-old-rows.ts';
import { busySenders, countRecipients } from '../outbox/senders.ts';
import { queueWhatIsDue } from '../outbox/transitions.ts';
import type { ListsReady } from './lists-ready.ts';
import type { LookAgain } from './look-again.ts';
import type { OpenSenders, Senders, SenderWork } from '../thread/senders.ts';
import type { Prepare, Sendable } from './prepared.ts';
import { putAside, recordResult, type RecordDependencies } from './record-result.ts';

export interface DispatcherDependencies extends RecordDependencies {
  readonly database: Queryable;
  readonly prepare: Prepare;
  readonly openSenders: OpenSenders;
  readonly listsReady: ListsReady;
  readonly lookAgain: LookAgain;
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
  readonly #senders: Senders;
  readonly #running = new Map<
    string,
    { readonly sender: SenderPlace; readonly ended: Promise<void> }
  >();
  #looking: Promise<void> = Promise.resolve();
  #sweeping: Promise<void> = Promise.resolve();
  #timers: NodeJS.Timeout[] = [];
  #stopping = false;
  #lastCountMs = 0;
  #lastRemovalMs = 0;

  constructor(deps: DispatcherDependencies) {
    this.#deps = deps;
    this.#senders = deps.openSenders(workFor(deps));
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
    await this.#senders.stop();
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
    await this.#deps.outcomes.drain();
    await this.#deps.lookAgain.stop();
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
    const ended = this.#serve(sender)
      .catch((error: unknown) => {
        this.#deps.logger.warn('a sender of messages could not be served', { error });
      })
      .finally(() => this.#running.delete(key));
    this.#running.set(key, { sender, ended });
  }

  async #serve(sender: SenderPlace): Promise<void> {
    await this.#deps.listsReady(sender);
    if (!this.#stopping) await this.#senders.serve(sender);
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

function workFor(deps: DispatcherDependencies): SenderWork {
  const claimed = deps.metrics.counter({
    name: 'comptoir_messages_claimed_total',
    help: 'Messages that were given their moment to leave.',
    labels: [],
  });
  const lost = deps.metrics.counter({
    name: 'comptoir_messages_moments_lost_total',
    help: 'Moments at which a message could have left and none did, by what was late.',
    labels: ['reason'],
  });
  return {
    async prepare(sender, messages) {
      const prepared = await deps.prepare(sender, messages);
      const sendables: Sendable[] = [];
      for (const each of prepared)
        if (each.kind === 'send') sendables.push(each);
        else putAside(deps, sender, each);
      return sendables;
    },
    record: ({ sender, message, result }) => recordResult(deps, sender, { message, result }),
    onClaim: (count) => claimed.add(count),
    onMomentsLost: (reason, count) => lost.add(count, { reason }),
    logger: deps.logger,
  };
}
