import { Failure } from '../../core/errors.ts';
import type { EventDraft } from '../../core/event.ts';
import type {
  AnswerRecord,
  DecidedAppend,
  DecidedOutcome,
  ReceivedOutcome,
  StoredAnswer,
} from '../log.ts';

/** What one caller waits for. */
export type AppendUnit = ReceivedUnit | DecidedUnit | AnswerUnit;

interface UnitBase {
  readonly bytes: number;
  /** What it counts in queues and batches: its events, or 1 for a unit without. */
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

/** The answer to a command that has no events. */
export interface AnswerUnit extends UnitBase {
  readonly kind: 'answer';
  readonly tenant: string;
  readonly answer: AnswerRecord;
  resolve(outcome: { readonly recorded: boolean; readonly answer: StoredAnswer }): void;
}

/** Bytes beside the data that an event, or an answer, weighs in queues and caps. */
const OVERHEAD_BYTES = 200;

export function draftBytes(drafts: readonly EventDraft[]): number {
  let bytes = 0;
  for (const draft of drafts) bytes += draft.dataEnd - draft.dataStart + OVERHEAD_BYTES;
  return bytes;
}

export function answerBytes(answer: AnswerRecord | undefined): number {
  return answer === undefined ? 0 : answer.body.length + OVERHEAD_BYTES;
}

const UNKNOWN = { status: 'unknown' } as const;

/** Tells the caller that the outcome could not be learnt in time. */
export function answerUnknown(unit: AppendUnit): void {
  if (unit.kind === 'received') unit.resolve(unit.drafts.map(() => UNKNOWN));
  else if (unit.kind === 'decided') unit.resolve(UNKNOWN);
  else
    unit.reject(
      new Failure('OUTCOME_UNKNOWN', 'It is not known yet whether the answer was recorded.', {
        retryAfterSeconds: 1,
      }),
    );
}
