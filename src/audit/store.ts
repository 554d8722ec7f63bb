/**
 * The port of what keeps the audit trail: PostgreSQL, or memory for tests. Both pass contract.fixture.ts. Errors of every
 * call: DatabaseError, as the database port says.
 */
import type { Chain, ChainHead, ChainPlace, EntryBody, StoredEntry } from './chain.ts';

export interface AppendRequest {
  /** Where the writer takes the chain to end. */
  readonly expected: ChainPlace;
  /** In order; `links` has as many. */
  readonly bodies: readonly EntryBody[];
  readonly links: readonly Buffer[];
  /** Of the new head. */
  readonly mac: Buffer;
}

export type AppendOutcome =
  | { readonly status: 'appended'; readonly head: ChainHead }
  /** Another writer was faster. */
  | {
      readonly status: 'overtaken';
      readonly head: ChainHead;
      /** Of the entry behind the expected place: shows a writer whose connection broke whether it was its own. */
      readonly nextLink: Buffer | null;
    };

export interface StoredHead extends ChainHead {
  readonly mac: Buffer;
}

export interface StoredCut extends ChainPlace {
  readonly mac: Buffer;
}

export interface StoredCheckpoint extends ChainPlace {
  /** Microseconds since the epoch. */
  readonly madeAtMicros: bigint;
  readonly signature: Buffer;
}

/** Newest first. */
export interface EntryQuery {
  /** Entries older than this one; null for the newest. */
  readonly before: bigint | null;
  readonly fromMicros: bigint | null;
  /** Exclusive. */
  readonly toMicros: bigint | null;
  readonly actor: string | null;
  readonly action: string | null;
  /** Any of these beginnings; empty for all. */
  readonly actionPrefixes: readonly string[];
  readonly address: Buffer | null;
  readonly limit: number;
}

/** How often an address stands at actions of a kind in a span of time. */
export interface AddressCount {
  readonly count: number;
  readonly firstAtMicros: bigint;
  /** The newest of them, from which the address can be told. */
  readonly newest: StoredEntry;
}

export interface AuditStore {
  append(chain: Chain, request: AppendRequest): Promise<AppendOutcome>;
  /** Holds the chain's lock while `make` works on the head: for a writer that was overtaken again and again. */
  appendLocked(chain: Chain, make: (head: ChainHead) => AppendRequest): Promise<ChainHead>;
  head(chain: Chain): Promise<StoredHead | null>;
  /** Chains of all tenants in order, `after` exclusive, at most `limit`. */
  chains(after: Chain | null, limit: number): Promise<readonly Chain[]>;
  /** In order of seq, `after` exclusive. */
  entries(chain: Chain, after: bigint, limit: number): Promise<readonly StoredEntry[]>;
  find(chain: Chain, query: EntryQuery): Promise<readonly StoredEntry[]>;
  /** Most frequent first, at most `limit`; entries without an address do not count. */
  countByAddress(
    chain: Chain,
    of: {
      readonly actions: readonly string[];
      readonly fromMicros: bigint;
      readonly limit: number;
    },
  ): Promise<readonly AddressCount[]>;
  putCheckpoints(
    made: readonly { readonly chain: Chain; readonly checkpoint: StoredCheckpoint }[],
  ): Promise<void>;
  /** In order of seq, `after` exclusive; all of them without it, which may be hundreds of thousands. */
  checkpoints(chain: Chain, after?: bigint): Promise<readonly StoredCheckpoint[]>;
  /** Newest last. */
  cuts(chain: Chain): Promise<readonly StoredCut[]>;
  /**
   * The chain begins behind `cut` from now on; entries and checkpoints up to it go. May be repeated. Answers with how many
   * entries went.
   */
  cut(chain: Chain, cut: StoredCut): Promise<number>;
}
