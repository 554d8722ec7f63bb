/**
 * From the log to deliveries: a durable subscription that writes, with its checkpoint, one row and one job for each
 * event and endpoint that wants it. Handled again, the same chunk gives the same ids and so the same rows.
 */
import type { Clock } from '../core/clock.ts';
import type { StoredEvent } from '../core/event.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { Subscriber, SubscriptionChunk } from '../subscriptions/durable/durable.ts';
import { enqueueDelivery } from './delivery-job.ts';
import type { NewDelivery } from './delivery.ts';
import { typeMatcher, type Endpoint } from './endpoint.ts';
import { messageIdOf, TEST_TYPE } from './message.ts';
import type { WebhookStore } from './store.ts';

/** Rows of one insert: a few hundred kilobytes of parameters. */
const ROWS_PER_INSERT = 1000;

export interface FanOutDependencies {
  readonly store: WebhookStore;
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly clock: Clock;
}

/** Of the subscription that hands events over; its checkpoint and suspension go by this name. */
export const FAN_OUT = 'webhooks';

const NOTHING: ReadonlySet<string> = new Set();

export function createFanOut(deps: FanOutDependencies): Subscriber {
  return {
    name: FAN_OUT,
    types: null,
    from: 'now',
    interest: async (bucket) => ((await deps.store.hasEnabled(bucket)) ? null : NOTHING),
    async handle(chunk) {
      if (chunk.events.length === 0) return null;
      const tenants = [...new Set(chunk.events.map((event) => event.tenant))];
      // Read after the events were: an endpoint that was made before one of them is there.
      const endpoints = await deps.store.enabledEndpoints(chunk.bucket, tenants);
      const rows = deliveriesOf(chunk, endpoints);
      if (rows.length === 0) return null;
      return async (tx) => {
        const at = new Date(deps.clock.nowMs()).toISOString();
        for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
          const slice = rows.slice(start, start + ROWS_PER_INSERT);
          const inserted = await deps.store.insertDeliveries(tx, slice, at);
          for (const place of inserted) await enqueueDelivery(deps.jobs, tx, { place });
        }
      };
    },
  };
}

function deliveriesOf(
  chunk: SubscriptionChunk,
  endpoints: readonly Endpoint[],
): readonly NewDelivery[] {
  const wanting = Map.groupBy(
    endpoints.map((endpoint) => ({ endpoint, wants: typeMatcher(endpoint.types) })),
    ({ endpoint }) => endpoint.tenant,
  );
  return chunk.events.flatMap((event) =>
    (wanting.get(event.tenant) ?? [])
      .filter(({ endpoint, wants }) => event.position > endpoint.fromPosition && wants(event.type))
      .map(({ endpoint }) => deliveryOf(event, endpoint)),
  );
}

export function deliveryOf(event: StoredEvent, endpoint: Endpoint): NewDelivery {
  const { bucket, tenant, endpointId } = endpoint;
  return {
    bucket,
    tenant,
    endpointId,
    deliveryId: messageIdOf(endpointId, event),
    position: event.position,
    type: event.type,
  };
}

/** A message that only tries the endpoint out. `id` is random: two tests are two messages. */
export function testDelivery(endpoint: Endpoint, id: string): NewDelivery {
  const { bucket, tenant, endpointId } = endpoint;
  const deliveryId = `msg_${id.replaceAll('-', '')}`;
  return { bucket, tenant, endpointId, deliveryId, position: null, type: TEST_TYPE };
}
