/** What was sent to a webhook, over HTTP: the list, a test message, sending again. */
import { encodeCursor } from '../core/cursor.ts';
import type { LogReader } from '../log/log.ts';
import { DELIVERY_STATUSES, type DeliveryStatus } from '../webhooks/delivery.ts';
import { DELIVERY_PAGE, type WebhookService } from '../webhooks/service.ts';
import { AFTER_PAGE, invalid, limitOf, limitParameter, notListed } from './query-input.ts';
import { requireScope } from './mount-routes.ts';
import { scoped, type Call, type Parameter, type Route } from './route.ts';
import { placeOf } from './routes-events.ts';
import { DeliveryPage, DeliveryView, ReplayBegun, ReplayRequest } from './webhook-shapes.ts';
import { DELIVERY_EXAMPLE, deliveryView } from './webhook-views.ts';

const TAG = 'Webhooks';
const ID: Parameter = {
  name: 'id',
  in: 'path',
  description: 'The id of the webhook.',
  schema: { type: 'string' },
};

interface Dependencies {
  readonly webhooks: WebhookService;
  /** For the cursors of replays. */
  readonly log: LogReader;
}

const REPLAY_BYTES_MAX = 4096;

export function deliveryRoutes(deps: Dependencies): readonly Route[] {
  return [listRoute(deps), testRoute(deps), replayRoute(deps), resendRoute(deps)];
}

function listRoute({ webhooks }: Dependencies): Route {
  return {
    method: 'GET',
    path: '/v1/webhooks/{id}/deliveries',
    operationId: 'listWebhookDeliveries',
    tag: TAG,
    summary: 'Deliveries of a webhook with their attempts, newest first',
    description: 'Kept for 30 days, without any content of what was sent or answered.',
    access: scoped('webhooks:read'),
    parameters: [
      ID,
      {
        name: 'status',
        in: 'query',
        description: 'Only deliveries that are so.',
        schema: { type: 'string', enum: DELIVERY_STATUSES },
      },
      AFTER_PAGE,
      limitParameter('deliveries', DELIVERY_PAGE),
    ],
    answers: { 200: { description: 'A page', schema: DeliveryPage } },
    errors: ['NOT_FOUND', 'INPUT_INVALID', 'CURSOR_INVALID'],
    async handle(call) {
      const { query } = call;
      const { items, next, more } = await webhooks.deliveries(nameOf(call), {
        status: statusOf(query.get('status')),
        after: query.get('after') ?? null,
        limit: limitOf(query, DELIVERY_PAGE),
      });
      const page: DeliveryPage = { items: items.map(deliveryView), next, more };
      return { status: 200, body: page };
    },
  };
}

function statusOf(text: string | undefined): DeliveryStatus | null {
  if (text === undefined) return null;
  const status = DELIVERY_STATUSES.find((known) => known === text);
  if (status === undefined)
    throw invalid(
      'status',
      `must be ${DELIVERY_STATUSES.join(', ')}.`,
      notListed(DELIVERY_STATUSES),
    );
  return status;
}

function testRoute({ webhooks }: Dependencies): Route {
  return {
    method: 'POST',
    path: '/v1/webhooks/{id}/test',
    operationId: 'testWebhook',
    tag: TAG,
    summary: 'Send a test message',
    description: 'An event of type `comptoir.webhook.test.v1` that stands in no log.',
    access: scoped('webhooks:write'),
    parameters: [ID],
    answers: {
      202: { description: 'It is on its way', schema: DeliveryView, example: DELIVERY_EXAMPLE },
    },
    errors: ['NOT_FOUND', 'WEBHOOK_DISABLED'],
    async handle(call) {
      return { status: 202, body: deliveryView(await webhooks.test(nameOf(call))) };
    },
  };
}

function replayRoute({ webhooks, log }: Dependencies): Route {
  return {
    method: 'POST',
    path: '/v1/webhooks/{id}/replay',
    operationId: 'replayWebhook',
    tag: TAG,
    summary: 'Send again what was appended after a cursor',
    description:
      'Up to the newest event there is now, in pages of some hundred a few seconds apart. Each event keeps its ' +
      '`webhook-id`: what the receiver has had, it can tell. What retention removed is left out. One that ' +
      'is under way ends when another is asked for.',
    access: scoped('webhooks:write'),
    parameters: [ID],
    body: {
      bytesMax: REPLAY_BYTES_MAX,
      content: {
        'application/json': { schema: ReplayRequest, example: { after: 'MS5hYmMuMy4x' } },
      },
    },
    answers: {
      202: {
        description: 'It is begun',
        schema: ReplayBegun,
        example: { through: 'MS5hYmMuMy45' },
      },
    },
    audit: { class: 'audit', action: 'webhook.replayed', keepsBody: true },
    errors: [
      'NOT_FOUND',
      'WEBHOOK_DISABLED',
      'CURSOR_INVALID',
      'CURSOR_EXPIRED',
      'CURSOR_FOREIGN',
      'INPUT_INVALID',
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    async handle(call) {
      const { principal } = call;
      requireScope(principal, 'events:read');
      // safe because the body was validated under this schema
      const { after: cursor } = call.body as ReplayRequest;
      const bucket = log.bucketOf(principal.tenant);
      const { after } = await placeOf(log, bucket, cursor);
      const { through } = await webhooks.replay(nameOf(call), after);
      const place = { incarnation: log.incarnation, bucket, position: through };
      const body: ReplayBegun = { through: encodeCursor(place) };
      return { status: 202, body };
    },
  };
}

function resendRoute({ webhooks }: Dependencies): Route {
  return {
    method: 'POST',
    path: '/v1/webhooks/{id}/deliveries/{deliveryId}/resend',
    operationId: 'resendWebhookDelivery',
    tag: TAG,
    summary: 'Send a delivery again, whatever became of it',
    description: 'At once, with the same `webhook-id` and a new round of attempts.',
    access: scoped('webhooks:write'),
    parameters: [
      ID,
      {
        name: 'deliveryId',
        in: 'path',
        description: 'The id of the delivery.',
        schema: { type: 'string' },
      },
    ],
    answers: { 202: { description: 'It is on its way', schema: DeliveryView } },
    audit: { class: 'audit', action: 'webhook.resent' },
    errors: ['NOT_FOUND', 'WEBHOOK_DISABLED'],
    async handle(call) {
      requireScope(call.principal, 'events:read');
      const delivery = await webhooks.resend(nameOf(call), call.params['deliveryId'] ?? '');
      return { status: 202, body: deliveryView(delivery) };
    },
  };
}

function nameOf({ principal, params }: Call): { tenant: string; id: string } {
  return { tenant: principal.tenant, id: params['id'] ?? '' };
}
