/** What the conductor asks of the load process, and what that tells. */
import type { Histogram } from '../histogram.ts';
import type { Target } from './asking.ts';
import type { House } from './house.ts';

interface Phase {
  readonly target: Target;
  readonly connections: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** Makes keys differ from those of other phases. */
  readonly name: string;
}

/** Quick sales: order and payment in one command, each with an Idempotency-Key. */
export interface SalesPhase extends Phase {
  readonly kind: 'sales';
  readonly house: House;
  /** Sales a second that are due; null for as many as are answered. */
  readonly perSecond: number | null;
  /** Whether the boards of all locations are watched. */
  readonly boards: boolean;
}

export interface SalesLoad {
  /** Sales answered 201, from the beginning of the warm-up. */
  readonly sold: number;
  /** Of those, sent while measuring. */
  readonly measured: number;
  /** Answered 429 or 503: the server had no room. */
  readonly refused: number;
  readonly wrong: number;
  readonly firstProblem: string | undefined;
  /** From sending, or from when it was due where it is paced, to the answer. */
  readonly latency: Histogram;
  /** From the answer of a sale until it stood on the board. */
  readonly lag: Histogram;
  /** Sales measured that stood on no board in the end. */
  readonly unseen: number;
  /** Milliseconds since the epoch: the measuring time. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly cpuSeconds: number;
}

export const READ_KINDS = ['menu', 'orders', 'member', 'availability'] as const;
export type ReadKind = (typeof READ_KINDS)[number];

/** Reads of four kinds in turn, due at fixed moments. */
export interface ReadsPhase extends Phase {
  readonly kind: 'reads';
  readonly house: House;
  /** Members of which some are looked up. */
  readonly members: number;
  readonly dates: readonly string[];
  readonly perSecond: number;
}

export interface ReadsLoad {
  readonly latency: Readonly<Record<ReadKind, Histogram>>;
  readonly answered: number;
  readonly wrong: number;
  readonly firstProblem: string | undefined;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** Everybody at once for the last places. */
export interface PlacesPhase {
  readonly kind: 'places';
  readonly target: Target;
  readonly clients: number;
  readonly locationId: string;
  readonly startsAt: string;
}

export interface PlacesLoad {
  readonly confirmed: number;
  readonly refused: number;
  readonly errors: number;
  readonly firstProblem: string | undefined;
  readonly latency: Histogram;
}

/** Points given to and used by one member. */
export interface HotPhase extends Phase {
  readonly kind: 'hot';
  readonly memberId: string;
}

export interface HotLoad {
  /** Commands answered 200 or refused for want of points while measuring. */
  readonly measured: number;
  readonly seconds: number;
  /** From the beginning, warm-up included: distinct commands that were done, and points they moved. */
  readonly earned: { readonly commands: number; readonly points: number };
  readonly burned: { readonly commands: number; readonly points: number };
  readonly refused: number;
  readonly wrong: number;
  readonly firstProblem: string | undefined;
  /** The lowest balance in any answer. */
  readonly minBalance: number;
  readonly latency: Histogram;
}

/** Enrols the house: by the load process too, since it has the connections. */
export interface HousePhase {
  readonly kind: 'house';
  readonly target: Target;
  readonly members: number;
}

export interface Loads {
  readonly sales: { readonly phase: SalesPhase; readonly load: SalesLoad };
  readonly reads: { readonly phase: ReadsPhase; readonly load: ReadsLoad };
  readonly places: { readonly phase: PlacesPhase; readonly load: PlacesLoad };
  readonly hot: { readonly phase: HotPhase; readonly load: HotLoad };
  readonly house: { readonly phase: HousePhase; readonly load: House };
}

export type AnyPhase = Loads[keyof Loads]['phase'];

export type LoadReport =
  | { readonly kind: 'measuring' }
  | { readonly kind: 'done'; readonly load: unknown }
  | { readonly kind: 'failed'; readonly message: string };
