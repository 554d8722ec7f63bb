/**
 * Makes checkpoints of the chains that this process writes: after CHECKPOINT_ENTRIES entries or CHECKPOINT_MS, whichever
 * comes first, and when it stops. What could not be written is tried again a minute later.
 */
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { AuditKeys } from './audit-keys.ts';
import { sameBytes, macOf, type Chain, type ChainHead, type ChainPlace } from './chain.ts';
import type { CheckpointFile } from './checkpoint-file.ts';
import { lineOf, makeCheckpoint } from './checkpoint.ts';
import type { AuditStore } from './store.ts';

/** With the minute below, the most that can be cut off unseen by somebody who also holds the database's heads. */
export const CHECKPOINT_ENTRIES = 1_000;
export const CHECKPOINT_MS = 60_000;
/** Chains looked at in one statement when a process starts. */
const CHAINS_PER_PAGE = 1_000;

export interface CheckpointerDependencies {
  readonly store: AuditStore;
  readonly keys: AuditKeys;
  readonly file: CheckpointFile;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Pending {
  readonly chain: Chain;
  place: ChainPlace;
  entries: number;
}

/** A class because it owns a timer. */
export class Checkpointer {
  readonly #deps: CheckpointerDependencies;
  readonly #pending = new Map<string, Pending>();
  #timer: NodeJS.Timeout | undefined;
  #making: Promise<void> = Promise.resolve();

  constructor(deps: CheckpointerDependencies) {
    this.#deps = deps;
  }

  start(): void {
    this.#timer = setInterval(() => void this.make(), CHECKPOINT_MS);
    this.#timer.unref();
  }

  /** Tells of entries that were stored. */
  appended(chain: Chain, head: ChainHead, count: number): void {
    const name = JSON.stringify([chain.tenant, chain.class]);
    const known = this.#pending.get(name);
    const pending = known ?? { chain, place: head, entries: 0 };
    pending.place = head;
    pending.entries += count;
    this.#pending.set(name, pending);
    if (pending.entries >= CHECKPOINT_ENTRIES) void this.make();
  }

  /** Checkpoints of everything that waits for one; resolves when they are durable or have failed. */
  make(): Promise<void> {
    this.#making = this.#making.then(() => this.#makeNow());
    return this.#making;
  }

  /** Also of what a process wrote that was killed. A head set by hand is not signed. */
  async makeOfOrphans(): Promise<void> {
    const { store, keys, logger } = this.#deps;
    for (let after: Chain | null = null; ;) {
      const chains: readonly Chain[] = await store.chains(after, CHAINS_PER_PAGE);
      for (const chain of chains) {
        const head = await store.head(chain);
        if (head === null || head.seq === 0n) continue;
        // Those at the head or, cut off since, behind it: none or one as a rule.
        const covering = await store.checkpoints(chain, head.seq - 1n);
        if (covering.length > 0) continue;
        const mac = macOf(keys.chain(chain), chain, { of: 'head', seq: head.seq, link: head.link });
        if (sameBytes(mac, head.mac)) this.appended(chain, head, 1);
        else logger.error('the head of an audit chain was changed by hand: run `audit verify`');
      }
      after = chains.at(-1) ?? null;
      if (chains.length < CHAINS_PER_PAGE) break;
    }
    await this.make();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.make();
  }

  async #makeNow(): Promise<void> {
    const waiting = [...this.#pending.values()];
    if (waiting.length === 0) return;
    this.#pending.clear();
    const { store, keys, file, clock, logger } = this.#deps;
    const made = waiting.map(({ chain, place }) => {
      const checkpoint = makeCheckpoint(keys, chain, { place, nowMs: clock.nowMs() });
      return { chain, checkpoint };
    });
    const lines = made.map(({ chain, checkpoint }) => lineOf(chain, checkpoint));
    // To the log first: it may be all that is left of a machine whose disk is full.
    for (const line of lines) logger.info(`audit checkpoint ${JSON.stringify(line)}`);
    try {
      await file.append(lines);
      await store.putCheckpoints(made);
    } catch (error) {
      logger.warn('audit checkpoints could not be written; they are tried again', { error });
      for (const each of waiting) this.#retry(each);
    }
  }

  #retry(each: Pending): void {
    const name = JSON.stringify([each.chain.tenant, each.chain.class]);
    // Newer ones that came in meanwhile cover it. Counted as few, so that the next try waits for the timer.
    if (!this.#pending.has(name)) this.#pending.set(name, { ...each, entries: 0 });
  }
}
