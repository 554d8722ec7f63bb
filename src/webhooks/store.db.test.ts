/** What both stores of webhooks do alike. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { ATTEMPTS_KEPT_MAX, type Attempt, type NewDelivery } from './delivery.ts';
import type { EndpointPlace } from './endpoint.ts';
import { createMemoryWebhookStore } from './memory/memory-store.ts';
import { createPostgresWebhookStore } from './postgres/postgres-store.ts';
import type { NewEndpoint, WebhookStore } from './store.ts';

const T0 = '2026-11-21T09:00:00.000Z';
const T1 = '2026-11-21T10:00:00.000Z';
const T2 = '2026-11-21T11:00:00.000Z';

const ENDPOINT: EndpointPlace = { bucket: 1, tenant: 'acme', endpointId: 'e1' };
/** The same id with another tenant or bucket is another endpoint. */
const STRANGERS: readonly EndpointPlace[] = [
  { ...ENDPOINT, tenant: 'other' },
  { ...ENDPOINT, bucket: 2 },
  { ...ENDPOINT, endpointId: 'e9' },
];

function newEndpoint(change: Partial<NewEndpoint> = {}): NewEndpoint {
  return {
    ...ENDPOINT,
    url: 'https://hooks.example.com/',
    types: ['a.*', 'b'],
    description: null,
    fromPosition: 7n,
    sealedSecret: Uint8Array.of(1, 2, 3),
    at: T0,
    ...change,
  };
}

function newDelivery(deliveryId: string, change: Partial<NewDelivery> = {}): NewDelivery {
  return { ...ENDPOINT, deliveryId, position: 8n, type: 'a.b', ...change };
}

const MANY = 100;
const FAILED: Attempt = { at: T1, durationMs: 12, status: 500, code: 'HTTP_STATUS' };
const WORKED: Attempt = { at: T1, durationMs: 9, status: 204, code: null };

let held: TestDatabase;
beforeAll(async () => {
  held = await testDatabase();
});
afterAll(() => held.drop());

async function emptyPostgresStore(): Promise<WebhookStore> {
  const tables = 'webhook_endpoints, webhook_secrets, webhook_deliveries';
  await held.database.query({ text: `truncate ${tables}` });
  return createPostgresWebhookStore(held.database);
}

describe.each([
  ['in memory', async () => createMemoryWebhookStore()],
  ['in PostgreSQL', emptyPostgresStore],
])('webhooks %s', (_where, empty) => {
  let store: WebhookStore;
  beforeEach(async () => {
    store = await empty();
  });
  const insert = (rows: readonly NewDelivery[], at = T0) =>
    store.transaction((tx) => store.insertDeliveries(tx, rows, at));
  const secrets = async (at: string): Promise<readonly (readonly number[])[]> => {
    const loaded = await store.loadDelivery(newDelivery('d1'), at);
    return loaded!.secrets.map((sealed) => [...sealed]);
  };

  describe('endpoints', () => {
    it('are found as they were made, by their own place only', async () => {
      expect(await store.insertEndpoint(newEndpoint({ description: 'till' }), MANY)).toBe(true);
      const endpoint = {
        ...ENDPOINT,
        url: 'https://hooks.example.com/',
        types: ['a.*', 'b'],
        description: 'till',
        status: 'enabled',
        disabledReason: null,
        failingSince: null,
        fromPosition: 7n,
        replayId: null,
        createdAt: T0,
        updatedAt: T0,
      };
      expect(await store.findEndpoint(ENDPOINT)).toEqual(endpoint);
      expect(await store.listEndpoints(ENDPOINT)).toEqual([endpoint]);
      for (const stranger of STRANGERS) {
        expect(await store.findEndpoint(stranger)).toBeNull();
        expect(await store.updateEndpoint(stranger, { url: 'x', at: T1 })).toBeNull();
        expect(await store.enableEndpoint(stranger, { at: T1, fromPosition: 0n })).toBeNull();
        expect(await store.deleteEndpoint(stranger)).toBe(false);
        const disable = { at: T1, reason: 'asked' } as const;
        expect(await store.transaction((tx) => store.disableEndpoint(tx, stranger, disable))).toBe(
          false,
        );
      }
      expect(await store.findEndpoint(ENDPOINT)).toEqual(endpoint);
    });

    it('have one replay, the one that was begun last, while they are enabled', async () => {
      await store.insertEndpoint(newEndpoint(), MANY);
      const begin = (place: typeof ENDPOINT, id: string) =>
        store.transaction((tx) => store.beginReplay(tx, place, id));
      expect(await begin(ENDPOINT, 'r1')).toBe(true);
      expect(await begin(ENDPOINT, 'r2')).toBe(true);
      expect(await store.findEndpoint(ENDPOINT)).toMatchObject({ replayId: 'r2' });
      for (const stranger of STRANGERS) expect(await begin(stranger, 'r3')).toBe(false);
      const change = { at: T1, reason: 'asked' } as const;
      await store.transaction((tx) => store.disableEndpoint(tx, ENDPOINT, change));
      expect(await begin(ENDPOINT, 'r4')).toBe(false);
      expect(await store.findEndpoint(ENDPOINT)).toMatchObject({ replayId: 'r2' });
    });

    it('of a tenant have a limit', async () => {
      expect(await store.insertEndpoint(newEndpoint(), 2)).toBe(true);
      expect(await store.insertEndpoint(newEndpoint({ endpointId: 'e2', at: T1 }), 2)).toBe(true);
      expect(await store.insertEndpoint(newEndpoint({ endpointId: 'e3' }), 2)).toBe(false);
      expect(await store.insertEndpoint(newEndpoint({ tenant: 'other' }), 2)).toBe(true);
      const listed = await store.listEndpoints(ENDPOINT);
      expect(listed.map(({ endpointId }) => endpointId)).toEqual(['e1', 'e2']);
    });

    it('change in what is named', async () => {
      await store.insertEndpoint(newEndpoint({ description: 'till' }), MANY);
      const changed = await store.updateEndpoint(ENDPOINT, { types: ['*'], at: T1 });
      expect(changed).toMatchObject({
        types: ['*'],
        description: 'till',
        updatedAt: T1,
        createdAt: T0,
      });
      expect(await store.findEndpoint(ENDPOINT)).toEqual(changed);
    });

    it('are wanted for fan-out while enabled, by tenant', async () => {
      await store.insertEndpoint(newEndpoint(), MANY);
      await store.insertEndpoint(newEndpoint({ tenant: 'other' }), MANY);
      await store.insertEndpoint(newEndpoint({ endpointId: 'e2' }), MANY);
      const change = { at: T1, reason: 'gone' } as const;
      const disable = () => store.transaction((tx) => store.disableEndpoint(tx, ENDPOINT, change));
      expect([await disable(), await disable()]).toEqual([true, false]);
      const wanted = await store.enabledEndpoints(1, ['acme', 'nobody']);
      expect(wanted.map(({ endpointId }) => endpointId)).toEqual(['e2']);
      expect(await store.enabledEndpoints(2, ['acme'])).toEqual([]);
    });

    it('begin anew when they are enabled, and only then', async () => {
      await store.insertEndpoint(newEndpoint(), MANY);
      const again = { at: T2, fromPosition: 99n };
      expect(await store.enableEndpoint(ENDPOINT, again)).toMatchObject({
        fromPosition: 7n,
        updatedAt: T0,
      });
      await store.transaction(async (tx) => {
        await store.markFailing(tx, ENDPOINT, T1);
        await store.disableEndpoint(tx, ENDPOINT, { at: T1, reason: 'failing' });
      });
      expect(await store.findEndpoint(ENDPOINT)).toMatchObject({
        status: 'disabled',
        disabledReason: 'failing',
        failingSince: T1,
      });
      expect(await store.enableEndpoint(ENDPOINT, again)).toMatchObject({
        status: 'enabled',
        disabledReason: null,
        failingSince: null,
        fromPosition: 99n,
        updatedAt: T2,
      });
    });

    it('fail since the first failure until a success', async () => {
      await store.insertEndpoint(newEndpoint(), MANY);
      await store.transaction((tx) => store.markFailing(tx, ENDPOINT, T1));
      await store.transaction((tx) => store.markFailing(tx, ENDPOINT, T2));
      expect(await store.findEndpoint(ENDPOINT)).toMatchObject({ failingSince: T1 });
      await store.transaction((tx) => store.clearFailing(tx, ENDPOINT));
      expect(await store.findEndpoint(ENDPOINT)).toMatchObject({ failingSince: null });
    });

    it('that have failed for long are disabled once', async () => {
      await store.insertEndpoint(newEndpoint(), MANY);
      await store.insertEndpoint(newEndpoint({ endpointId: 'e2' }), MANY);
      await store.transaction((tx) => store.markFailing(tx, ENDPOINT, T1));
      expect(await store.countFailing()).toBe(1);
      expect(await store.disableFailing(1, { before: T0, at: T2 })).toEqual([]);
      expect(await store.disableFailing(2, { before: T1, at: T2 })).toEqual([]);
      expect(await store.disableFailing(1, { before: T1, at: T2 })).toEqual([ENDPOINT]);
      expect(await store.disableFailing(1, { before: T1, at: T2 })).toEqual([]);
      expect(await store.findEndpoint(ENDPOINT)).toMatchObject({ disabledReason: 'failing' });
      expect(await store.countFailing()).toBe(0);
    });
  });

  describe('secrets', () => {
    beforeEach(async () => {
      await store.insertEndpoint(newEndpoint(), MANY);
      await insert([newDelivery('d1')]);
    });
    const add = (number: number, olderUntil: string, activeMax = 9) =>
      store.addSecret(ENDPOINT, { sealed: Uint8Array.of(number), at: T1, olderUntil, activeMax });

    it('sign beside the newest until they end', async () => {
      expect(await secrets(T0)).toEqual([[1, 2, 3]]);
      expect(await add(4, T2)).toBe(true);
      expect(await secrets(T1)).toEqual([[4], [1, 2, 3]]);
      expect(await secrets(T2)).toEqual([[4]]);
    });

    it('end at once when asked', async () => {
      expect(await add(4, T1)).toBe(true);
      expect(await secrets(T1)).toEqual([[4]]);
    });

    it('do not live longer by a second rotation', async () => {
      await add(4, T2);
      await add(5, '2026-11-22T00:00:00.000Z');
      expect(await secrets(T1)).toEqual([[5], [4], [1, 2, 3]]);
      expect(await secrets(T2)).toEqual([[5], [4]]);
    });

    it('that sign at a time have a limit', async () => {
      expect(await add(4, T2, 2)).toBe(true);
      expect(await add(5, T2, 2)).toBe(false);
      expect(await secrets(T1)).toEqual([[4], [1, 2, 3]]);
      expect(await add(5, T1, 2)).toBe(true);
      expect(await secrets(T1)).toEqual([[5]]);
    });

    it('that ended are removed', async () => {
      await add(4, T2);
      expect(await store.removeSecrets(1, T1)).toBe(0);
      expect(await store.removeSecrets(2, T2)).toBe(0);
      expect(await store.removeSecrets(1, T2)).toBe(1);
      expect(await secrets(T1)).toEqual([[4]]);
    });

    it('go with their endpoint, and what waits for it finds nothing', async () => {
      expect(await store.deleteEndpoint(ENDPOINT)).toBe(true);
      expect(await store.loadDelivery(newDelivery('d1'), T0)).toBeNull();
      await store.insertEndpoint(newEndpoint({ sealedSecret: Uint8Array.of(8) }), MANY);
      expect(await secrets(T0)).toEqual([[8]]);
    });
  });

  describe('deliveries', () => {
    beforeEach(async () => {
      await store.insertEndpoint(newEndpoint(), MANY);
    });
    const record = (
      attempt: Attempt,
      status: 'waiting' | 'delivered' | 'failed',
      next: string | null = null,
    ) =>
      store.transaction((tx) =>
        store.recordAttempt(tx, newDelivery('d1'), {
          attempt,
          status,
          nextAttemptAt: next,
          at: T1,
        }),
      );

    it('of the same event and endpoint are one', async () => {
      const first = await insert([newDelivery('d1'), newDelivery('d2', { position: null })]);
      expect(first.map(({ deliveryId }) => deliveryId)).toEqual(['d1', 'd2']);
      const other = newDelivery('d1', { tenant: 'other' });
      expect(await insert([newDelivery('d1'), other], T1)).toEqual([
        { ...ENDPOINT, tenant: 'other', deliveryId: 'd1' },
      ]);
      expect(await insert([])).toEqual([]);
      expect(await store.findDelivery(newDelivery('d1'))).toEqual({
        ...newDelivery('d1'),
        number: expect.any(BigInt) as bigint,
        status: 'waiting',
        tries: 0,
        attempts: [],
        createdAt: T0,
        nextAttemptAt: T0,
        settledAt: null,
      });
      expect(await store.findDelivery(newDelivery('d2'))).toMatchObject({ position: null });
    });

    it('are loaded with their endpoint, by their own place only', async () => {
      await insert([newDelivery('d1')]);
      expect(await store.loadDelivery(newDelivery('d1'), T0)).toMatchObject({
        endpoint: { ...ENDPOINT, url: 'https://hooks.example.com/' },
        delivery: { deliveryId: 'd1', position: 8n },
      });
      for (const stranger of STRANGERS) {
        const place = { ...stranger, deliveryId: 'd1' };
        expect(await store.loadDelivery(place, T0)).toBeNull();
        expect(await store.findDelivery(place)).toBeNull();
        expect(
          await store.listDeliveries(stranger, { status: null, before: null, limit: 9 }),
        ).toEqual([]);
        expect(await store.transaction((tx) => store.resendDelivery(tx, place, T1))).toBeNull();
      }
    });

    it('keep their attempts and change only while they wait', async () => {
      await insert([newDelivery('d1')]);
      expect(await record(FAILED, 'waiting', T2)).toBe(true);
      expect(await store.findDelivery(newDelivery('d1'))).toMatchObject({
        tries: 1,
        nextAttemptAt: T2,
        settledAt: null,
      });
      expect(await record(WORKED, 'delivered')).toBe(true);
      expect(await record(FAILED, 'failed')).toBe(false);
      expect(await store.findDelivery(newDelivery('d1'))).toMatchObject({
        status: 'delivered',
        tries: 2,
        attempts: [FAILED, WORKED],
        nextAttemptAt: null,
        settledAt: T1,
      });
    });

    it('keep the newest attempts of many', async () => {
      await insert([newDelivery('d1')]);
      for (let index = 0; index < ATTEMPTS_KEPT_MAX + 3; index += 1)
        await record({ ...FAILED, durationMs: index }, 'waiting', T2);
      const { attempts } = (await store.findDelivery(newDelivery('d1')))!;
      expect(attempts.map(({ durationMs }) => durationMs)).toEqual(
        Array.from({ length: ATTEMPTS_KEPT_MAX }, (_, index) => index + 3),
      );
    });

    it('begin a new round when they are sent again', async () => {
      await insert([newDelivery('d1')]);
      await record(FAILED, 'failed');
      const again = await store.transaction((tx) =>
        store.resendDelivery(tx, newDelivery('d1'), T2),
      );
      expect(again).toMatchObject({
        status: 'waiting',
        tries: 0,
        attempts: [FAILED],
        nextAttemptAt: T2,
        settledAt: null,
      });
      expect(await store.findDelivery(newDelivery('d1'))).toEqual(again);
    });

    it('are listed newest first, by pages and status', async () => {
      await insert(['d1', 'd2', 'd3'].map((id) => newDelivery(id)));
      await record(WORKED, 'delivered');
      const page = async (status: 'waiting' | null, before: bigint | null) => {
        const items = await store.listDeliveries(ENDPOINT, { status, before, limit: 2 });
        return {
          ids: items.map(({ deliveryId }) => deliveryId),
          last: items.at(-1)?.number ?? null,
        };
      };
      const first = await page(null, null);
      expect(first.ids).toEqual(['d3', 'd2']);
      expect((await page(null, first.last)).ids).toEqual(['d1']);
      expect((await page('waiting', null)).ids).toEqual(['d3', 'd2']);
      expect((await page('waiting', first.last)).ids).toEqual([]);
    });

    it('that are old are removed in steps', async () => {
      await insert(['d1', 'd2', 'd3'].map((id) => newDelivery(id)));
      await insert([newDelivery('d4')], T1);
      const remove = (bucket: number) => store.removeDeliveries(bucket, { before: T1, limit: 2 });
      expect(await remove(2)).toBe(0);
      expect([await remove(1), await remove(1), await remove(1)]).toEqual([2, 1, 0]);
      expect(await store.findDelivery(newDelivery('d4'))).not.toBeNull();
    });

    it('that should have been tried long ago are found, of enabled endpoints', async () => {
      await store.insertEndpoint(newEndpoint({ endpointId: 'e2' }), MANY);
      await insert([newDelivery('d1'), newDelivery('d2', { endpointId: 'e2' })]);
      await insert([newDelivery('d3', { endpointId: 'gone' })]);
      await insert([newDelivery('d4')], T2);
      const change = { at: T1, reason: 'asked' } as const;
      await store.transaction((tx) =>
        store.disableEndpoint(tx, { ...ENDPOINT, endpointId: 'e2' }, change),
      );
      const late = { before: T1, limit: 9 };
      expect(await store.overdueDeliveries(1, late)).toEqual([{ ...ENDPOINT, deliveryId: 'd1' }]);
      expect(await store.overdueDeliveries(2, late)).toEqual([]);
      await record(WORKED, 'delivered');
      expect(await store.overdueDeliveries(1, late)).toEqual([]);
    });

    it('are not there when their transaction failed', async () => {
      const broken = store.transaction(async (tx) => {
        await store.insertDeliveries(tx, [newDelivery('d1')], T0);
        throw new Error('broken');
      });
      await expect(broken).rejects.toThrow('broken');
      expect(await store.findDelivery(newDelivery('d1'))).toBeNull();
    });
  });
});
