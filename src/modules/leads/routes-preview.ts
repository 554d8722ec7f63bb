/** POST /v1/leads/quizzes/preview: a draft that nobody has saved, answered as a visitor would. Stores nothing. */
import { Type, type Static } from 'typebox';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import type { Route } from '../../http/route.ts';
import { language, partId, quizDefinition } from './quizzes/definition.ts';
import { EXAMPLE_QUIZ } from './quizzes/examples.ts';
import { answerValue } from './sessions/commands.ts';
import { STEPS_MAX } from './sessions/decide.ts';
import { preview, type PreviewRequest } from './sessions/preview.ts';

/** A definition with all its texts in eight languages, and its answers; what a command may have. */
const BYTES_MAX = 1024 * 1024;

const previewBody = Type.Object(
  {
    definition: quizDefinition,
    language: Type.Optional(language),
    answers: Type.Optional(
      Type.Array(
        Type.Object({ questionId: partId, value: answerValue }, { additionalProperties: false }),
        { maxItems: STEPS_MAX },
      ),
    ),
  },
  { additionalProperties: false },
);

const TEXT = { type: 'string' };
const OR_NULL = { type: ['string', 'null'] };
const PREVIEW = {
  type: 'object',
  properties: {
    faults: {
      type: 'array',
      items: {
        type: 'object',
        properties: { code: TEXT, at: OR_NULL, names: { type: 'array', items: TEXT } },
      },
    },
    quiz: { type: 'object' },
    language: TEXT,
    path: { type: 'array', items: TEXT },
    current: OR_NULL,
    variables: { type: 'object', additionalProperties: { type: 'number' } },
    result: {
      type: ['object', 'null'],
      properties: {
        score: { type: 'number' },
        grade: OR_NULL,
        ending: { type: ['object', 'null'] },
      },
    },
    refused: {
      type: ['object', 'null'],
      properties: { questionId: OR_NULL, code: TEXT, reason: OR_NULL },
    },
  },
};

export function previewRoute({ clock }: Pick<ModuleRouteDependencies, 'clock'>): Route {
  return {
    method: 'POST',
    path: '/v1/leads/quizzes/preview',
    operationId: 'previewQuiz',
    tag: 'Leads',
    summary: 'Answers a draft as a visitor would, and says what keeps it from being published',
    description:
      'Send the draft and all answers so far: nothing is stored, no session is started. `refused` names the answer that a ' +
      'visitor could not have given.',
    // Whoever may save the draft: that is a command of this permission.
    access: {
      kind: 'command',
      scope: 'leads:quizzes',
      impliedBy: 'leads:write',
      approvable: false,
    },
    body: {
      bytesMax: BYTES_MAX,
      content: {
        'application/json': {
          schema: previewBody,
          example: {
            definition: EXAMPLE_QUIZ,
            language: 'pl',
            answers: [{ questionId: 'occasion', value: 'party' }],
          },
        },
      },
    },
    answers: { 200: { description: 'Where the answers lead', schema: PREVIEW } },
    errors: ['INPUT_INVALID', 'TOO_LARGE'],
    async handle({ body }) {
      // safe because the route has validated it
      const given = body as Static<typeof previewBody>;
      const request: PreviewRequest = { ...given, answers: given.answers ?? [] };
      return { status: 200, body: preview(request, new Date(clock.nowMs()).toISOString()) };
    },
  };
}
