/** What the conductor tells the reading process, and what it hears from it. */

export interface TailsTarget {
  readonly host: string;
  readonly port: number;
  readonly apiKey: string;
  /** One tail for each: the text behind `?` of its address, empty for a tail that wants everything. */
  readonly queries: readonly string[];
}

export type TailsOrder =
  | { readonly kind: 'open'; readonly target: TailsTarget }
  /** Answered when so many events came in all, or when nothing more came for a while. */
  | { readonly kind: 'await'; readonly events: number }
  | { readonly kind: 'close' };

/** What one tail received. */
export interface Tally {
  readonly events: number;
  /** Sum of the first 32 bits of the ids, modulo 2^32: tells which events came, not only how many. */
  readonly idSum: number;
  /** What was wrong with a frame or the connection; undefined when nothing was. */
  readonly problem: string | undefined;
}

export type TailsReport =
  | { readonly kind: 'opened' }
  | { readonly kind: 'received'; readonly events: number }
  | { readonly kind: 'closed'; readonly tallies: readonly Tally[] }
  | { readonly kind: 'failed'; readonly message: string };
