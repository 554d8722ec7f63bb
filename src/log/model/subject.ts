import type { EventLog } from '../log.ts';

/** How appends fail while a fault is armed. */
export type AppendFaultKind =
  /** No connection could be had: nothing was sent. */
  | 'not-sent'
  /** The server refused for want of space: nothing was stored. */
  | 'refused'
  /** The connection broke and the statement was never run. */
  | 'lost-before'
  /** The connection broke after the statement had been committed. */
  | 'lost-after'
  /** As the two above, and the instance was stopped before it could learn the outcome. */
  | 'stopped-before'
  | 'stopped-after';

/** Several instances on one storage, and what may happen to them from outside. */
export interface ModelSubject {
  /** The instance that stands at `index` now; a restart replaces it. */
  writer(index: number): EventLog;
  restart(index: number): Promise<void>;
  /** The next `times` appends of the instance fail this way. */
  armFault(index: number, fault: { readonly kind: AppendFaultKind; readonly times: number }): void;
  /** Takes back faults that did not strike and starts again what they stopped. */
  recover(): Promise<void>;
  /** Moves the clock, where it can be moved. */
  advance(ms: number): void;
  /** Runs what otherwise runs in the background: sealing, compaction, retention. */
  maintain(): Promise<void>;
  close(): Promise<void>;
}

/** What the log under test was opened with; the model must promise the same. */
export interface ModelLimits {
  readonly bucketCount: number;
  readonly dedupeWindowSeconds: number;
  readonly dedupeKeysMax: number;
}
