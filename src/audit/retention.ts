/**
 * Removes what is past its time, up to a checkpoint and no further, so that what is left begins at a signed place. The cut
 * is recorded twice: as the place where the chain begins, and as an entry. Any number of processes may run it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { AuditClass, AuditTrail } from '../core/audit.ts';
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { AuditKeys } from './audit-keys.ts';
import { macOf, sameBytes, type Chain } from './chain.ts';
import { isGenuine } from './checkpoint.ts';
import type { AuditStore, StoredCheckpoint } from './store.ts';

const DAY_MS = 86_400_000;

/** Days that entries of each class are kept at least. */
export type KeptDays = Readonly<Record<AuditClass, number>>;

/** Ages are months and years: looking more often finds the same. */
const LOOK_MS = 3_600_000;
const CHAINS_PER_PAGE = 1_000;
/** A chain is cut once a day's worth of entries is past its time, not every hour. */
const CUT_AGE_MS = DAY_MS;

export interface RetentionDependencies {
  readonly store: AuditStore;
  readonly keys: AuditKeys;
  readonly trail: AuditTrail;
  readonly keptDays: KeptDays;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A class because it owns a timer. */
export class AuditRetention {
  readonly #deps: RetentionDependencies;
  readonly #stop = new AbortController();
  #working: Promise<void> = Promise.resolve();

  constructor(deps: RetentionDependencies) {
    this.#deps = deps;
  }

  start(): void {
    this.#working = this.#loop();
  }

  /** Ends after the chain under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#working;
  }

  /** Cuts every chain that has something past its time; answers with how many entries went. */
  async run(): Promise<number> {
    const { store } = this.#deps;
    let removed = 0;
    for (let after: Chain | null = null; ;) {
      const chains: readonly Chain[] = await store.chains(after, CHAINS_PER_PAGE);
      for (const chain of chains) {
        if (this.#stop.signal.aborted) return removed;
        removed += await this.#cut(chain);
      }
      after = chains.at(-1) ?? null;
      if (chains.length < CHAINS_PER_PAGE) return removed;
    }
  }

  async #loop(): Promise<void> {
    const { signal } = this.#stop;
    for (;;) {
      await delay(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      await this.run().catch((error: unknown) => {
        this.#deps.logger.warn('retention of the audit trail goes on later', { error });
      });
    }
  }

  async #cut(chain: Chain): Promise<number> {
    const { store, keys, trail, clock, keptDays } = this.#deps;
    const keptMs = keptDays[chain.class] * DAY_MS;
    const edgeMicros = BigInt(Math.trunc(clock.nowMs()) - keptMs) * 1000n;
    const [oldest] = await store.entries(chain, 0n, 1);
    const dueMicros = edgeMicros - BigInt(CUT_AGE_MS) * 1000n;
    if (oldest === undefined || oldest.recordedAtMicros > dueMicros) return 0;
    const old = (await store.checkpoints(chain)).filter((each) => each.madeAtMicros <= edgeMicros);
    const at = old.at(-1);
    if (at === undefined || at.seq < oldest.seq || !(await this.#agrees(chain, at))) return 0;
    const { seq, link } = at;
    const mac = macOf(keys.chain(chain), chain, { of: 'cut', seq, link });
    const removed = await store.cut(chain, { seq, link, mac });
    trail.note({
      tenant: chain.tenant,
      class: 'audit',
      action: 'audit.cut',
      actor: null,
      address: null,
      subject: `audit/${chain.class}`,
      count: removed,
      after: { upToSeq: Number(seq), hash: link.toString('hex') },
    });
    return removed;
  }

  /** Evidence of tampering is not removed: a chain that does not fit its checkpoint is left as it is. */
  async #agrees(chain: Chain, checkpoint: StoredCheckpoint): Promise<boolean> {
    const { store, keys, logger } = this.#deps;
    const [entry] = await store.entries(chain, checkpoint.seq - 1n, 1);
    const fits =
      entry?.seq === checkpoint.seq &&
      sameBytes(entry.link, checkpoint.link) &&
      isGenuine(keys, chain, checkpoint);
    if (!fits)
      logger.error('an audit chain does not fit its checkpoint and is not cut: run `audit verify`');
    return fits;
  }
}
