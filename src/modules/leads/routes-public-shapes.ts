/** Parameters, bodies and answers of the public routes. */
import { Type, type Static } from 'typebox';
import { Failure } from '../../core/errors.ts';
import { refusalOf } from '../../http/problem.ts';
import type { Answer, AnswerDescription, BodyDescription, Parameter } from '../../http/route.ts';
import type { Refusal } from '../../core/aggregate.ts';
import { attribution } from './contact.ts';
import { language, partId } from './quizzes/definition.ts';
import { answerValue, SESSION_REFUSALS } from './sessions/commands.ts';

/** A long text in four-byte characters, and its frame. */
const BYTES_MAX = 32 * 1024;

export const PLACE: readonly Parameter[] = [
  {
    name: 'slug',
    in: 'path',
    description: 'Whose quiz it is: the id of the tenant.',
    schema: { type: 'string' },
    example: 'default',
  },
  {
    name: 'quizSlug',
    in: 'path',
    description: 'The slug of the quiz.',
    schema: { type: 'string' },
    example: 'what-kind-of-guest',
  },
];
export const SESSION: Parameter = {
  name: 'id',
  in: 'path',
  description: 'The session.',
  schema: { type: 'string', maxLength: 128 },
};
export const LANGUAGE: Parameter = {
  name: 'language',
  in: 'query',
  description: 'The language wished for; where the quiz does not have it, its first one is used.',
  schema: { type: 'string', maxLength: 10 },
  example: 'pl',
};

const startBody = Type.Object(
  {
    proof: Type.Object(
      { challenge: Type.String({ maxLength: 200 }), number: Type.Integer({ minimum: 0 }) },
      { additionalProperties: false },
    ),
    language: Type.Optional(language),
    attribution: Type.Optional(attribution),
    /** Left empty by people, who do not see it. */
    website: Type.Optional(Type.String({ maxLength: 500 })),
  },
  { additionalProperties: false },
);
export type StartBody = Static<typeof startBody>;

const answerBody = Type.Object(
  {
    questionId: partId,
    value: answerValue,
    versionId: Type.Optional(Type.String({ maxLength: 10 })),
  },
  { additionalProperties: false },
);
export type AnswerBody = Static<typeof answerBody>;

export const START_BODY: BodyDescription = {
  bytesMax: BYTES_MAX,
  content: {
    'application/json': {
      schema: startBody,
      example: {
        proof: { challenge: '019a...c3.10.1795253400000.n4bQgYhMfWWaL-qgxVrQFa', number: 1234 },
        attribution: { utmSource: 'instagram' },
      },
    },
  },
};
export const ANSWER_BODY: BodyDescription = {
  bytesMax: BYTES_MAX,
  content: {
    'application/json': {
      schema: answerBody,
      example: { questionId: 'occasion', value: 'party' },
    },
  },
};

const TEXT = { type: 'string' };
const OR_NULL = { type: ['string', 'null'] };
const RESULT = {
  type: ['object', 'null'],
  description: 'Once it is completed: the score and the ending.',
};
const object = (properties: object) => ({ type: 'object', properties });
const STEP = { status: TEXT, versionId: TEXT, language: TEXT, current: OR_NULL };

export const SHAPES = {
  quiz: {
    description: 'The quiz and a challenge',
    schema: object({
      quizId: TEXT,
      versionId: TEXT,
      title: TEXT,
      language: TEXT,
      languages: { type: 'array', items: TEXT },
      questions: { type: 'array', items: { type: 'object' } },
      challenge: object({
        algorithm: { const: 'SHA-256' },
        text: TEXT,
        difficulty: { type: 'integer' },
        expiresAt: { type: 'string', format: 'date-time' },
      }),
    }),
  },
  started: {
    description: 'The session; its answers need the token',
    schema: object({ sessionId: TEXT, token: TEXT, ...STEP }),
  },
  answered: {
    description: 'Where the session stands now; `current` is the question that is asked',
    schema: object({ ...STEP, result: RESULT }),
  },
  session: {
    description: 'The session',
    schema: object({
      ...STEP,
      title: TEXT,
      questions: { type: 'array', items: { type: 'object' } },
      answers: { type: 'object' },
      result: RESULT,
    }),
  },
} as const satisfies Record<string, AnswerDescription>;

/** A refusal of a session as a problem document. */
export function refused(
  answer: {
    readonly status: 'refused';
    readonly code: string;
    readonly details: Readonly<Record<string, unknown>>;
  },
  traceId: string,
): Answer {
  const { code, details } = answer;
  const table: Readonly<Record<string, Refusal>> = SESSION_REFUSALS;
  const refusal = table[code];
  if (refusal === undefined)
    throw new Failure('INTERNAL', `The refusal ${code} is not in the table of its module.`);
  const { status, headers, problem } = refusalOf({ code, details, refusal }, traceId);
  return { status, contentType: headers['content-type'] ?? '', body: problem };
}
