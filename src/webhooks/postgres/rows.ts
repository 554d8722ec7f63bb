/** Rows of the webhook tables as values. */
import type { Attempt, Delivery, DeliveryStatus } from '../delivery.ts';
import type { DisabledReason, Endpoint } from '../endpoint.ts';

/** RFC 3339 in UTC with milliseconds, as Date.toISOString writes it. */
const time = (column: string): string =>
  `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export interface EndpointRow {
  readonly bucket: number;
  readonly tenant: string;
  readonly endpoint_id: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly description: string | null;
  readonly endpoint_status: Endpoint['status'];
  readonly disabled_reason: DisabledReason | null;
  readonly failing_since: string | null;
  readonly from_position: bigint;
  readonly replay_id: string | null;
  readonly endpoint_created_at: string;
  readonly updated_at: string;
}

export const ENDPOINT_COLUMNS = `e.bucket, e.tenant, e.id as endpoint_id, e.url, e.types, e.description,
  e.status as endpoint_status, e.disabled_reason, ${time('e.failing_since')} as failing_since, e.from_position, e.replay_id,
  ${time('e.created_at')} as endpoint_created_at, ${time('e.updated_at')} as updated_at`;

export function endpointOf(row: EndpointRow): Endpoint {
  return {
    bucket: row.bucket,
    tenant: row.tenant,
    endpointId: row.endpoint_id,
    url: row.url,
    types: row.types,
    description: row.description,
    status: row.endpoint_status,
    disabledReason: row.disabled_reason,
    failingSince: row.failing_since,
    fromPosition: row.from_position,
    replayId: row.replay_id,
    createdAt: row.endpoint_created_at,
    updatedAt: row.updated_at,
  };
}

export interface DeliveryRow {
  readonly bucket: number;
  readonly tenant: string;
  readonly endpoint_id: string;
  readonly id: string;
  readonly number: bigint;
  readonly position: bigint | null;
  readonly type: string;
  readonly status: DeliveryStatus;
  readonly tries: number;
  readonly attempts: readonly Attempt[];
  readonly created_at: string;
  readonly next_attempt_at: string | null;
  readonly settled_at: string | null;
}

export const DELIVERY_COLUMNS = `d.bucket, d.tenant, d.endpoint_id, d.id, d.number, d.position, d.type, d.status,
  d.tries, d.attempts, ${time('d.created_at')} as created_at, ${time('d.next_attempt_at')} as next_attempt_at,
  ${time('d.settled_at')} as settled_at`;

export function deliveryOf(row: DeliveryRow): Delivery {
  return {
    bucket: row.bucket,
    tenant: row.tenant,
    endpointId: row.endpoint_id,
    deliveryId: row.id,
    number: row.number,
    position: row.position,
    type: row.type,
    status: row.status,
    tries: row.tries,
    attempts: row.attempts,
    createdAt: row.created_at,
    nextAttemptAt: row.next_attempt_at,
    settledAt: row.settled_at,
  };
}

/** The parameters $1 to $3 of every statement on one endpoint. */
export function keyOf(place: {
  readonly bucket: number;
  readonly tenant: string;
  readonly endpointId: string;
}): readonly [number, string, string] {
  return [place.bucket, place.tenant, place.endpointId];
}
