import { beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../../test/support/until.ts';
import { jsonDraftOf } from '../../core/event.ts';
import { silentLogger } from '../../core/logger.ts';
import { noMetrics } from '../../core/metrics.ts';
import { createMemoryLog, type MemoryLog } from '../../log/memory/memory-log.ts';
import type { Subscriber, SubscriptionChunk } from './durable.ts';
import { createMemorySubscriptionStore } from './memory/memory-subscription-store.ts';
import type { SubscriptionStore } from './subscription-store.ts';
import { createSubscriptions, type SubscriptionRunner } from './subscriptions.ts';

const DAY_MS = 24 * 3600_000;
const TENANT = 'shop';
let nowMs: number;
const clock = { nowMs: () => nowMs };
let log: MemoryLog;
let store: SubscriptionStore;
let sent = 0;

beforeEach(() => {
  nowMs = Date.UTC(2026, 0, 1);
  log = createMemoryLog({ bucketCount: 2, clock });
  store = createMemorySubscriptionStore({ clock, bucketCount: 2 });
});

async function send(type = 'a', count = 1): Promise<void> {
  const drafts = Array.from({ length: count }, () => {
    sent += 1;
    return jsonDraftOf({ id: String(sent), source: '/s', type }, {});
  });
  await log.appendReceived(TENANT, drafts);
}

function runner(...subscribers: readonly Subscriber[]): SubscriptionRunner {
  const deps = { log, store, clock, metrics: noMetrics, logger: silentLogger };
  const subscriptions = createSubscriptions(deps);
  for (const subscriber of subscribers) subscriptions.add(subscriber);
  return subscriptions;
}

/** Notes the positions it was given. */
function noting(options: Partial<Subscriber> = {}): Subscriber & { readonly seen: bigint[] } {
  const seen: bigint[] = [];
  return {
    name: 'test',
    types: null,
    from: 'beginning',
    async handle(chunk) {
      seen.push(...chunk.events.map(({ position }) => position));
      return null;
    },
    ...options,
    seen,
  };
}

/** Notes from now on what is asked of the log and of the store. */
function asking() {
  const asked = { reads: [] as bigint[], atOnce: 0, ownCheckpoints: 0 };
  let underWay = 0;
  const [inner, kept] = [log, store];
  log = {
    ...inner,
    async readBatches(bucket, after, options) {
      asked.reads.push(after);
      underWay += 1;
      asked.atOnce = Math.max(asked.atOnce, underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      return inner.readBatches(bucket, after, options);
    },
  };
  store = {
    ...kept,
    readOne(place) {
      asked.ownCheckpoints += 1;
      return kept.readOne(place);
    },
  };
  return asked;
}

describe('where a subscription begins and goes on', () => {
  test('beginning sees what is there, now only what comes', async () => {
    await send();
    const [old, fresh] = [noting({ name: 'old' }), noting({ name: 'fresh', from: 'now' })];
    const subscriptions = runner(old, fresh);
    await subscriptions.drain();
    await send();
    await subscriptions.drain();
    expect(old.seen).toEqual([1n, 2n]);
    expect(fresh.seen).toEqual([2n]);
  });

  test('the place of the first start counts, not that of a later one', async () => {
    const first = noting({ from: 'now' });
    await runner(first).begin();
    await send();
    const later = noting({ from: 'now' });
    await runner(later).drain();
    expect(later.seen).toEqual([1n]);
  });

  test('a new process goes on where the checkpoint is', async () => {
    await send('a', 3);
    await runner(noting()).drain();
    await send();
    const next = noting();
    await runner(next).drain();
    expect(next.seen).toEqual([4n]);
  });

  test('only the types asked for come, and the others are passed', async () => {
    await send('a');
    await send('b', 5);
    await send('a');
    const subscriber = noting({ types: new Set(['a']) });
    await runner(subscriber).drain();
    expect(subscriber.seen).toEqual([1n, 7n]);
    const checkpoint = await store.readOne({ name: 'test', bucket: log.bucketOf(TENANT) });
    expect(checkpoint?.position).toBe(7n);
  });

  test('many events come in chunks that follow one another', async () => {
    await send('a', 1_200);
    const chunks: SubscriptionChunk[] = [];
    const subscriber = noting({
      async handle(chunk) {
        chunks.push(chunk);
        return null;
      },
    });
    await runner(subscriber).drain();
    expect(chunks.map(({ after, through }) => [after, through])).toEqual([
      [0n, 500n],
      [500n, 1000n],
      [1000n, 1200n],
    ]);
  });
});

describe('failures', () => {
  test('a chunk that throws is handled again, whole and in order', async () => {
    await send('a', 3);
    let failing = true;
    const seen: bigint[][] = [];
    const subscriber = noting({
      async handle({ events }) {
        seen.push(events.map(({ position }) => position));
        if (failing) throw new Error('broken');
        return null;
      },
    });
    const subscriptions = runner(subscriber);
    await expect(subscriptions.drain()).rejects.toThrow('broken');
    failing = false;
    await subscriptions.drain();
    expect(seen).toEqual([
      [1n, 2n, 3n],
      [1n, 2n, 3n],
    ]);
  });

  test('a write that throws leaves the checkpoint', async () => {
    await send();
    let failing = true;
    const subscriber = noting({
      handle: async () => () => (failing ? Promise.reject(new Error('broken')) : Promise.resolve()),
    });
    const subscriptions = runner(subscriber);
    await expect(subscriptions.drain()).rejects.toThrow('broken');
    const place = { name: 'test', bucket: log.bucketOf(TENANT) };
    expect(await store.readOne(place)).toMatchObject({ position: 0n });
    failing = false;
    await subscriptions.drain();
    expect(await store.readOne(place)).toMatchObject({ position: 1n });
  });

  test('events that retention removed are passed, with an alarm and not in silence', async () => {
    await send('a', 4);
    await runner(noting()).begin();
    log.setLowMark(log.bucketOf(TENANT), 2n);
    const subscriber = noting();
    await runner(subscriber).drain();
    expect(subscriber.seen).toEqual([3n, 4n]);
  });

  test('one that makes no progress for 7 days is suspended until it is resumed', async () => {
    let failing = true;
    const seen: number[] = [];
    const subscriber = noting({
      async handle({ events }) {
        if (failing) throw new Error('broken');
        seen.push(events.length);
        return null;
      },
    });
    const subscriptions = runner(subscriber);
    await subscriptions.begin();
    await send();
    await expect(subscriptions.drain()).rejects.toThrow('broken');
    nowMs += 7 * DAY_MS - 1_000;
    await expect(subscriptions.drain()).rejects.toThrow('broken');
    expect(await subscriptions.status()).toMatchObject([{ suspended: false, behindEvents: 1n }]);
    nowMs += 2_000;
    await subscriptions.drain();
    const [status] = await subscriptions.status();
    expect(status?.suspended).toBe(true);
    expect(status?.lagSeconds).toBeGreaterThan(7 * 24 * 3600);
    failing = false;
    await subscriptions.drain();
    expect(seen).toEqual([]);
    await subscriptions.resume('test');
    await subscriptions.drain();
    expect(seen).toEqual([1]);
  });

  test('one that stands at the head for a month is neither suspended nor forgotten', async () => {
    const subscriber = noting();
    const subscriptions = runner(subscriber);
    await subscriptions.drain();
    nowMs += 30 * DAY_MS;
    await subscriptions.drain();
    expect(await store.passed(0)).toBe(0n);
    await send();
    await subscriptions.drain();
    expect(subscriber.seen).toEqual([1n]);
  });

  test('one that works through old events is not suspended', async () => {
    await send('a', 600);
    nowMs += 30 * DAY_MS;
    const subscriber = noting();
    const subscriptions = runner(subscriber);
    await subscriptions.drain();
    expect(subscriber.seen).toHaveLength(600);
    expect(await subscriptions.status()).toMatchObject([{ suspended: false, lagSeconds: 0 }]);
  });
});

describe('running', () => {
  test('an append wakes the subscriber, and stop saves what was passed', async () => {
    const subscriber = noting({ types: new Set(['a']) });
    const subscriptions = runner(subscriber);
    await subscriptions.start();
    await send('a');
    await until('the event', () => subscriber.seen.length === 1);
    await send('b');
    expect(await subscriptions.status()).toMatchObject([{ behindEvents: 0n, suspended: false }]);
    await subscriptions.stop();
    const place = { name: 'test', bucket: log.bucketOf(TENANT) };
    await until('the checkpoint', async () => (await store.readOne(place))?.position !== 0n);
  });

  test('subscriptions that stand at the head ask neither the log nor the store at a start', async () => {
    await send('a', 3);
    await runner(noting(), noting({ name: 'other' })).drain();
    const asked = asking();
    const [one, two] = [noting(), noting({ name: 'other' })];
    const subscriptions = runner(one, two);
    await subscriptions.start();
    await send();
    await until('the event', () => one.seen.length === 1 && two.seen.length === 1);
    await subscriptions.stop();
    expect(asked.reads.every((after) => after >= 3n)).toBe(true);
    expect(asked).toMatchObject({ ownCheckpoints: 0 });
  });

  test('however many subscriptions have to catch up at a start, four reads are under way', async () => {
    const tenants = Array.from({ length: 60 }, (_, index) => `shop-${index}`);
    log = createMemoryLog({ bucketCount: 16, clock });
    store = createMemorySubscriptionStore({ clock, bucketCount: 16 });
    for (const tenant of tenants)
      await log.appendReceived(tenant, [jsonDraftOf({ id: '1', source: '/s', type: 'a' }, {})]);
    const asked = asking();
    const subscribers = Array.from({ length: 12 }, (_, index) => noting({ name: `n${index}` }));
    const subscriptions = runner(...subscribers);
    await subscriptions.start();
    await until('all events', () => subscribers.every(({ seen }) => seen.length === 60));
    await subscriptions.stop();
    expect(asked.atOnce).toBe(4);
  });

  test('a failing subscriber is tried again by itself', async () => {
    let failures = 2;
    const seen: number[] = [];
    const subscriber = noting({
      async handle({ events }) {
        if ((failures -= 1) >= 0) throw new Error('broken');
        seen.push(events.length);
        return null;
      },
    });
    const subscriptions = runner(subscriber);
    await subscriptions.start();
    await send();
    await until('the event', () => seen.length === 1);
    await subscriptions.stop();
  });

  test('of two processes one works; when it stops the other goes on', async () => {
    const [one, two] = [noting(), noting()];
    const [first, second] = [runner(one), runner(two)];
    await first.start();
    await second.start();
    await send();
    await until('the event', () => one.seen.length === 1);
    await first.stop();
    await send();
    await until('the other process', () => two.seen.length === 1);
    await second.stop();
    expect([one.seen, two.seen]).toEqual([[1n], [2n]]);
  });

  test('two that believe in the same lease write each chunk once', async () => {
    const writes: bigint[] = [];
    const writing = (): Subscriber => ({
      ...noting(),
      handle:
        async ({ through }) =>
        async () =>
          void writes.push(through),
    });
    await send('a', 700);
    await Promise.all([runner(writing()).drain(), runner(writing()).drain()]);
    expect(writes).toEqual([500n, 700n]);
  });

  test('a name is taken once', () => {
    expect(() => runner(noting(), noting())).toThrow('named test already');
  });
});

describe('a chunk is handled while the move before it is written', () => {
  /** 500 events are a chunk; the first write waits until it is let go. */
  function overlapping(overlaps: boolean) {
    const gate = Promise.withResolvers<void>();
    const told: string[] = [];
    const subscriber = noting({
      async handle({ events: [first, ...rest] }) {
        const chunk = `${first?.position}+${rest.length}`;
        told.push(`handled ${chunk}`);
        const write = async (): Promise<void> => {
          told.push(`writes ${chunk}`);
          await gate.promise;
          told.push(`written ${chunk}`);
        };
        return Object.assign(write, { overlaps });
      },
    });
    return { gate, told, subscriber };
  }

  const first = ['handled 1+499', 'writes 1+499'];
  const second = ['writes 501+0', 'written 501+0'];

  test('when the subscriber allows it', async () => {
    await send('a', 501);
    const { gate, told, subscriber } = overlapping(true);
    const drained = runner(subscriber).drain();
    await until('the second', () => told.length === 3);
    expect(told).toEqual([...first, 'handled 501+0']);
    gate.resolve();
    await drained;
    expect(told).toEqual([...first, 'handled 501+0', 'written 1+499', ...second]);
    const next = noting();
    await runner(next).drain();
    expect(next.seen).toEqual([]);
  });

  test('and not otherwise', async () => {
    await send('a', 501);
    const { gate, told, subscriber } = overlapping(false);
    gate.resolve();
    await runner(subscriber).drain();
    expect(told).toEqual([...first, 'written 1+499', 'handled 501+0', ...second]);
  });

  test('when that move fails, both are handled again and nothing of the second is written', async () => {
    await send('a', 501);
    const { gate, told, subscriber } = overlapping(true);
    const drained = runner(subscriber).drain();
    await until('the second', () => told.length === 3);
    gate.reject(new Error('lost'));
    await expect(drained).rejects.toThrow('lost');
    expect(told).toEqual([...first, 'handled 501+0']);
    const next = noting();
    await runner(next).drain();
    expect(next.seen).toHaveLength(501);
  });

  test('when somebody else moved first, both are left and what follows is read from there', async () => {
    await send('a', 501);
    const { advance } = store;
    const gate = Promise.withResolvers<void>();
    store = {
      ...store,
      async advance(place, move, write) {
        if (move.from !== 0n || move.to !== 500n) return advance(place, move, write);
        await gate.promise;
        await advance(place, { from: 0n, to: 400n }, null);
        return false;
      },
    };
    const { gate: open, told, subscriber } = overlapping(true);
    open.resolve();
    const drained = runner(subscriber).drain();
    await until('the second', () => told.length === 2);
    gate.resolve();
    await drained;
    const handled = ['handled 1+499', 'handled 501+0', 'handled 401+100'];
    expect(told).toEqual([...handled, 'writes 401+100', 'written 401+100']);
  });
});
