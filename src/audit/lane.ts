/** What waits to be written to one chain. */
import type { AuditEntry } from '../core/audit.ts';
import type { Chain, ChainHead } from './chain.ts';
import type { NotedEntry } from './entry-box.ts';

/** Some 100 kB a statement; larger groups gain nothing and hold the chain's lock longer. */
export const GROUP_ENTRIES_MAX = 200;

export interface Waiting extends NotedEntry {
  /** Of whoever waits for it to be durable. */
  readonly settle?: { resolve(): void; reject(error: unknown): void };
}

/** A class because it owns a queue. */
export class Lane {
  readonly chain: Chain;
  /** Where the chain was last seen to end; null when it was not looked at yet. */
  head: ChainHead | null = null;
  /** A group of this lane is being written. */
  busy = false;
  #waiting: Waiting[] = [];
  #lost = 0;
  #lostSinceMs = 0;
  #added = 0;
  #settled = 0;
  #flushes: { readonly upTo: number; resolve(): void }[] = [];

  constructor(chain: Chain) {
    this.chain = chain;
  }

  get length(): number {
    return this.#waiting.length;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0 && this.#lost === 0;
  }

  add(waiting: Waiting): void {
    this.#waiting.push(waiting);
    this.#added += 1;
  }

  /** Tells of entries, the oldest of those added, that are stored or given up. */
  settled(count: number): void {
    this.#settled += count;
    while (this.#flushes[0] !== undefined && this.#flushes[0].upTo <= this.#settled)
      this.#flushes.shift()?.resolve();
  }

  /** Resolves when everything added so far is stored or given up; what still comes does not count. */
  async flushed(): Promise<void> {
    const upTo = this.#added;
    if (this.#settled >= upTo) return;
    await new Promise<void>((resolve) => void this.#flushes.push({ upTo, resolve }));
  }

  /** Counts entries that could not be kept; one entry will say so. */
  lose(count: number, nowMs: number): void {
    if (this.#lost === 0) this.#lostSinceMs = nowMs;
    this.#lost += count;
  }

  /** The next group, oldest first, the word about lost entries before them; `taken` of them were waiting. */
  take(nowMs: number): { readonly group: readonly Waiting[]; readonly taken: number } {
    const group = this.#waiting.splice(0, GROUP_ENTRIES_MAX);
    const taken = group.length;
    if (this.#lost === 0) return { group, taken };
    const entry = lostEntry(this.chain, { count: this.#lost, sinceMs: this.#lostSinceMs });
    this.#lost = 0;
    return { group: [{ entry, atMs: nowMs }, ...group], taken };
  }
}

function lostEntry(
  { tenant, class: of }: Chain,
  lost: { readonly count: number; readonly sinceMs: number },
): AuditEntry {
  const after = { since: new Date(lost.sinceMs).toISOString() };
  return {
    tenant,
    class: of,
    action: 'audit.lost',
    actor: null,
    address: null,
    count: lost.count,
    after,
  };
}
