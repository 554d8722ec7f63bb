/**
 * A draft answered as a visitor would, before anybody else sees it. What runs is the decider and the fold of real sessions
 * over a quiz whose open version is the draft, so a preview cannot say anything else than the page will. Nothing is
 * stored: whoever previews sends all answers so far each time. Pure.
 */
import type { Surroundings } from '../../../core/aggregate.ts';
import { faultsOf, type Fault } from '../quizzes/check.ts';
import type { QuizDefinition } from '../quizzes/definition.ts';
import { publicEnding, publicQuiz } from '../quizzes/public-view.ts';
import type { QuizState } from '../quizzes/state.ts';
import { walk } from '../quizzes/walk.ts';
import type { AnswerValue } from './answer.ts';
import { decide, languageFor } from './decide.ts';
import type { SessionCommand } from './commands.ts';
import { evolve, initialState, type SessionState } from './state.ts';

export interface PreviewRequest {
  readonly definition: QuizDefinition;
  readonly language?: string | undefined;
  /** In the order in which they were given; one of them may be given again. */
  readonly answers: readonly { readonly questionId: string; readonly value: AnswerValue }[];
}

export interface Preview {
  /** What keeps the draft from being published. */
  readonly faults: readonly Fault[];
  /** As a visitor gets it. */
  readonly quiz: object;
  readonly language: string;
  /** Questions answered, in the order they are asked. */
  readonly path: readonly string[];
  /** The question that is asked now; null at the end. */
  readonly current: string | null;
  readonly variables: Readonly<Record<string, number>>;
  /** Once the last question is answered. */
  readonly result: {
    readonly score: number;
    readonly grade: string | null;
    readonly ending: object | null;
  } | null;
  /** The answer that a visitor could not have given; those behind it were not looked at. */
  readonly refused: {
    readonly questionId: string | null;
    /** Of the refusals of sessions. */
    readonly code: string;
    readonly reason: string | null;
  } | null;
}

const QUIZ_ID = 'preview';
const VERSION_ID = 'v1';
/** Of no token: nobody can go on with a preview. */
const TOKEN_HASH = 'preview';

/** `at` is RFC 3339; no answer depends on it. */
export function preview(request: PreviewRequest, at: string): Preview {
  const { definition, language, answers } = request;
  const run = runOf(definition, at);
  const wished = language === undefined ? {} : { language };
  let now = run({ state: initialState, version: 0, refused: null }, 'StartQuizSession', wished);
  for (const answer of answers) {
    if (now.refused !== null) break;
    now = run(now, 'AnswerQuizQuestion', answer);
  }
  return previewOf(request, now);
}

interface Run {
  readonly state: SessionState;
  readonly version: number;
  readonly refused: Preview['refused'];
}

/** Gives a command of a session to the decider of sessions; a refusal changes nothing. */
function runOf(definition: QuizDefinition, at: string) {
  const around = aroundOf(definition, at);
  return (
    before: Run,
    type: 'StartQuizSession' | 'AnswerQuizQuestion',
    input: { readonly questionId?: string; readonly language?: string },
  ): Run => {
    const command = {
      ...STANDARD,
      type,
      at,
      input: { quizId: QUIZ_ID, tokenHash: TOKEN_HASH, ...input },
      // safe because both are called above with the input of their command
    } as SessionCommand;
    const decision = decide(before.state, command, around);
    if (decision.outcome === 'rejected') {
      const { code, details } = decision;
      const reason = typeof details['reason'] === 'string' ? details['reason'] : null;
      return { ...before, refused: { questionId: input.questionId ?? null, code, reason } };
    }
    return decision.events.reduce<Run>(
      ({ state, version }, event) => ({
        state: evolve(state, event, { at, version: version + 1 }),
        version: version + 1,
        refused: null,
      }),
      before,
    );
  };
}

/** What a decider of sessions does not look at. */
const STANDARD = {
  id: 'preview',
  commandId: 'preview',
  secret: '',
  actor: 'preview',
  approver: null,
  number: 0,
} as const;

/** The draft as the one open version of the one quiz there is. */
function aroundOf(definition: QuizDefinition, at: string): Surroundings {
  const version = { versionId: VERSION_ID, number: 1, publishedAt: at, definition };
  const quiz: QuizState = { status: 'open', draft: definition, versions: [version] };
  return { stateOf: () => quiz, versionOf: () => 1 };
}

function previewOf({ definition, ...request }: PreviewRequest, { state, refused }: Run): Preview {
  const session = state.status === 'unknown' ? null : state;
  const language = session?.language ?? languageFor(definition, request.language);
  const { path, variables } = walk(definition, session?.answers ?? {});
  const result = session?.result ?? null;
  return {
    faults: faultsOf(definition),
    quiz: publicQuiz(definition, language),
    language,
    path,
    current: session?.current ?? null,
    variables,
    result:
      result === null
        ? null
        : {
            score: result.score,
            grade: result.grade,
            ending: publicEnding(definition, result.endingId, language),
          },
    refused,
  };
}
