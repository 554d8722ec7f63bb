/** Outgoing webhooks over HTTP: endpoints of the tenant. Their deliveries are in routes-webhook-deliveries.ts. */
import type { Creations } from '../access/creations.ts';
import type { LogReader } from '../log/log.ts';
import { OLD_SECRET_SECONDS_MAX, type WebhookService } from '../webhooks/service.ts';
import { createOnce, CREATION_ERRORS, CREATION_KEY, REPLAYED_HEADER } from './create-once.ts';
import { invalid, notWhole } from './query-input.ts';
import { requireScope } from './mount-routes.ts';
import { scoped, type Call, type Parameter, type Route } from './route.ts';
import { deliveryRoutes } from './routes-webhook-deliveries.ts';
import {
  SecretRotated,
  WebhookCreate,
  WebhookCreated,
  WebhookPage,
  WebhookUpdate,
  WebhookView,
} from './webhook-shapes.ts';
import { CREATE_EXAMPLE, WEBHOOK_EXAMPLE, webhookView } from './webhook-views.ts';

/** A URL and 50 types of full length. */
const BODY_BYTES_MAX = 64 * 1024;
const READ = scoped('webhooks:read');
const WRITE = scoped('webhooks:write');
const WEBHOOK_TAG = 'Webhooks';

const WEBHOOK_ID: Parameter = {
  name: 'id',
  in: 'path',
  description: 'The id of the webhook.',
  schema: { type: 'string' },
};

export interface WebhookRouteDependencies {
  readonly webhooks: WebhookService;
  readonly log: LogReader;
  /** Absent where nothing is remembered of what was made. */
  readonly creations?: Creations;
}

export function webhookRoutes(deps: WebhookRouteDependencies): readonly Route[] {
  return [
    createRoute(deps),
    ...readingRoutes(deps),
    updateRoute(deps),
    rotateRoute(deps),
    ...switchRoutes(deps),
    deleteRoute(deps),
    ...deliveryRoutes(deps),
  ];
}

/** The endpoint that a call names; ids of other tenants are looked for among the caller's and not found. */
function namedIn({ principal, params }: Call): { tenant: string; id: string } {
  return { tenant: principal.tenant, id: params['id'] ?? '' };
}

function createRoute({ webhooks, creations }: WebhookRouteDependencies): Route {
  return {
    method: 'POST',
    path: '/v1/webhooks',
    operationId: 'createWebhook',
    tag: WEBHOOK_TAG,
    summary: 'Have events sent to an address',
    description:
      'Each event of the types that is appended from now on is sent as CloudEvents structured JSON and signed as the ' +
      'Standard Webhooks specification says. Events above 64 KiB are sent without data, with `dataref`. Deliveries ' +
      'are made at least once, in no promised order: `webhook-id` stays the same. The secret is in this answer, in ' +
      'its repetitions under the same Idempotency-Key, and nowhere else.',
    access: WRITE,
    parameters: [CREATION_KEY],
    body: {
      bytesMax: BODY_BYTES_MAX,
      content: { 'application/json': { schema: WebhookCreate, example: CREATE_EXAMPLE } },
    },
    answers: {
      201: {
        description: 'The webhook',
        schema: WebhookCreated,
        headers: ['location', REPLAYED_HEADER],
      },
    },
    audit: { class: 'audit', action: 'webhook.created', keepsBody: true },
    errors: ['INPUT_INVALID', 'UNSUPPORTED_MEDIA_TYPE', 'TOO_LARGE', ...CREATION_ERRORS],
    async handle(call) {
      const { principal, body } = call;
      // Whoever says where events go, reads them.
      requireScope(principal, 'events:read');
      // safe because the body was validated under this schema
      const input = body as WebhookCreate;
      const insert = await webhooks.prepare(principal.tenant, input);
      return createOnce(creations, call, {
        operation: 'createWebhook',
        async make(tx): Promise<WebhookCreated> {
          const { endpoint, secret } = await insert(tx);
          return { ...webhookView(endpoint), secret };
        },
        location: ({ id }) => `/v1/webhooks/${id}`,
      });
    },
  };
}

function readingRoutes({ webhooks }: WebhookRouteDependencies): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/webhooks',
      operationId: 'listWebhooks',
      tag: WEBHOOK_TAG,
      summary: 'Webhooks of the tenant, without their secrets',
      access: READ,
      answers: { 200: { description: 'All of them', schema: WebhookPage } },
      async handle({ principal }) {
        const items = (await webhooks.list(principal.tenant)).map(webhookView);
        const page: WebhookPage = { items, next: items.at(-1)?.id ?? null, more: false };
        return { status: 200, body: page };
      },
    },
    {
      method: 'GET',
      path: '/v1/webhooks/{id}',
      operationId: 'getWebhook',
      tag: WEBHOOK_TAG,
      summary: 'One webhook, without its secrets',
      access: READ,
      parameters: [WEBHOOK_ID],
      answers: {
        200: { description: 'The webhook', schema: WebhookView, example: WEBHOOK_EXAMPLE },
      },
      errors: ['NOT_FOUND'],
      async handle(call) {
        return { status: 200, body: webhookView(await webhooks.get(namedIn(call))) };
      },
    },
  ];
}

function updateRoute({ webhooks }: WebhookRouteDependencies): Route {
  return {
    method: 'POST',
    path: '/v1/webhooks/{id}/update',
    operationId: 'updateWebhook',
    tag: WEBHOOK_TAG,
    summary: 'Change address, types or description',
    description: 'What is not named stays. Deliveries that wait go to the new address.',
    access: WRITE,
    parameters: [WEBHOOK_ID],
    body: {
      bytesMax: BODY_BYTES_MAX,
      content: {
        'application/json': { schema: WebhookUpdate, example: { types: ['comptoir.order.*'] } },
      },
    },
    answers: { 200: { description: 'The webhook', schema: WebhookView } },
    audit: { class: 'audit', action: 'webhook.updated' },
    errors: ['NOT_FOUND', 'INPUT_INVALID', 'UNSUPPORTED_MEDIA_TYPE', 'TOO_LARGE'],
    async handle(call) {
      requireScope(call.principal, 'events:read');
      // safe because the body was validated under this schema
      const change = call.body as WebhookUpdate;
      const before = webhookView(await webhooks.get(namedIn(call)));
      const body = webhookView(await webhooks.update(namedIn(call), change));
      return { status: 200, body, audited: { before, after: change } };
    },
  };
}

function rotateRoute({ webhooks }: WebhookRouteDependencies): Route {
  return {
    method: 'POST',
    path: '/v1/webhooks/{id}/rotate-secret',
    operationId: 'rotateWebhookSecret',
    tag: WEBHOOK_TAG,
    summary: 'Make a new secret',
    description:
      'The old secret signs beside the new one for a day, so that the receiver can change it in between; with ' +
      '`keepOldSeconds=0` it ends at once.',
    access: WRITE,
    parameters: [
      WEBHOOK_ID,
      {
        name: 'keepOldSeconds',
        in: 'query',
        description: 'How long the old secrets sign on.',
        schema: {
          type: 'integer',
          minimum: 0,
          maximum: OLD_SECRET_SECONDS_MAX,
          default: OLD_SECRET_SECONDS_MAX,
        },
      },
    ],
    answers: { 200: { description: 'The new secret', schema: SecretRotated } },
    audit: { class: 'security', action: 'webhook.secret-rotated' },
    errors: ['NOT_FOUND', 'INPUT_INVALID'],
    async handle(call) {
      const rotated = await webhooks.rotateSecret(
        namedIn(call),
        keepOldSecondsOf(call.query.get('keepOldSeconds')),
      );
      return { status: 200, body: rotated };
    },
  };
}

function keepOldSecondsOf(text: string | undefined): number {
  if (text === undefined) return OLD_SECRET_SECONDS_MAX;
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
  if (seconds <= OLD_SECRET_SECONDS_MAX) return seconds;
  throw invalid(
    'keepOldSeconds',
    `must be a whole number from 0 to ${OLD_SECRET_SECONDS_MAX}.`,
    notWhole({ min: 0, max: OLD_SECRET_SECONDS_MAX }),
  );
}

/** What the audit trail calls it. */
const SWITCHED = { enable: 'enabled', disable: 'disabled', resume: 'resumed' } as const;

function switchRoutes({ webhooks }: WebhookRouteDependencies): readonly Route[] {
  const route = (verb: keyof typeof SWITCHED, words: { summary: string; text: string }): Route => ({
    method: 'POST',
    path: `/v1/webhooks/{id}/${verb}`,
    operationId: `${verb}Webhook`,
    tag: WEBHOOK_TAG,
    summary: words.summary,
    description: words.text,
    access: WRITE,
    parameters: [WEBHOOK_ID],
    answers: { 200: { description: 'The webhook', schema: WebhookView } },
    audit: { class: 'audit', action: `webhook.${SWITCHED[verb]}` },
    errors: ['NOT_FOUND'],
    async handle(call) {
      return { status: 200, body: webhookView(await webhooks[verb](namedIn(call))) };
    },
  });
  return [
    route('enable', {
      summary: 'Send again',
      text: 'Events that are appended from now on are sent; those in between are not.',
    }),
    route('disable', {
      summary: 'Send no more',
      text: 'Deliveries that wait are cancelled when their time comes.',
    }),
    route('resume', {
      summary: 'Go on after handing events over was suspended',
      text:
        'It is suspended after seven days without progress, which `suspended` tells. It goes on where it stood, so what ' +
        'was appended meanwhile is sent, but for what retention removed. Without effect when nothing is suspended.',
    }),
  ];
}

function deleteRoute({ webhooks }: WebhookRouteDependencies): Route {
  return {
    method: 'DELETE',
    path: '/v1/webhooks/{id}',
    operationId: 'deleteWebhook',
    tag: WEBHOOK_TAG,
    summary: 'Remove a webhook, its secrets and its deliveries',
    access: WRITE,
    parameters: [WEBHOOK_ID],
    answers: { 204: { description: 'Removed' } },
    audit: { class: 'audit', action: 'webhook.removed' },
    errors: ['NOT_FOUND'],
    async handle(call) {
      await webhooks.remove(namedIn(call));
      return { status: 204 };
    },
  };
}
