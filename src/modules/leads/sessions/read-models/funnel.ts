/**
 * How far people come: a row for each question of each version, and one, without a question, for the version itself.
 * Many sessions meet in one row; the frame folds a chunk of events in memory and writes it once.
 */
import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import { SESSION_EVENTS, type SessionEvent } from '../events.ts';

/** Upper bounds of the times counted, in seconds; what took longer is counted last. */
export const TIME_BOUNDS_SECONDS: readonly number[] = [2, 5, 10, 20, 30, 60, 120, 300];

export interface FunnelRow {
  readonly quiz_id: string;
  readonly version_id: string;
  /** Null for the version as a whole. */
  readonly question_id: string | null;
  /** Sessions in which it was asked; of a version: that were started. */
  readonly asked: number;
  /** Sessions in which it was answered; of a version: that were completed. */
  readonly answered: number;
  /** Sessions in which it was skipped at first. */
  readonly skipped: number;
  /** Sessions in which a contact was given: of the version. */
  readonly contacts: number;
  /** Sessions left here; less those that came back. */
  readonly abandoned: number;
  readonly took_ms: number;
  /** How many first answers took up to each of TIME_BOUNDS_SECONDS, and longer. */
  readonly times: readonly number[];
  readonly [column: string]: unknown;
}

export const quizFunnel = defineReadModel<Recorded<SessionEvent>, FunnelRow>({
  name: 'leads.funnel',
  version: 1,
  columns: {
    quiz_id: 'text',
    version_id: 'text',
    question_id: 'text',
    asked: 'integer',
    answered: 'integer',
    skipped: 'integer',
    contacts: 'integer',
    abandoned: 'integer',
    took_ms: 'bigint',
    times: 'jsonb',
  },
  indexes: [['quiz_id', 'version_id']],
  on: SESSION_EVENTS,
  keys: (event) => [...new Set(questionsOf(event).map((each) => funnelKey(event.data, each)))],
  project(row, event, key) {
    const { quizId, versionId } = event.data;
    const questionId = questionsOf(event).find((each) => funnelKey(event.data, each) === key);
    const before = row ?? emptyRow({ quizId, versionId, questionId: questionId ?? null });
    return before.question_id === null
      ? ofVersion(before, event)
      : ofQuestion(before, event, before.question_id);
  },
  // Counts alone; no row is about a person.
  personal: { person: 'key', columns: [] },
  list: {
    filters: { quizId: 'quiz_id', versionId: 'version_id' },
    order: [{ column: 'quiz_id' }],
  },
});

export function funnelKey(
  { quizId, versionId }: { readonly quizId: string; readonly versionId: string },
  questionId: string | null,
): string {
  return `${quizId}~${versionId}~${questionId ?? ''}`;
}

export function emptyRow(of: {
  readonly quizId: string;
  readonly versionId: string;
  readonly questionId: string | null;
}): FunnelRow {
  const counts = { asked: 0, answered: 0, skipped: 0, contacts: 0, abandoned: 0, took_ms: 0 };
  const times = [...TIME_BOUNDS_SECONDS, Infinity].map(() => 0);
  const { quizId, versionId, questionId } = of;
  return { quiz_id: quizId, version_id: versionId, question_id: questionId, ...counts, times };
}

/** Whose rows an event touches; null is the version's. */
function questionsOf(event: SessionEvent): readonly (string | null)[] {
  switch (event.type) {
    case 'QuizSessionStarted':
      return [null, event.data.firstQuestionId];
    case 'QuizQuestionAnswered':
    case 'QuizContactGiven': {
      const { questionId, isFirst, next, nextIsNew } = event.data;
      const asked = next !== null && nextIsNew ? [next] : [];
      const version = event.type === 'QuizContactGiven' && isFirst ? [null] : [];
      return [...version, ...(isFirst ? [questionId] : []), ...asked];
    }
    case 'QuizSessionCompleted':
      return [null];
    case 'QuizSessionAbandoned':
    case 'QuizSessionResumed': {
      const { questionId } = event.data;
      return questionId === null ? [null] : [null, questionId];
    }
    case 'QuizSessionFoundActive':
      return [];
  }
}

function ofVersion(row: FunnelRow, event: SessionEvent): FunnelRow {
  switch (event.type) {
    case 'QuizSessionStarted':
      return { ...row, asked: row.asked + 1 };
    case 'QuizContactGiven':
      return { ...row, contacts: row.contacts + 1 };
    case 'QuizSessionCompleted':
      return { ...timed(row, event.data.tookMs), answered: row.answered + 1 };
    case 'QuizSessionAbandoned':
      return { ...row, abandoned: row.abandoned + 1 };
    case 'QuizSessionResumed':
      return { ...row, abandoned: Math.max(0, row.abandoned - 1) };
    default:
      return row;
  }
}

function ofQuestion(row: FunnelRow, event: SessionEvent, questionId: string): FunnelRow {
  switch (event.type) {
    case 'QuizSessionStarted':
      return { ...row, asked: row.asked + 1 };
    case 'QuizQuestionAnswered':
    case 'QuizContactGiven': {
      const { data } = event;
      const next = data.nextIsNew && data.next === questionId;
      const asked = next ? { ...row, asked: row.asked + 1 } : row;
      if (data.questionId !== questionId || !data.isFirst) return asked;
      if (event.type === 'QuizQuestionAnswered' && event.data.skipped)
        return { ...asked, skipped: asked.skipped + 1 };
      return { ...timed(asked, data.tookMs), answered: asked.answered + 1 };
    }
    case 'QuizSessionAbandoned':
      return { ...row, abandoned: row.abandoned + 1 };
    case 'QuizSessionResumed':
      return { ...row, abandoned: Math.max(0, row.abandoned - 1) };
    default:
      return row;
  }
}

function timed(row: FunnelRow, tookMs: number): FunnelRow {
  const found = TIME_BOUNDS_SECONDS.findIndex((bound) => tookMs <= bound * 1000);
  const place = found < 0 ? TIME_BOUNDS_SECONDS.length : found;
  const times = row.times.map((count, index) => (index === place ? count + 1 : count));
  return { ...row, took_ms: row.took_ms + tookMs, times };
}
