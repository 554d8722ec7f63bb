import { stage } from '../../platform/jobs/memory-transaction.ts';
import type { Endpoint, EndpointPlace } from '../endpoint.ts';
import type { EndpointStore, SweepStore } from '../store.ts';
import { endpointKey, type Tables } from './tables.ts';

type Calls = EndpointStore & Pick<SweepStore, 'removeSecrets' | 'disableFailing' | 'countFailing'>;

export function endpointCalls(tables: Tables): Calls {
  const change = (place: EndpointPlace, by: (old: Endpoint) => Endpoint): Endpoint | null => {
    const old = tables.endpoints.get(endpointKey(place));
    if (old === undefined) return null;
    const changed = by(old);
    tables.endpoints.set(endpointKey(place), changed);
    return changed;
  };
  return { ...readingCalls(tables), ...secretCalls(tables), ...changingCalls(tables, change) };
}

type Reading = Pick<
  Calls,
  'listEndpoints' | 'findEndpoint' | 'enabledEndpoints' | 'hasEnabled' | 'countFailing'
>;

function readingCalls({ endpoints }: Tables): Reading {
  return {
    listEndpoints: async ({ bucket, tenant }) =>
      [...endpoints.values()].filter((one) => one.bucket === bucket && one.tenant === tenant),
    findEndpoint: async (place) => endpoints.get(endpointKey(place)) ?? null,
    enabledEndpoints: async (bucket, tenants) =>
      [...endpoints.values()].filter(
        (one) => one.bucket === bucket && tenants.includes(one.tenant) && one.status === 'enabled',
      ),
    countFailing: async () =>
      [...endpoints.values()].filter(
        ({ status, failingSince }) => status === 'enabled' && failingSince !== null,
      ).length,
    hasEnabled: async (bucket) =>
      [...endpoints.values()].some((one) => one.bucket === bucket && one.status === 'enabled'),
  };
}

type Secrets = Pick<Calls, 'insertEndpoint' | 'deleteEndpoint' | 'addSecret' | 'removeSecrets'>;

function secretCalls(tables: Tables): Secrets {
  return {
    async insertEndpoint({ sealedSecret, at, ...given }, max) {
      const { bucket, tenant } = given;
      const all = [...tables.endpoints.values()];
      if (all.filter((one) => one.bucket === bucket && one.tenant === tenant).length >= max)
        return false;
      const fresh = {
        status: 'enabled',
        disabledReason: null,
        failingSince: null,
        replayId: null,
      } as const;
      const endpoint = endpointKey(given);
      tables.endpoints.set(endpoint, { ...given, ...fresh, createdAt: at, updatedAt: at });
      tables.secrets = [
        ...tables.secrets,
        { endpoint, bucket, sealed: sealedSecret, expiresAt: null },
      ];
      return true;
    },
    async deleteEndpoint(place) {
      const endpoint = endpointKey(place);
      tables.secrets = tables.secrets.filter((secret) => secret.endpoint !== endpoint);
      return tables.endpoints.delete(endpoint);
    },
    async addSecret(place, { sealed, at, olderUntil, activeMax }) {
      const endpoint = endpointKey(place);
      const until = (old: string | null): string =>
        old === null || old > olderUntil ? olderUntil : old;
      const older = tables.secrets.filter((secret) => secret.endpoint === endpoint);
      if (older.filter((secret) => until(secret.expiresAt) > at).length >= activeMax) return false;
      tables.secrets = tables.secrets.map((secret) =>
        secret.endpoint === endpoint ? { ...secret, expiresAt: until(secret.expiresAt) } : secret,
      );
      const fresh = { endpoint, bucket: place.bucket, sealed, expiresAt: null };
      tables.secrets = [...tables.secrets, fresh];
      return true;
    },
    async removeSecrets(bucket, at) {
      const kept = tables.secrets.filter(
        (secret) => secret.bucket !== bucket || secret.expiresAt === null || secret.expiresAt > at,
      );
      const removed = tables.secrets.length - kept.length;
      tables.secrets = kept;
      return removed;
    },
  };
}

type Change = (place: EndpointPlace, by: (old: Endpoint) => Endpoint) => Endpoint | null;
type Changing = Omit<Calls, keyof Reading | keyof Secrets>;

function changingCalls({ endpoints }: Tables, change: Change): Changing {
  return {
    updateEndpoint: async (place, { url, types, description, at }) =>
      change(place, (old) => ({
        ...old,
        url: url ?? old.url,
        types: types ?? old.types,
        description: description ?? old.description,
        updatedAt: at,
      })),
    enableEndpoint: async (place, { at, fromPosition }) =>
      change(place, (old) =>
        old.status === 'enabled'
          ? old
          : {
              ...old,
              status: 'enabled',
              disabledReason: null,
              failingSince: null,
              fromPosition,
              updatedAt: at,
            },
      ),
    async disableEndpoint(tx, place, { at, reason }) {
      if (endpoints.get(endpointKey(place))?.status !== 'enabled') return false;
      stage(tx, () => change(place, (old) => disabled(old, { at, reason })));
      return true;
    },
    async beginReplay(tx, place, replayId) {
      if (endpoints.get(endpointKey(place))?.status !== 'enabled') return false;
      stage(tx, () => change(place, (old) => ({ ...old, replayId })));
      return true;
    },
    async disableFailing(bucket, { before, at }) {
      const dead = [...endpoints.values()].filter(
        (one) =>
          one.bucket === bucket &&
          one.status === 'enabled' &&
          one.failingSince !== null &&
          one.failingSince <= before,
      );
      for (const one of dead) change(one, (old) => disabled(old, { at, reason: 'failing' }));
      return dead.map(({ tenant, endpointId }) => ({ bucket, tenant, endpointId }));
    },
    async markFailing(tx, place, at) {
      stage(tx, () => change(place, (old) => ({ ...old, failingSince: old.failingSince ?? at })));
    },
    async clearFailing(tx, place) {
      stage(tx, () => change(place, (old) => ({ ...old, failingSince: null })));
    },
  };
}

function disabled(
  old: Endpoint,
  { at, reason }: { readonly at: string; readonly reason: Endpoint['disabledReason'] },
): Endpoint {
  return { ...old, status: 'disabled', disabledReason: reason, updatedAt: at };
}
