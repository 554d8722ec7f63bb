import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { attribution, contactInput } from '../contact.ts';
import { channel, language, partId, TEXT_LENGTH_MAX } from '../quizzes/definition.ts';

const quizId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,59}$' });
/** SHA-256 in base64url. */
const tokenHash = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });

/** What whoever answers a contact question sends: how to be reached, and what was agreed to. */
const contactValue = Type.Object(
  {
    ...contactInput.properties,
    consents: Type.Optional(Type.Array(channel, { maxItems: 6, uniqueItems: true })),
  },
  { additionalProperties: false },
);

/** An option's id, several of them, a text, a number, a contact; null skips a question that is not required. */
export const answerValue = Type.Union([
  Type.String({ maxLength: TEXT_LENGTH_MAX }),
  Type.Number(),
  Type.Array(partId, { maxItems: 40, uniqueItems: true }),
  contactValue,
  Type.Null(),
]);

export const startQuizSession = defineCommand({
  name: 'StartQuizSession',
  summary: 'Starts a session on the published version of a quiz',
  permission: 'answer',
  input: Type.Object(
    {
      quizId,
      tokenHash,
      language: Type.Optional(language),
      attribution: Type.Optional(attribution),
    },
    { additionalProperties: false },
  ),
  examples: [
    {
      quizId: 'what-kind-of-guest',
      tokenHash: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
      language: 'pl',
      attribution: { utmSource: 'instagram', referrer: 'https://example.com/page?x=1' },
    },
  ],
});

const answered = (questionId: string, value: unknown) => ({
  quizId: 'what-kind-of-guest',
  tokenHash: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
  questionId,
  // safe because a test proves every example valid
  value: value as null,
});

export const answerQuizQuestion = defineCommand({
  name: 'AnswerQuizQuestion',
  word: 'answer',
  summary: 'Answers the question that is asked, or one answered before anew',
  permission: 'answer',
  input: Type.Object(
    {
      quizId,
      tokenHash,
      questionId: partId,
      value: answerValue,
      /** Where the caller knows it: refused when the session is on another one. */
      versionId: Type.Optional(Type.String({ maxLength: 10 })),
    },
    { additionalProperties: false },
  ),
  examples: [
    answered('occasion', 'party'),
    answered('guests', 40),
    answered('extras', ['music']),
    answered('wishes', 'A table by the window'),
    answered('rating', 5),
    answered('contact', { name: 'Ana', email: 'ana@example.com', consents: ['email'] }),
    answered('contact', null),
    answered('occasion', 'curious'),
  ],
});

export const abandonQuizSession = defineCommand({
  name: 'AbandonQuizSession',
  word: 'abandon',
  summary: 'Notes that nobody has answered for as long as the quiz allows',
  input: Type.Object({}, { additionalProperties: false }),
  examples: [{}],
});

export const SESSION_COMMANDS = [startQuizSession, answerQuizQuestion, abandonQuizSession] as const;
export type SessionCommand = CommandFor<(typeof SESSION_COMMANDS)[number]>;

export const SESSION_REFUSALS = {
  QUIZ_NOT_OPEN: {
    sentence: 'The quiz takes no new sessions.',
    remedy: 'Publish or reopen it.',
  },
  SESSION_EXISTS: {
    sentence: 'A session was started with this proof already.',
    remedy: 'Fetch a new challenge and start with its proof.',
  },
  SESSION_UNKNOWN: {
    sentence: 'There is no such session of this quiz for this token.',
    remedy: 'Start a session, and send its token with its answers.',
  },
  SESSION_COMPLETED: {
    sentence: 'The session is completed.',
    remedy: 'Start another one to answer anew.',
  },
  SESSION_TOO_LONG: {
    sentence: 'The session has had more answers than any quiz needs.',
    remedy: 'Start another one.',
  },
  QUIZ_VERSION_OTHER: {
    sentence: 'The session is on another version of the quiz.',
    remedy: 'Read the session: it names its version and its question.',
  },
  QUESTION_UNKNOWN: {
    sentence: 'The version of the session has no such question.',
    remedy: 'Read the session: it names its version and its question.',
  },
  QUESTION_NOT_ASKED: {
    sentence: 'The question is not asked on the way that the answers took.',
    remedy: 'Answer `current`, or one that was answered before.',
  },
  ANSWER_INVALID: {
    sentence: 'The question cannot be answered like this.',
    remedy: 'Correct what `reason` names.',
  },
} as const satisfies Record<string, Refusal>;
