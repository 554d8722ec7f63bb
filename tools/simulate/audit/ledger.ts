/** What clients, operators and strangers know of what they did: the checks hold the log and the answers against it. */
import type { StreamState } from '../../../src/pipeline/pipeline.ts';

export interface Asked {
  /** Stands in every event of the command. */
  readonly ref: string;
  readonly tenant: string;
  readonly command: string;
  readonly id: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly key: string | null;
  readonly expectedVersion: bigint | null;
  readonly attempts: Attempt[];
}

/** Version of the stream before the request left and after its answer came, as the storage had it. */
export interface Window {
  readonly from: bigint;
  readonly to: bigint;
}

export type Attempt = { readonly window: Window; readonly at: string } & (
  | {
      readonly outcome: 'done';
      readonly version: bigint;
      readonly position: bigint;
      readonly created: boolean;
      readonly members: Readonly<Record<string, unknown>>;
      readonly replayed: boolean;
    }
  | {
      readonly outcome: 'refused';
      readonly code: string;
      readonly details: Readonly<Record<string, unknown>>;
      readonly replayed: boolean;
    }
  /** An error that says that nothing was stored. */
  | { readonly outcome: 'failed'; readonly code: string }
  | { readonly outcome: 'unknown' }
);

export interface StateRead {
  readonly tenant: string;
  readonly id: string;
  readonly version: number;
  readonly state: StreamState;
  readonly window: Window;
  readonly beganMs: number;
  readonly endedMs: number;
}

/** A row read after waiting for a position: it must be the fold of a prefix that holds it. */
export interface RowRead {
  readonly tenant: string;
  readonly key: string;
  readonly row: Readonly<Record<string, unknown>> | null;
  readonly position: bigint;
  readonly head: bigint;
}

export interface ErasureAsked {
  readonly tenant: string;
  readonly id: string;
  readonly askedMs: number;
  /** When it was answered; null while it was not. */
  acknowledgedMs: number | null;
}

export interface SkipAsked {
  readonly of: 'policy' | 'read model';
  readonly name: string;
  readonly positions: readonly { readonly bucket: number; readonly position: bigint }[];
}

export interface Ledger {
  readonly asked: Asked[];
  readonly states: StateRead[];
  readonly rows: RowRead[];
  readonly erasures: ErasureAsked[];
  readonly skips: SkipAsked[];
  /** Positions at which somebody else appended to a stream of ours. */
  readonly strange: { readonly bucket: number; readonly position: bigint }[];
}

export function createLedger(): Ledger {
  return { asked: [], states: [], rows: [], erasures: [], skips: [], strange: [] };
}
