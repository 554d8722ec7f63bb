/**
 * The port of what webhooks keep. Two implementations, `postgres/` and `memory/`, pass store.db.test.ts.
 * Every call is for one bucket. `at` is the time as RFC 3339 in UTC with milliseconds.
 */
import type { Queryable } from '../platform/postgres/database.ts';
import type {
  AttemptRecord,
  Delivery,
  DeliveryPlace,
  DeliveryStatus,
  LoadedDelivery,
  NewDelivery,
} from './delivery.ts';
import type {
  DisabledReason,
  Endpoint,
  EndpointInput,
  EndpointPlace,
  TenantPlace,
} from './endpoint.ts';

export interface NewEndpoint extends EndpointPlace {
  readonly url: string;
  readonly types: readonly string[];
  readonly description: string | null;
  readonly fromPosition: bigint;
  readonly sealedSecret: Uint8Array;
  readonly at: string;
}

export interface NewSecret {
  readonly sealed: Uint8Array;
  readonly at: string;
  /** When those before it stop signing; `at` for at once. */
  readonly olderUntil: string;
  /** Most secrets that sign at a time, this one included. */
  readonly activeMax: number;
}

export interface EndpointStore {
  /**
   * False, and nothing stored, when the tenant has `max` endpoints; two calls at once may pass it by one. `tx`: what it is
   * to be part of.
   */
  insertEndpoint(endpoint: NewEndpoint, max: number, tx?: Queryable): Promise<boolean>;
  /** In the order they were made. */
  listEndpoints(place: TenantPlace): Promise<readonly Endpoint[]>;
  findEndpoint(place: EndpointPlace, tx?: Queryable): Promise<Endpoint | null>;
  /** Null when there is none. */
  updateEndpoint(
    place: EndpointPlace,
    change: Partial<EndpointInput> & { readonly at: string },
  ): Promise<Endpoint | null>;
  /** An enabled endpoint stays as it is. Null when there is none. */
  enableEndpoint(
    place: EndpointPlace,
    change: { readonly at: string; readonly fromPosition: bigint },
  ): Promise<Endpoint | null>;
  /** True when it was enabled and now is not. */
  disableEndpoint(
    tx: Queryable,
    place: EndpointPlace,
    change: { readonly at: string; readonly reason: DisabledReason },
  ): Promise<boolean>;
  /** Makes this replay the endpoint's only one. False when there is no such endpoint or it is disabled. */
  beginReplay(tx: Queryable, place: EndpointPlace, replayId: string): Promise<boolean>;
  /** Removes endpoint and secrets; its deliveries can no longer be found and go with age. False when there is none. */
  deleteEndpoint(place: EndpointPlace): Promise<boolean>;
  /** False when `activeMax` secrets would be passed. The endpoint exists. */
  addSecret(place: EndpointPlace, secret: NewSecret): Promise<boolean>;
  /** The enabled endpoints of these tenants, all of the bucket. */
  enabledEndpoints(bucket: number, tenants: readonly string[]): Promise<readonly Endpoint[]>;
  /** Whether any tenant of the bucket has an enabled endpoint. */
  hasEnabled(bucket: number): Promise<boolean>;
  /** Sets `failingSince` where it is null. */
  markFailing(tx: Queryable, place: EndpointPlace, at: string): Promise<void>;
  clearFailing(tx: Queryable, place: EndpointPlace): Promise<void>;
}

export interface DeliveryStore {
  /** Those that were not there yet, all of one bucket; they wait for an attempt at `at`. */
  insertDeliveries(
    tx: Queryable,
    rows: readonly NewDelivery[],
    at: string,
  ): Promise<readonly DeliveryPlace[]>;
  /** Null when delivery or endpoint is gone; secrets that signed no more at `at` are left out. */
  loadDelivery(place: DeliveryPlace, at: string): Promise<LoadedDelivery | null>;
  findDelivery(place: DeliveryPlace): Promise<Delivery | null>;
  /** Newest first. */
  listDeliveries(
    place: EndpointPlace,
    page: {
      readonly status: DeliveryStatus | null;
      /** Exclusive; null for the newest. */
      readonly before: bigint | null;
      readonly limit: number;
    },
  ): Promise<readonly Delivery[]>;
  /** Changes a waiting delivery only; false when it is not waiting (any more). */
  recordAttempt(
    tx: Queryable,
    place: DeliveryPlace,
    record: AttemptRecord & { readonly at: string },
  ): Promise<boolean>;
  /** Begins a new round at `at`. Null when there is no such delivery. */
  resendDelivery(tx: Queryable, place: DeliveryPlace, at: string): Promise<Delivery | null>;
}

/** What has a bound in time. */
export interface SweepStore {
  /** Removes at most `limit` deliveries made before; answers with how many went. */
  removeDeliveries(
    bucket: number,
    old: { readonly before: string; readonly limit: number },
  ): Promise<number>;
  /** Secrets that signed no more at `at`. */
  removeSecrets(bucket: number, at: string): Promise<number>;
  /** Disables enabled endpoints that have been failing since before `before`; answers with those. */
  disableFailing(
    bucket: number,
    change: { readonly before: string; readonly at: string },
  ): Promise<readonly EndpointPlace[]>;
  /** Enabled endpoints of all tenants that are failing. */
  countFailing(): Promise<number>;
  /** Deliveries that should have been tried before: their job was lost. */
  overdueDeliveries(
    bucket: number,
    late: { readonly before: string; readonly limit: number },
  ): Promise<readonly DeliveryPlace[]>;
}

export interface WebhookStore extends EndpointStore, DeliveryStore, SweepStore {
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
}
