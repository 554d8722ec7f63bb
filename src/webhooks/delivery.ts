/** What is kept of one event on its way to one endpoint. No body, neither sent nor received, is ever kept. */
import type { AttemptCode } from './egress/attempt-error.ts';
import type { Endpoint, EndpointPlace } from './endpoint.ts';

/** Newest attempts kept of a delivery: several resends with all their tries. */
export const ATTEMPTS_KEPT_MAX = 50;

export interface DeliveryPlace extends EndpointPlace {
  readonly deliveryId: string;
}

/** waiting -> delivered | failed | cancelled; a resend leads back to waiting from each of them. */
export type DeliveryStatus = 'waiting' | 'delivered' | 'failed' | 'cancelled';
export const DELIVERY_STATUSES: readonly DeliveryStatus[] = [
  'waiting',
  'delivered',
  'failed',
  'cancelled',
];

export interface Attempt {
  readonly at: string;
  readonly durationMs: number;
  /** HTTP status, null when there was no answer. */
  readonly status: number | null;
  /** Null for a success. */
  readonly code: AttemptCode | null;
}

export interface NewDelivery extends DeliveryPlace {
  /** Null for a test message, which is not in the log. */
  readonly position: bigint | null;
  readonly type: string;
}

export interface Delivery extends NewDelivery {
  /** Rises in order of making. */
  readonly number: bigint;
  readonly status: DeliveryStatus;
  /** Attempts in this round. */
  readonly tries: number;
  /** Oldest first. */
  readonly attempts: readonly Attempt[];
  readonly createdAt: string;
  /** Null when nothing is planned. */
  readonly nextAttemptAt: string | null;
  readonly settledAt: string | null;
}

/** All that an attempt needs. */
export interface LoadedDelivery {
  readonly endpoint: Endpoint;
  readonly delivery: Delivery;
  /** Sealed, newest first. */
  readonly secrets: readonly Uint8Array[];
}

/** What an attempt leads to. */
export interface AttemptRecord {
  readonly attempt: Attempt;
  readonly status: DeliveryStatus;
  readonly nextAttemptAt: string | null;
}
