/**
 * POST /v1/demo/break-it/{action} and GET /v1/demo/break-it[/{id}]. Mounted only where the demo is on and nobody but this
 * machine reaches the server; everywhere else there is nothing at these addresses.
 */
import { Failure } from '../../core/errors.ts';
import { ANY_KEY, type Parameter, type Route } from '../../http/route.ts';
import { confirmBody, DEMO_TAG, requireDemoOwner, requireWords } from '../routes.ts';
import { ACTIONS, type Action } from './actions.ts';
import type { BreakIt } from './break-it.ts';

const whole = { type: 'integer', minimum: 0 };
const text = { type: 'string' };
const proofShape = {
  type: ['object', 'null'],
  description: 'Read from the log after the run; null until then.',
  required: ['acknowledged', 'found', 'lost', 'doubled'],
  properties: { acknowledged: whole, found: whole, lost: whole, doubled: whole },
};
const RUN = {
  type: 'object',
  required: [
    'id',
    'action',
    'status',
    'progress',
    'startedAt',
    'endedAt',
    'sent',
    'figures',
    'before',
    'after',
    'proof',
  ],
  properties: {
    id: text,
    action: { enum: ACTIONS.map(({ name }) => name) },
    status: { enum: ['running', 'proving', 'done', 'failed'] },
    progress: { type: 'number', minimum: 0, maximum: 1 },
    startedAt: { type: 'string', format: 'date-time' },
    endedAt: { type: ['string', 'null'], format: 'date-time' },
    sent: {
      type: 'object',
      properties: {
        acknowledged: whole,
        batches: whole,
        created: whole,
        duplicates: whole,
        rejected: whole,
        turnedAway: whole,
      },
    },
    figures: { type: 'object', additionalProperties: { type: 'number' } },
    before: whole,
    after: { type: ['integer', 'null'] },
    proof: proofShape,
  },
};
const ID: Parameter = {
  name: 'id',
  in: 'path',
  description: 'Of a run.',
  schema: { ...text, maxLength: 64 },
};

export function breakItRoutes(breakIt: BreakIt): readonly Route[] {
  return [...ACTIONS.map((action) => beginRoute(breakIt, action)), ...readRoutes(breakIt)];
}

function beginRoute(breakIt: BreakIt, action: Action): Route {
  return {
    method: 'POST',
    path: `/v1/demo/break-it/${action.name}`,
    operationId: `breakIt${action.name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`,
    tag: DEMO_TAG,
    summary: action.summary,
    description: `${action.description} Ends after 30 seconds at the latest. Type "${action.words}" to confirm.`,
    access: ANY_KEY,
    body: confirmBody(action.words),
    answers: {
      202: { description: 'Begun: ask for the run', schema: RUN, headers: ['location'] },
    },
    errors: [
      'NOT_FOUND',
      'FORBIDDEN',
      'INPUT_INVALID',
      'UNSUPPORTED_MEDIA_TYPE',
      'TOO_LARGE',
      'OVERLOADED',
    ],
    audit: { class: 'audit', action: `demo.${action.name}` },
    handle(call) {
      requireDemoOwner(call);
      requireWords(call, action.words);
      const run = breakIt.begin(action);
      const location = `/v1/demo/break-it/${run.id}`;
      return { status: 202, body: run, headers: { location }, audited: { subject: 'demo' } };
    },
  };
}

function readRoutes(breakIt: BreakIt): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/demo/break-it',
      operationId: 'listBreakItRuns',
      tag: DEMO_TAG,
      summary: 'What was broken since the start of this server, newest first, and what can be',
      access: ANY_KEY,
      answers: {
        200: {
          description: 'Runs, and actions with the words that confirm them',
          schema: {
            type: 'object',
            required: ['items', 'actions'],
            properties: {
              items: { type: 'array', items: RUN },
              actions: {
                type: 'array',
                items: {
                  type: 'object',
                  required: ['name', 'words'],
                  properties: { name: text, words: text },
                },
              },
            },
          },
        },
      },
      errors: ['NOT_FOUND', 'FORBIDDEN'],
      handle(call) {
        requireDemoOwner(call);
        const actions = ACTIONS.map(({ name, words }) => ({ name, words }));
        return { status: 200, body: { items: breakIt.list(), actions } };
      },
    },
    {
      method: 'GET',
      path: '/v1/demo/break-it/{id}',
      operationId: 'readBreakItRun',
      tag: DEMO_TAG,
      summary: 'How a run goes, and at its end the proof',
      access: ANY_KEY,
      parameters: [ID],
      answers: { 200: { description: 'The run', schema: RUN } },
      errors: ['NOT_FOUND', 'FORBIDDEN'],
      handle(call) {
        requireDemoOwner(call);
        const run = breakIt.find(call.params['id'] ?? '');
        if (run === null) throw new Failure('NOT_FOUND', 'There is no such run.');
        return { status: 200, body: run };
      },
    },
  ];
}
