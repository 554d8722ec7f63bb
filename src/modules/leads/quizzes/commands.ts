import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { quizDefinition } from './definition.ts';
import { EXAMPLE_QUIZ, SHORT_QUIZ } from './examples.ts';

/** What stands in the public address of the quiz, and its id: printed on flyers, so it never changes. */
const slug = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,59}$' });
const NOTHING = Type.Object({}, { additionalProperties: false });

export const createQuiz = defineCommand({
  name: 'CreateQuiz',
  summary: 'Creates a quiz, as a draft or published at once; its id is its slug',
  permission: 'quizzes',
  input: Type.Object(
    { slug, definition: quizDefinition, publish: Type.Optional(Type.Boolean()) },
    { additionalProperties: false },
  ),
  examples: [
    { slug: 'what-kind-of-guest', definition: EXAMPLE_QUIZ, publish: true },
    { slug: 'short', definition: SHORT_QUIZ },
  ],
});

export const saveQuizDraft = defineCommand({
  name: 'SaveQuizDraft',
  word: 'save-draft',
  summary: 'Saves the next version as a draft; the answer says what keeps it from being published',
  permission: 'quizzes',
  input: Type.Object({ definition: quizDefinition }, { additionalProperties: false }),
  examples: [{ definition: SHORT_QUIZ }, { definition: EXAMPLE_QUIZ }],
});

export const publishQuiz = defineCommand({
  name: 'PublishQuiz',
  word: 'publish',
  summary: 'Publishes the draft as the version that new sessions are started on',
  permission: 'quizzes',
  input: NOTHING,
  examples: [{}],
});

export const closeQuiz = defineCommand({
  name: 'CloseQuiz',
  word: 'close',
  summary: 'Starts no more sessions; those under way may be finished',
  permission: 'quizzes',
  input: NOTHING,
  examples: [{}],
});

export const reopenQuiz = defineCommand({
  name: 'ReopenQuiz',
  word: 'reopen',
  summary: 'Starts sessions again',
  permission: 'quizzes',
  input: NOTHING,
  examples: [{}],
});

export const QUIZ_COMMANDS = [
  createQuiz,
  saveQuizDraft,
  publishQuiz,
  closeQuiz,
  reopenQuiz,
] as const;
export type QuizCommand = CommandFor<(typeof QUIZ_COMMANDS)[number]>;

export const QUIZ_REFUSALS = {
  QUIZ_EXISTS: {
    sentence: 'There is a quiz with this slug.',
    remedy: 'Save a draft of it, or choose another slug.',
  },
  QUIZ_FAULTY: {
    sentence: 'The quiz cannot be published: `faults` says why.',
    remedy: 'Correct what each fault names and publish again.',
  },
  QUIZ_VERSIONS_FULL: {
    sentence: 'The quiz has had all the versions it may have.',
    remedy: 'Create a new quiz from the draft.',
  },
} as const satisfies Record<string, Refusal>;
