/** Webhooks as they are shown: no secret, no place in the database. */
import { positionText } from '../core/event-json.ts';
import type { Delivery } from '../webhooks/delivery.ts';
import type { ToldEndpoint } from '../webhooks/service.ts';
import type { DeliveryView, WebhookView } from './webhook-shapes.ts';

export function webhookView(endpoint: ToldEndpoint): WebhookView {
  return {
    id: endpoint.endpointId,
    url: endpoint.url,
    types: [...endpoint.types],
    description: endpoint.description,
    status: endpoint.status,
    disabledReason: endpoint.disabledReason,
    failingSince: endpoint.failingSince,
    suspended: endpoint.suspended,
    createdAt: endpoint.createdAt,
    updatedAt: endpoint.updatedAt,
  };
}

export function deliveryView(delivery: Delivery): DeliveryView {
  return {
    id: delivery.deliveryId,
    type: delivery.type,
    position: delivery.position === null ? null : positionText(delivery.position),
    status: delivery.status,
    attempts: delivery.attempts.map(({ at, durationMs, status, code }) => ({
      at,
      durationMs,
      status,
      code,
    })),
    createdAt: delivery.createdAt,
    nextAttemptAt: delivery.nextAttemptAt,
    settledAt: delivery.settledAt,
  };
}

const ID = '0199f3c2-7a10-7cc4-9d0b-6a52f4c1e870';
const TIME = '2026-11-21T09:30:00.000Z';

export const CREATE_EXAMPLE = {
  url: 'https://hooks.example.com/comptoir',
  types: ['comptoir.order.*', 'com.example.order.line.v1'],
  description: 'bookkeeping',
};

export const WEBHOOK_EXAMPLE: WebhookView = {
  id: ID,
  ...CREATE_EXAMPLE,
  status: 'enabled',
  disabledReason: null,
  failingSince: null,
  suspended: false,
  createdAt: TIME,
  updatedAt: TIME,
};

export const DELIVERY_EXAMPLE: DeliveryView = {
  id: 'msg_8f14e45fceea167a5a36dedd4bea2543',
  type: 'com.example.order.line.v1',
  position: '00000000000000000042',
  status: 'waiting',
  attempts: [{ at: TIME, durationMs: 31, status: 500, code: 'HTTP_STATUS' }],
  createdAt: TIME,
  nextAttemptAt: '2026-11-21T09:30:05.213Z',
  settledAt: null,
};
