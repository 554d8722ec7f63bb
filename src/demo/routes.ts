/** GET /v1/demo says that this is the demo and where to look; POST /v1/demo/delete ends it. */
import type { Principal } from '../access/principal.ts';
import { OWNER } from '../access/roles/built-in-roles.ts';
import { Failure } from '../core/errors.ts';
import { ANY_KEY, type Call, type Route } from '../http/route.ts';
import type { Deletion } from './delete-demo.ts';
import { DEMO_TENANT } from './seed-demo.ts';

export const DEMO_TAG = 'Demo';
const BODY_BYTES_MAX = 1024;

/** What the console shows a hint at: its words are the console's, in its languages. */
export const DEMO_HINTS = [
  'today-moves-by-itself',
  'floor-take-an-order',
  'kitchen-bump-a-ticket',
  'events-time-machine',
  'guest-erase',
  'break-it',
] as const;

/** Typed by whoever deletes the demo. */
export const DELETE_WORDS = 'delete the demo';

const text = { type: 'string' };
const count = { type: 'integer', minimum: 0 };

export interface DemoRouteDependencies {
  readonly deletion: Deletion;
  /** The routes of break-it are mounted. */
  readonly breaks: boolean;
  readonly stopped: () => boolean;
}

export function demoRoutes(deps: DemoRouteDependencies): readonly Route[] {
  return [readRoute(deps), deleteRoute(deps)];
}

function readRoute({ breaks, stopped }: DemoRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/demo',
    operationId: 'readDemo',
    tag: DEMO_TAG,
    summary: 'Whether this business is the demo, and where a look is worth it',
    access: ANY_KEY,
    answers: {
      200: {
        description: 'The demo; `hints` name places of the console',
        schema: {
          type: 'object',
          required: ['demo', 'hints', 'breakIt', 'guests'],
          properties: {
            demo: { type: 'boolean' },
            hints: { type: 'array', items: text },
            breakIt: { type: 'boolean' },
            guests: { enum: ['playing', 'stopped'] },
          },
        },
        example: { demo: true, hints: [...DEMO_HINTS], breakIt: true, guests: 'playing' },
      },
    },
    errors: ['NOT_FOUND'],
    handle({ principal }) {
      if (principal.tenant !== DEMO_TENANT)
        return { status: 200, body: { demo: false, hints: [], breakIt: false, guests: 'stopped' } };
      const breakIt = breaks && isOwner(principal);
      const guests = stopped() ? 'stopped' : 'playing';
      return { status: 200, body: { demo: true, hints: DEMO_HINTS, breakIt, guests } };
    },
  };
}

function deleteRoute({ deletion }: DemoRouteDependencies): Route {
  return {
    method: 'POST',
    path: '/v1/demo/delete',
    operationId: 'deleteDemo',
    tag: DEMO_TAG,
    summary: 'Delete the demo for good',
    description:
      'Its keys are revoked, its people, sessions, devices, webhooks and documents are removed, its guests stop and every ' +
      'person in it is erased in the background. Events without personal data stay in the log, where nobody of the ' +
      'tenant can read them any more. It is not made again at the next start.',
    access: ANY_KEY,
    body: confirmBody(DELETE_WORDS),
    answers: {
      200: {
        description: 'What went. The caller is signed out.',
        schema: {
          type: 'object',
          required: ['deleted', 'keysRevoked', 'peopleRemoved', 'personsToErase'],
          properties: {
            deleted: { const: true },
            keysRevoked: count,
            peopleRemoved: count,
            documentsRemoved: count,
            webhooksRemoved: count,
            personsToErase: count,
          },
        },
      },
    },
    errors: ['NOT_FOUND', 'FORBIDDEN', 'INPUT_INVALID', 'UNSUPPORTED_MEDIA_TYPE', 'TOO_LARGE'],
    audit: { class: 'security', action: 'demo.deleted', first: true },
    async handle(call) {
      requireDemoOwner(call);
      requireWords(call, DELETE_WORDS);
      const gone = await deletion.delete(call.principal.keyId);
      return { status: 200, body: { deleted: true, ...gone } };
    },
  };
}

export function confirmBody(example: string): NonNullable<Route['body']> {
  const schema = {
    type: 'object',
    required: ['confirm'],
    additionalProperties: false,
    properties: { confirm: { type: 'string', maxLength: 100 } },
  };
  return {
    bytesMax: BODY_BYTES_MAX,
    content: { 'application/json': { schema, example: { confirm: example } } },
  };
}

function isOwner({ tenant, user }: Principal): boolean {
  return tenant === DEMO_TENANT && user?.roles.includes(OWNER) === true;
}

/** To everybody else these routes are as unknown as any other. Errors: NOT_FOUND, FORBIDDEN. */
export function requireDemoOwner({ principal }: Call): void {
  if (principal.tenant !== DEMO_TENANT)
    throw new Failure('NOT_FOUND', 'There is nothing at this address.');
  if (!isOwner(principal))
    throw new Failure('FORBIDDEN', 'Only an owner of the demo who is signed in may do this.');
}

/** Errors: INPUT_INVALID. */
export function requireWords({ body }: Call, words: string): void {
  // safe because the body was validated under the schema of `confirmBody`
  const { confirm } = body as { confirm: string };
  if (confirm.trim().toLowerCase() === words) return;
  throw new Failure('INPUT_INVALID', `confirm: type "${words}".`, {
    errors: [{ at: '/confirm', message: `must be "${words}"`, code: 'CONFIRMATION_WRONG' }],
  });
}
