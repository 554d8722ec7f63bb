/** The job behind each delivery. It names the row; what is to be sent is read when it is sent. */
import type { Queryable } from '../platform/postgres/database.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { DeliveryPlace } from './delivery.ts';

export const DELIVER_QUEUE = 'webhooks.deliver';

/** Plans the next attempt at `runAt` (RFC 3339) or at once; a job of the delivery that waits already is replaced. */
export function enqueueDelivery(
  jobs: Pick<Jobs, 'enqueue'>,
  tx: Queryable,
  delivery: { readonly place: DeliveryPlace; readonly runAt?: string | undefined },
): Promise<void> {
  const { bucket, tenant, endpointId, deliveryId } = delivery.place;
  return jobs.enqueue(tx, {
    queue: DELIVER_QUEUE,
    key: deliveryId,
    payload: { bucket, tenant, endpointId, deliveryId },
    ...(delivery.runAt === undefined ? {} : { runAt: delivery.runAt }),
  });
}

/** Throws a TypeError for a payload that this server did not write. */
export function deliveryOfPayload(payload: unknown): DeliveryPlace {
  if (typeof payload === 'object' && payload !== null) {
    // safe because every member is checked before it is used
    const { bucket, tenant, endpointId, deliveryId } = payload as Partial<DeliveryPlace>;
    if (
      typeof bucket === 'number' &&
      typeof tenant === 'string' &&
      typeof endpointId === 'string' &&
      typeof deliveryId === 'string'
    )
      return { bucket, tenant, endpointId, deliveryId };
  }
  throw new TypeError('the payload of a delivery job cannot be read');
}
