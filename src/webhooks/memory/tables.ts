import type { Delivery, DeliveryPlace } from '../delivery.ts';
import type { Endpoint, EndpointPlace } from '../endpoint.ts';

export interface Secret {
  readonly endpoint: string;
  readonly bucket: number;
  readonly sealed: Uint8Array;
  readonly expiresAt: string | null;
}

/** Keys are those of `endpointKey` and `deliveryKey`; both maps keep the order of making. */
export interface Tables {
  readonly endpoints: Map<string, Endpoint>;
  readonly deliveries: Map<string, Delivery>;
  /** Oldest first. */
  secrets: readonly Secret[];
  lastNumber: bigint;
}

export function createTables(): Tables {
  return { endpoints: new Map(), deliveries: new Map(), secrets: [], lastNumber: 0n };
}

export function endpointKey({ bucket, tenant, endpointId }: EndpointPlace): string {
  return JSON.stringify([bucket, tenant, endpointId]);
}

export function deliveryKey(place: DeliveryPlace): string {
  return JSON.stringify([endpointKey(place), place.deliveryId]);
}
