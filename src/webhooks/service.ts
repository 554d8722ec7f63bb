/** What a tenant may do with its endpoints and deliveries. Unknown and foreign ids answer alike: NOT_FOUND. */
import type { Clock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import type { FieldError } from '../core/field-faults.ts';
import type { LogReader } from '../log/log.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { Queryable } from '../platform/postgres/database.ts';
import { enqueueDelivery } from './delivery-job.ts';
import type { Delivery, DeliveryStatus } from './delivery.ts';
import type { Egress } from './egress/url.ts';
import {
  checkedEndpoint,
  ENDPOINTS_PER_TENANT_MAX,
  type Endpoint,
  type EndpointInput,
  type EndpointPlace,
} from './endpoint.ts';
import type { SubscriptionStore } from '../subscriptions/durable/subscription-store.ts';
import { FAN_OUT, testDelivery } from './fan-out.ts';
import { enqueueReplay } from './replay.ts';
import type { SecretBox } from './secret-box.ts';
import { newSecret, secretText } from './signature.ts';
import type { WebhookStore } from './store.ts';

/** After a rotation the old secret signs beside the new one: a day to change it at the receiver. */
export const OLD_SECRET_SECONDS_MAX = 24 * 3600;
/** Secrets that sign at a time; each makes the header longer. */
export const ACTIVE_SECRETS_MAX = 4;
export const DELIVERY_PAGE = { standard: 50, max: 200 };

const KEEPS_TOO_MANY: FieldError = {
  at: 'keepOldSeconds',
  message: 'must be 0 while so many secrets sign.',
  code: 'TOO_GREAT',
  params: { limit: 0 },
};

export interface ServiceDependencies {
  readonly store: WebhookStore;
  readonly log: Pick<LogReader, 'bucketOf' | 'head'>;
  readonly jobs: Pick<Jobs, 'enqueue'>;
  /** Where the subscription that hands events over stands. */
  readonly checkpoints: Pick<SubscriptionStore, 'readOne' | 'resume'>;
  readonly secretBox: SecretBox;
  readonly egress: Egress;
  readonly clock: Clock;
  /** Sortable and unique over all tenants. */
  readonly newId: () => string;
}

export interface EndpointName {
  readonly tenant: string;
  readonly id: string;
}

export interface DeliveryPage {
  readonly items: readonly Delivery[];
  /** Null when the listing is empty. */
  readonly next: string | null;
  readonly more: boolean;
}

export interface ToldEndpoint extends Endpoint {
  /** No event was handed over for seven days, and nobody tries any more until it is resumed. */
  readonly suspended: boolean;
}

export interface MadeEndpoint {
  readonly endpoint: ToldEndpoint;
  readonly secret: string;
}

export interface WebhookService {
  /** The secret is in this answer and nowhere else. Errors: INPUT_INVALID. */
  create(tenant: string, input: EndpointInput): Promise<MadeEndpoint>;
  /**
   * The same in two parts: what has to be asked is asked at once, and what is given back only writes, as part of `tx`. Who
   * asked within a transaction would hold one connection and wait for another. Errors: INPUT_INVALID, of both.
   */
  prepare(tenant: string, input: EndpointInput): Promise<(tx?: Queryable) => Promise<MadeEndpoint>>;
  list(tenant: string): Promise<readonly ToldEndpoint[]>;
  get(name: EndpointName): Promise<ToldEndpoint>;
  update(name: EndpointName, change: Partial<EndpointInput>): Promise<ToldEndpoint>;
  /** Errors: INPUT_INVALID when ACTIVE_SECRETS_MAX secrets sign already and the old ones are to be kept. */
  rotateSecret(
    name: EndpointName,
    keepOldSeconds: number,
  ): Promise<{ readonly secret: string; readonly oldSecretUntil: string }>;
  /** Events that were appended while it was disabled are not sent. */
  enable(name: EndpointName): Promise<ToldEndpoint>;
  disable(name: EndpointName): Promise<ToldEndpoint>;
  /**
   * Has events handed over again after that was suspended, from where it stood: what was appended meanwhile is sent, but
   * for what retention removed. For all endpoints of the bucket, since one subscription serves them; without effect when
   * nothing is suspended.
   */
  resume(name: EndpointName): Promise<ToldEndpoint>;
  remove(name: EndpointName): Promise<void>;
  /** Sends a test message, once and for all tries as any other. Errors: WEBHOOK_DISABLED. */
  test(name: EndpointName): Promise<Delivery>;
  /** Newest first; `after` is `next` of the page before. Errors: CURSOR_INVALID. */
  deliveries(
    name: EndpointName,
    page: {
      readonly status: DeliveryStatus | null;
      readonly after: string | null;
      readonly limit: number;
    },
  ): Promise<DeliveryPage>;
  /**
   * Sends what was appended after a place of the log and is wanted, once more or for the first time, page by page; gives
   * the position that it ends with. A replay under way ends. Errors: WEBHOOK_DISABLED.
   */
  replay(name: EndpointName, after: bigint): Promise<{ readonly through: bigint }>;
  /** Sends it again with the same webhook-id, whatever became of it. Errors: WEBHOOK_DISABLED. */
  resend(name: EndpointName, deliveryId: string): Promise<Delivery>;
}

export function createWebhookService(deps: ServiceDependencies): WebhookService {
  return { ...endpointCalls(deps), ...switchCalls(deps), ...deliveryCalls(deps) };
}

type EndpointCalls = Omit<WebhookService, keyof SwitchCalls | keyof DeliveryCalls>;

function endpointCalls(deps: ServiceDependencies): EndpointCalls {
  const { store, log, secretBox, egress } = deps;
  const now = (): string => new Date(deps.clock.nowMs()).toISOString();
  const placeOf = placesOf(deps);
  const told = tellerOf(deps);
  return {
    create: async (tenant, input) => (await prepare(deps, { tenant, input }))(),
    prepare: (tenant, input) => prepare(deps, { tenant, input }),
    async list(tenant) {
      const bucket = log.bucketOf(tenant);
      const suspended = await isSuspended(deps, bucket);
      const endpoints = await store.listEndpoints({ bucket, tenant });
      return endpoints.map((endpoint) => ({ ...endpoint, suspended }));
    },
    get: async (name) => told(await store.findEndpoint(placeOf(name))),
    async update(name, change) {
      const checked = checkedEndpoint(change, egress);
      return told(await store.updateEndpoint(placeOf(name), { ...checked, at: now() }));
    },
    async rotateSecret(name, keepOldSeconds) {
      const place = placeOf(name);
      found(await store.findEndpoint(place));
      const secret = newSecret();
      const at = now();
      const olderUntil = new Date(deps.clock.nowMs() + keepOldSeconds * 1000).toISOString();
      const sealed = secretBox.seal(secret);
      const activeMax = ACTIVE_SECRETS_MAX;
      if (!(await store.addSecret(place, { sealed, at, olderUntil, activeMax })))
        throw new Failure(
          'INPUT_INVALID',
          `${ACTIVE_SECRETS_MAX} secrets sign already. Wait until the oldest ends, or rotate with keepOldSeconds=0.`,
          { errors: [KEEPS_TOO_MANY] },
        );
      return { secret: secretText(secret), oldSecretUntil: olderUntil };
    },
    async remove(name) {
      if (!(await store.deleteEndpoint(placeOf(name)))) throw notFound();
    },
  };
}

async function prepare(
  deps: ServiceDependencies,
  { tenant, input }: { readonly tenant: string; readonly input: EndpointInput },
): Promise<(tx?: Queryable) => Promise<MadeEndpoint>> {
  const { store, log, secretBox, egress, clock } = deps;
  const { url, types, description = null } = checkedEndpoint(input, egress);
  const place = placesOf(deps)({ tenant, id: deps.newId() });
  const [{ position }, suspended] = await Promise.all([
    log.head(place.bucket),
    isSuspended(deps, place.bucket),
  ]);
  const secret = newSecret();
  const sealedSecret = secretBox.seal(secret);
  const made = { ...place, url, types, description, fromPosition: position, sealedSecret };
  return async (tx) => {
    const at = new Date(clock.nowMs()).toISOString();
    if (!(await store.insertEndpoint({ ...made, at }, ENDPOINTS_PER_TENANT_MAX, tx)))
      throw new Failure(
        'INPUT_INVALID',
        `A tenant has at most ${ENDPOINTS_PER_TENANT_MAX} webhooks; delete one first.`,
      );
    const endpoint = found(await store.findEndpoint(place, tx));
    return { endpoint: { ...endpoint, suspended }, secret: secretText(secret) };
  };
}

type SwitchCalls = Pick<WebhookService, 'enable' | 'disable' | 'resume'>;

function switchCalls(deps: ServiceDependencies): SwitchCalls {
  const { store, log } = deps;
  const now = (): string => new Date(deps.clock.nowMs()).toISOString();
  const placeOf = placesOf(deps);
  const told = tellerOf(deps);
  return {
    async enable(name) {
      const place = placeOf(name);
      const { position } = await log.head(place.bucket);
      return told(await store.enableEndpoint(place, { at: now(), fromPosition: position }));
    },
    async disable(name) {
      const place = placeOf(name);
      const change = { at: now(), reason: 'asked' } as const;
      await store.transaction((tx) => store.disableEndpoint(tx, place, change));
      return told(await store.findEndpoint(place));
    },
    async resume(name) {
      const place = placeOf(name);
      const endpoint = found(await store.findEndpoint(place));
      await deps.checkpoints.resume(FAN_OUT, place.bucket);
      return told(endpoint);
    },
  };
}

async function isSuspended({ checkpoints }: ServiceDependencies, bucket: number): Promise<boolean> {
  return (await checkpoints.readOne({ name: FAN_OUT, bucket }))?.suspended ?? false;
}

/** Errors: NOT_FOUND for null. */
function tellerOf(deps: ServiceDependencies): (endpoint: Endpoint | null) => Promise<ToldEndpoint> {
  return async (endpoint) => {
    const known = found(endpoint);
    return { ...known, suspended: await isSuspended(deps, known.bucket) };
  };
}

type DeliveryCalls = Pick<WebhookService, 'test' | 'deliveries' | 'replay' | 'resend'>;

function deliveryCalls(deps: ServiceDependencies): DeliveryCalls {
  const { store, jobs } = deps;
  const now = (): string => new Date(deps.clock.nowMs()).toISOString();
  const placeOf = placesOf(deps);
  const enabled = async (name: EndpointName): Promise<Endpoint> => {
    const endpoint = found(await store.findEndpoint(placeOf(name)));
    if (endpoint.status === 'enabled') return endpoint;
    throw new Failure('WEBHOOK_DISABLED', 'The webhook is disabled; enable it first.');
  };
  return {
    async test(name) {
      const delivery = testDelivery(await enabled(name), deps.newId());
      await store.transaction(async (tx) => {
        await store.insertDeliveries(tx, [delivery], now());
        await enqueueDelivery(jobs, tx, { place: delivery });
      });
      return found(await store.findDelivery(delivery));
    },
    async deliveries(name, { status, after, limit }) {
      const place = placeOf(name);
      found(await store.findEndpoint(place));
      const before = after === null ? null : numberOf(after);
      const rows = await store.listDeliveries(place, { status, before, limit: limit + 1 });
      const items = rows.slice(0, limit);
      const next = items.at(-1)?.number.toString() ?? after;
      return { items, next, more: rows.length > limit };
    },
    async replay(name, after) {
      const place = placeOf(name);
      await enabled(name);
      const { position: through } = await deps.log.head(place.bucket);
      const replay = { replayId: deps.newId(), after, through };
      await store.transaction(async (tx) => {
        if (await store.beginReplay(tx, place, replay.replayId))
          await enqueueReplay(jobs, tx, { place, replay });
      });
      return { through };
    },
    async resend(name, deliveryId) {
      const place = { ...placeOf(name), deliveryId };
      await enabled(name);
      return store.transaction(async (tx) => {
        const delivery = found(await store.resendDelivery(tx, place, now()));
        await enqueueDelivery(jobs, tx, { place });
        return delivery;
      });
    },
  };
}

function placesOf({ log }: ServiceDependencies): (name: EndpointName) => EndpointPlace {
  return ({ tenant, id }) => ({ bucket: log.bucketOf(tenant), tenant, endpointId: id });
}

function found<T>(value: T | null): T {
  if (value === null) throw notFound();
  return value;
}

function notFound(): Failure {
  return new Failure('NOT_FOUND', 'There is no webhook or delivery with this id.');
}

function numberOf(after: string): bigint {
  if (/^\d{1,18}$/.test(after)) return BigInt(after);
  throw new Failure('CURSOR_INVALID', 'Pass `next` of the page before.');
}
