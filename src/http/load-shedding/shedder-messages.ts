import type { WindowLimits } from './admission-window.ts';

/** What the shedder's process is told when it begins to accept connections; the listening socket comes with it. */
export interface OpenMessage {
  readonly kind: 'open';
  /** Where the server takes what is passed on: a Unix socket. */
  readonly serverPath: string;
  readonly window: WindowLimits;
  readonly connectionsMax: number;
  /** The answer to what is refused, before and behind its trace id, as it goes over the wire. */
  readonly refusal: readonly [before: string, behind: string];
}

export type ToShedder =
  | OpenMessage
  /** Accepts no more; who is there stays. */
  | { readonly kind: 'shut' }
  /** The server closes: accepts no more, ends idle connections, and itself when none is left. */
  | { readonly kind: 'end' };

/** What happened since the last one. */
export interface ShedderReport {
  readonly refused: number;
  /** From the head of a refused request to the end of its answer, all together. */
  readonly refusalSeconds: number;
  /** At this moment. */
  readonly connections: number;
  /** Whether it accepts connections. */
  readonly isAccepting: boolean;
}
