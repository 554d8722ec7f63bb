import { stage } from '../../platform/jobs/memory-transaction.ts';
import {
  ATTEMPTS_KEPT_MAX,
  type Delivery,
  type DeliveryPlace,
  type NewDelivery,
} from '../delivery.ts';
import type { DeliveryStore, SweepStore } from '../store.ts';
import { deliveryKey, endpointKey, type Tables } from './tables.ts';

type Calls = DeliveryStore & Pick<SweepStore, 'removeDeliveries' | 'overdueDeliveries'>;

export function deliveryCalls(tables: Tables): Calls {
  return { ...readingCalls(tables), ...writingCalls(tables), ...agedCalls(tables) };
}

type Reading = Pick<Calls, 'loadDelivery' | 'findDelivery' | 'listDeliveries'>;

function readingCalls(tables: Tables): Reading {
  return {
    async loadDelivery(place, at) {
      const delivery = tables.deliveries.get(deliveryKey(place));
      const endpoint = tables.endpoints.get(endpointKey(place));
      if (delivery === undefined || endpoint === undefined) return null;
      const secrets = tables.secrets
        .filter((secret) => secret.endpoint === endpointKey(place))
        .filter(({ expiresAt }) => expiresAt === null || expiresAt > at)
        .map(({ sealed }) => sealed)
        .toReversed();
      return { endpoint, delivery, secrets };
    },
    findDelivery: async (place) => tables.deliveries.get(deliveryKey(place)) ?? null,
    listDeliveries: async (place, { status, before, limit }) =>
      [...tables.deliveries.values()]
        .filter((one) => endpointKey(one) === endpointKey(place))
        .filter((one) => status === null || one.status === status)
        .filter((one) => before === null || one.number < before)
        .toReversed()
        .slice(0, limit),
  };
}

type Writing = Pick<Calls, 'insertDeliveries' | 'recordAttempt' | 'resendDelivery'>;

function writingCalls(tables: Tables): Writing {
  return {
    async insertDeliveries(tx, rows, at) {
      const fresh = rows.filter((row) => !tables.deliveries.has(deliveryKey(row)));
      for (const row of fresh) stage(tx, () => put(tables, row, at));
      return fresh.map(placeOf);
    },
    async recordAttempt(tx, place, { attempt, status, nextAttemptAt, at }) {
      const old = tables.deliveries.get(deliveryKey(place));
      if (old?.status !== 'waiting') return false;
      const tried: Delivery = {
        ...old,
        status,
        nextAttemptAt,
        tries: old.tries + 1,
        attempts: [...old.attempts, attempt].slice(-ATTEMPTS_KEPT_MAX),
        settledAt: status === 'waiting' ? null : at,
      };
      stage(tx, () => tables.deliveries.set(deliveryKey(place), tried));
      return true;
    },
    async resendDelivery(tx, place, at) {
      const old = tables.deliveries.get(deliveryKey(place));
      if (old === undefined) return null;
      const round = { status: 'waiting', tries: 0, nextAttemptAt: at, settledAt: null } as const;
      const again: Delivery = { ...old, ...round };
      stage(tx, () => tables.deliveries.set(deliveryKey(place), again));
      return again;
    },
  };
}

function put(tables: Tables, row: NewDelivery, at: string): void {
  tables.lastNumber += 1n;
  tables.deliveries.set(deliveryKey(row), {
    ...row,
    number: tables.lastNumber,
    status: 'waiting',
    tries: 0,
    attempts: [],
    createdAt: at,
    nextAttemptAt: at,
    settledAt: null,
  });
}

function agedCalls(tables: Tables): Omit<Calls, keyof Reading | keyof Writing> {
  return {
    async removeDeliveries(bucket, { before, limit }) {
      const old = [...tables.deliveries]
        .filter(([, one]) => one.bucket === bucket && one.createdAt < before)
        .slice(0, limit);
      for (const [key] of old) tables.deliveries.delete(key);
      return old.length;
    },
    overdueDeliveries: async (bucket, { before, limit }) =>
      [...tables.deliveries.values()]
        .filter((one) => one.bucket === bucket && one.status === 'waiting')
        .filter((one) => tables.endpoints.get(endpointKey(one))?.status === 'enabled')
        .filter(({ nextAttemptAt }) => nextAttemptAt !== null && nextAttemptAt < before)
        .slice(0, limit)
        .map(placeOf),
  };
}

function placeOf({ bucket, tenant, endpointId, deliveryId }: DeliveryPlace): DeliveryPlace {
  return { bucket, tenant, endpointId, deliveryId };
}
