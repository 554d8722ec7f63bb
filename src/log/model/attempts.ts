/** What was tried on a log under test, and how each try ended. */
import type { EventDraft } from '../../core/event.ts';
import type {
  AnswerRecord,
  DecidedAppend,
  DecidedOutcome,
  ReceivedOutcome,
  StoredAnswer,
} from '../log.ts';

/** One received event and how its try ended; a refused try stored nothing. */
export interface ReceivedAttempt {
  readonly tenant: string;
  readonly draft: EventDraft;
  readonly outcome: ReceivedOutcome | { readonly status: 'refused' };
}

export interface DecidedAttempt {
  readonly unit: DecidedAppend;
  readonly outcome: DecidedOutcome | { readonly status: 'refused' };
}

/** One answer recorded alone and how that ended; a refused try stored nothing. */
export interface RecordAttempt {
  readonly tenant: string;
  readonly answer: AnswerRecord;
  readonly outcome:
    | { readonly status: 'recorded' | 'answered'; readonly answer: StoredAnswer }
    | { readonly status: 'unknown' | 'refused' };
}

export interface Attempts {
  readonly received: readonly ReceivedAttempt[];
  readonly decided: readonly DecidedAttempt[];
  readonly records: readonly RecordAttempt[];
}
