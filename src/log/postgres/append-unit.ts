import type { EventDraft } from '../../core/event.ts';
import type { DecidedAppend, DecidedOutcome, ReceivedOutcome } from '../log.ts';

/** What one caller waits for. */
export type AppendUnit = ReceivedUnit | DecidedUnit;

interface UnitBase {
  readonly bytes: number;
  readonly events: number;
  reject(error: unknown): void;
}

export interface ReceivedUnit extends UnitBase {
  readonly kind: 'received';
  readonly tenant: string;
  readonly drafts: readonly EventDraft[];
  resolve(outcomes: readonly ReceivedOutcome[]): void;
}

export interface DecidedUnit extends UnitBase {
  readonly kind: 'decided';
  readonly append: DecidedAppend;
  resolve(outcome: DecidedOutcome): void;
}

/** Bytes beside the data that an event weighs in queues and caps. */
const EVENT_OVERHEAD_BYTES = 200;

export function draftBytes(drafts: readonly EventDraft[]): number {
  let bytes = 0;
  for (const draft of drafts) bytes += draft.dataEnd - draft.dataStart + EVENT_OVERHEAD_BYTES;
  return bytes;
}

const UNKNOWN = { status: 'unknown' } as const;

/** Tells the caller that the outcome could not be learnt in time. */
export function answerUnknown(unit: AppendUnit): void {
  if (unit.kind === 'received') unit.resolve(unit.drafts.map(() => UNKNOWN));
  else unit.resolve(UNKNOWN);
}
