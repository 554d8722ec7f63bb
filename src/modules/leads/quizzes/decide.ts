import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { faultsOf } from './check.ts';
import type { QuizCommand } from './commands.ts';
import type { QuizDefinition } from './definition.ts';
import type { QuizEvent } from './events.ts';
import type { KnownQuiz, QuizState } from './state.ts';

/** All of them are held for the sessions on them: a version a week for two years. */
export const VERSIONS_MAX = 100;

export function decide(state: QuizState, command: QuizCommand): Decision<QuizEvent> {
  if (command.type === 'CreateQuiz') return create(state, command);
  if (state.status === 'unknown') return accepted([]);
  return decideKnown(state, command);
}

function create(
  state: QuizState,
  { id: quizId, input }: Extract<QuizCommand, { type: 'CreateQuiz' }>,
): Decision<QuizEvent> {
  if (state.status !== 'unknown') return rejected('QUIZ_EXISTS');
  const { definition, publish = false } = input;
  const created: QuizEvent = { type: 'QuizCreated', data: { quizId, definition } };
  if (!publish) return accepted([created]);
  const published = publishing(quizId, definition, 1);
  return published.outcome === 'rejected' ? published : accepted([created, ...published.events]);
}

type FollowUp = Exclude<QuizCommand, { type: 'CreateQuiz' }>;

function decideKnown(state: KnownQuiz, command: FollowUp): Decision<QuizEvent> {
  const { id: quizId } = command;
  switch (command.type) {
    case 'SaveQuizDraft': {
      const { definition } = command.input;
      if (isSame(definition, state.draft)) return accepted([]);
      return accepted([{ type: 'QuizDraftSaved', data: { quizId, definition } }]);
    }
    case 'PublishQuiz': {
      const newest = state.versions.at(-1);
      if (newest !== undefined && isSame(newest.definition, state.draft))
        return accepted(
          state.status === 'closed' ? [{ type: 'QuizReopened', data: { quizId } }] : [],
        );
      return publishing(quizId, state.draft, state.versions.length + 1);
    }
    case 'CloseQuiz':
      if (state.status === 'closed') return accepted([]);
      return accepted([{ type: 'QuizClosed', data: { quizId } }]);
    case 'ReopenQuiz':
      if (state.status !== 'closed') return accepted([]);
      return accepted([{ type: 'QuizReopened', data: { quizId } }]);
  }
}

function publishing(
  quizId: string,
  definition: QuizDefinition,
  number: number,
): Decision<QuizEvent> {
  if (number > VERSIONS_MAX) return rejected('QUIZ_VERSIONS_FULL', { max: VERSIONS_MAX });
  const faults = faultsOf(definition);
  if (faults.length > 0) return rejected('QUIZ_FAULTY', { faults });
  const data = { quizId, versionId: `v${number}`, number, definition };
  return accepted([{ type: 'QuizPublished', data }]);
}

/** Written by one editor, equal definitions are written alike; where not, one version more does no harm. */
function isSame(one: QuizDefinition, other: QuizDefinition): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
