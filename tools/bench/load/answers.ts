import type { Counts } from './phase.ts';
import { batchSummary, isBatchAnswerWhole, singleSummary } from './summary.ts';

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
  /** The server closes the connection behind it, as when it is overloaded. */
  readonly closes: boolean;
}

export interface Booked {
  /** The server asked to be left alone for a while. */
  readonly refused: boolean;
  /** What was wrong with the answer, undefined when nothing was. */
  readonly problem: string | undefined;
}

/** Every so many answers are parsed whole and checked: often enough to notice, too rare to cost. */
const SAMPLE_EVERY = 64;
/** Statuses that admission control and outages answer with. */
const REFUSALS: ReadonlySet<number> = new Set([429, 503, 507]);
/** Enough of an answer to recognise what is wrong. */
const EXCERPT_BYTES = 500;

const FINE: Booked = { refused: false, problem: undefined };

/** Adds the answer to a request of `events` events to `counts`. */
export function bookAnswer(counts: Counts, events: number, answer: Answer): Booked {
  const { status, body } = answer;
  counts.requests += 1;
  if (REFUSALS.has(status)) {
    counts.refused += events;
    return { refused: true, problem: undefined };
  }
  if (status >= 300) {
    counts.rejected += events;
    return { refused: false, problem: `${status} ${excerpt(body)}` };
  }
  const summary = events > 1 ? batchSummary(body) : singleSummary(status);
  counts.accepted += summary.accepted;
  counts.duplicates += summary.duplicates;
  counts.rejected += summary.rejected;
  if (summary.rejected > 0) return { refused: false, problem: excerpt(body) };
  if (events === 1 || counts.requests % SAMPLE_EVERY !== 1 || isBatchAnswerWhole(body, events))
    return FINE;
  counts.broken += 1;
  return { refused: false, problem: `counts and results disagree: ${excerpt(body)}` };
}

function excerpt(body: Buffer): string {
  return body.toString('utf8', 0, EXCERPT_BYTES);
}
