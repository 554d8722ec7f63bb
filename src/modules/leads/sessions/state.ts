import type { EventMoment } from '../../../core/aggregate.ts';
import type { Attribution, ConsentGiven } from '../contact.ts';
import type { GivenAnswer, Outcome } from '../quizzes/walk.ts';
import type { SessionEvent } from './events.ts';

export const SESSIONS = 'leads.sessions';

/** With the words themselves, null where there are none or the person was erased. */
export interface HeldAnswer extends GivenAnswer {
  readonly text: string | null;
}

export interface HeldContact {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

export interface KnownSession {
  readonly status: 'open' | 'abandoned' | 'completed';
  readonly quizId: string;
  readonly versionId: string;
  readonly language: string;
  readonly tokenHash: string;
  readonly attribution: Attribution;
  readonly abandonAfterMinutes: number;
  readonly followUpAfterHours?: number;
  /** RFC 3339, like all times here. */
  readonly startedAt: string;
  readonly lastAt: string;
  /** How many events the stream has; bounds it. */
  readonly steps: number;
  readonly answers: Readonly<Record<string, HeldAnswer>>;
  /** When each question was first asked. */
  readonly askedAt: Readonly<Record<string, string>>;
  readonly current: string | null;
  readonly contact: HeldContact | null;
  readonly consents: readonly ConsentGiven[];
  readonly result: (Outcome & { readonly completedAt: string }) | null;
}

export type SessionState = { readonly status: 'unknown' } | KnownSession;

export const initialState: SessionState = { status: 'unknown' };

export function evolve(
  state: SessionState,
  event: SessionEvent,
  { at, version }: EventMoment,
): SessionState {
  if (event.type === 'QuizSessionStarted') return started(event.data, at);
  if (state.status === 'unknown') return state;
  const steps = version;
  switch (event.type) {
    case 'QuizQuestionAnswered': {
      const { skipped, choices = [], number = null, text = null } = event.data;
      return answered(state, event.data, { at, steps, answer: { skipped, choices, number, text } });
    }
    case 'QuizContactGiven': {
      const { name = null, email = null, phone = null, consents } = event.data;
      const next = answered(state, event.data, { at, steps, answer: GIVEN });
      return { ...next, contact: { name, email, phone }, consents };
    }
    case 'QuizSessionCompleted': {
      const { score, endingId, grade } = event.data;
      const result = { score, endingId, grade, completedAt: at };
      return { ...state, status: 'completed', current: null, result, steps };
    }
    case 'QuizSessionAbandoned':
      return { ...state, status: 'abandoned', steps };
    case 'QuizSessionResumed':
      return { ...state, status: 'open', steps };
    case 'QuizSessionFoundActive':
      return { ...state, steps };
  }
}

const GIVEN: HeldAnswer = { skipped: false, choices: [], number: null, text: null };

type Started = Extract<SessionEvent, { type: 'QuizSessionStarted' }>['data'];

function started(data: Started, at: string): KnownSession {
  const { quizId, versionId, language, tokenHash, abandonAfterMinutes, firstQuestionId } = data;
  const { followUpAfterHours } = data;
  return {
    status: 'open',
    quizId,
    versionId,
    language,
    tokenHash,
    attribution: data.attribution,
    abandonAfterMinutes,
    ...(followUpAfterHours === undefined ? {} : { followUpAfterHours }),
    startedAt: at,
    lastAt: at,
    steps: 1,
    answers: {},
    askedAt: { [firstQuestionId]: at },
    current: firstQuestionId,
    contact: null,
    consents: [],
    result: null,
  };
}

type Step = Pick<
  Extract<SessionEvent, { type: 'QuizQuestionAnswered' }>['data'],
  'questionId' | 'next' | 'nextIsNew'
>;

function answered(
  state: KnownSession,
  { questionId, next, nextIsNew }: Step,
  {
    at,
    steps,
    answer,
  }: { readonly at: string; readonly steps: number; readonly answer: HeldAnswer },
): KnownSession {
  const askedAt = next === null || !nextIsNew ? state.askedAt : { ...state.askedAt, [next]: at };
  const answers = { ...state.answers, [questionId]: answer };
  return { ...state, answers, askedAt, current: next, lastAt: at, steps };
}

/** Without the hash of the token, which is nobody's business. */
export function view(state: SessionState): object {
  if (state.status === 'unknown') return state;
  const { tokenHash: _tokenHash, steps: _steps, ...shown } = state;
  return shown;
}
