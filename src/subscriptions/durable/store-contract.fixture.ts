/** The contract of the subscription store as a test suite: every implementation passes it. */
import { describe, expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import type { Place, SubscriptionStore } from './subscription-store.ts';

export interface StoreUnderTest {
  readonly store: SubscriptionStore;
  readonly bucketCount: number;
  /** Lets this much time pass for the store's clock. */
  wait(ms: number): Promise<void>;
}

export function describeSubscriptionStoreContract(
  name: string,
  subject: () => StoreUnderTest,
): void {
  describe(`the subscription store contract: ${name}`, () => {
    checkpoints(subject);
    exclusion(subject);
    suspending(subject);
    retention(subject);
    leases(subject);
  });
}

async function begun(store: SubscriptionStore, position = 5n): Promise<Place> {
  const place = { name: `test.${randomUUID()}`, bucket: 1 };
  await store.begin([{ ...place, position }]);
  return place;
}

function checkpoints(subject: () => StoreUnderTest): void {
  test('a checkpoint begins where it is told, once', async () => {
    const { store } = subject();
    const place = await begun(store, 5n);
    await store.begin([{ ...place, position: 9n }]);
    expect(await store.readOne(place)).toMatchObject({ ...place, position: 5n, suspended: false });
    expect(await store.read([place.name, 'unknown'])).toHaveLength(1);
    expect(await store.readOne({ name: 'unknown', bucket: 1 })).toBeNull();
  });

  test('a checkpoint moves from where it was and from nowhere else', async () => {
    const { store } = subject();
    const place = await begun(store, 5n);
    expect(await store.advance(place, { from: 5n, to: 8n }, null)).toBe(true);
    expect(await store.advance(place, { from: 5n, to: 9n }, null)).toBe(false);
    expect(await store.readOne(place)).toMatchObject({ position: 8n });
  });

  test('what is written with a move that fails is not written', async () => {
    const { store } = subject();
    const place = await begun(store);
    const failing = store.advance(place, { from: 5n, to: 8n }, () =>
      Promise.reject(new Error('broken')),
    );
    await expect(failing).rejects.toThrow('broken');
    expect(await store.readOne(place)).toMatchObject({ position: 5n });
    let called = false;
    await store.advance(place, { from: 4n, to: 8n }, async () => {
      called = true;
    });
    expect(called).toBe(false);
  });
}

function exclusion(subject: () => StoreUnderTest): void {
  test('of two that move the same checkpoint at once one wins', async () => {
    const { store } = subject();
    const place = await begun(store);
    const writes: number[] = [];
    const results = await Promise.all(
      [1, 2, 3].map((n) =>
        store.advance(place, { from: 5n, to: 6n }, async () => void writes.push(n)),
      ),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(writes).toHaveLength(1);
  });

  test('what runs beside a checkpoint excludes its move', async () => {
    const { store } = subject();
    const place = await begun(store);
    const order: string[] = [];
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let entered = (): void => {};
    const inside = new Promise<void>((resolve) => {
      entered = resolve;
    });
    const beside = store.beside(place, async () => {
      entered();
      await held;
      order.push('beside');
    });
    await inside;
    const moving = store.advance(place, { from: 5n, to: 6n }, async () => void order.push('move'));
    release();
    await Promise.all([beside, moving]);
    expect(order).toEqual(['beside', 'move']);
  });
}

function suspending(subject: () => StoreUnderTest): void {
  test('a suspended checkpoint says so until it is resumed', async () => {
    const { store, wait } = subject();
    const place = await begun(store);
    const before = await store.readOne(place);
    await store.suspend(place);
    expect(await store.readOne(place)).toMatchObject({ suspended: true });
    await wait(20);
    await store.resume(place.name, place.bucket + 1);
    expect(await store.readOne(place)).toMatchObject({ suspended: true });
    await store.resume(place.name);
    const after = await store.readOne(place);
    expect(after).toMatchObject({ suspended: false, position: 5n });
    expect(after?.movedAtMs ?? 0).toBeGreaterThan(before?.movedAtMs ?? 0);
    await store.suspend(place);
    await store.resume(place.name, place.bucket);
    expect(await store.readOne(place)).toMatchObject({ suspended: false });
  });
}

function retention(subject: () => StoreUnderTest): void {
  test('what every subscription of a bucket has passed leaves out those suspended', async () => {
    const { store } = subject();
    const at = (position: bigint) => ({ name: `test.${randomUUID()}`, bucket: 3, position });
    expect(await store.passed(3)).toBeNull();
    const [slow, fast] = [at(4n), at(9n)];
    await store.begin([slow, fast]);
    expect(await store.passed(3)).toBe(4n);
    await store.suspend(slow);
    expect(await store.passed(3)).toBe(9n);
  });
}

function leases(subject: () => StoreUnderTest): void {
  const one = { owner: randomUUID(), seconds: 1 };
  const two = { owner: randomUUID(), seconds: 1 };

  test('a lease has one holder, who renews it; another takes it when it is given back', async () => {
    const { store, bucketCount } = subject();
    const names = [`test.${randomUUID()}`];
    expect(await store.lease(names, one)).toHaveLength(bucketCount);
    expect(await store.lease(names, two)).toEqual([]);
    expect(await store.lease(names, one)).toHaveLength(bucketCount);
    await store.release(one.owner);
    expect(await store.lease(names, two)).toHaveLength(bucketCount);
  });

  test('a lease that is not renewed expires', async () => {
    const { store, bucketCount, wait } = subject();
    const names = [`test.${randomUUID()}`];
    await store.lease(names, one);
    await wait(1_100);
    expect(await store.lease(names, two)).toHaveLength(bucketCount);
    expect(await store.lease(names, one)).toEqual([]);
  });

  test('two that lease at once share without overlap', async () => {
    const { store, bucketCount } = subject();
    const names = [`test.${randomUUID()}`];
    const [mine, its] = await Promise.all([store.lease(names, one), store.lease(names, two)]);
    const buckets = [...mine, ...its].map(({ bucket }) => bucket);
    expect(new Set(buckets).size).toBe(buckets.length);
    const again = [...(await store.lease(names, one)), ...(await store.lease(names, two))];
    expect(again).toHaveLength(bucketCount);
  });
}
