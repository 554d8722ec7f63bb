import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { createPostgresWebhookStore } from '../webhooks/postgres/postgres-store.ts';
import { createCreations, type Creations } from './creations.ts';
import { createAccessSecrets } from './sealing.ts';
import { createTenant } from './tenants.ts';

let held: TestDatabase;
let creations: Creations;

beforeAll(async () => {
  held = await testDatabase();
  const secrets = createAccessSecrets(new Uint8Array(32).fill(3));
  creations = createCreations({ database: held.database, bucketOf: () => 0, secrets });
  await createTenant(held.database, { id: 'acme', bucket: 0 });
});
afterAll(() => held.drop());

const principal = { tenant: 'acme', keyId: 'k' };

it('a creation that fails leaves neither what it made nor that it was asked', async () => {
  const store = createPostgresWebhookStore(held.database);
  const place = { bucket: 0, tenant: 'acme', endpointId: 'w' };
  const request = { principal, operation: 'createWebhook', idempotencyKey: 'a', input: {} };
  const endpoint = {
    ...place,
    url: 'https://hooks.example.com/',
    types: ['*'],
    description: null,
    fromPosition: 0n,
    sealedSecret: Uint8Array.of(1),
    at: '2026-11-22T00:00:00.000Z',
  };
  const failing = creations.once(request, async (tx) => {
    expect(await store.insertEndpoint(endpoint, 9, tx)).toBe(true);
    expect(await store.findEndpoint(place, tx)).toMatchObject({ endpointId: 'w' });
    throw new RangeError('the line broke');
  });
  await expect(failing).rejects.toThrow('the line broke');
  expect(await store.findEndpoint(place)).toBeNull();
  expect(await creations.once(request, async () => 'second')).toEqual({
    made: 'second',
    isRepeated: false,
  });
});

it('who comes while the first is under way waits for it, and makes it when the first fails', async () => {
  const request = { principal, operation: 'createKey', idempotencyKey: 'b', input: { n: 1 } };
  const gate = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const first = creations.once(request, async () => {
    begun.resolve();
    await gate.promise;
    throw new RangeError('the first failed');
  });
  await begun.promise;
  let isSettled = false;
  const second = creations
    .once(request, async () => 'made by the second')
    .finally(() => (isSettled = true));
  await held.database.query({ text: 'select 1' });
  expect(isSettled).toBe(false);
  gate.resolve();
  await expect(first).rejects.toThrow('the first failed');
  expect(await second).toEqual({ made: 'made by the second', isRepeated: false });
});

it('an answer moved to the row of another request does not open', async () => {
  const request = { principal, operation: 'createKey', idempotencyKey: 'c', input: {} };
  await creations.once(request, async () => 'of c');
  await creations.once({ ...request, idempotencyKey: 'd' }, async () => 'of d');
  await held.database.query({
    text: `update created_answers set answer_sealed = (select answer_sealed from created_answers
             order by created_at desc limit 1) where tenant = 'acme'`,
  });
  await expect(creations.once(request, async () => 'never')).rejects.toThrow();
});
