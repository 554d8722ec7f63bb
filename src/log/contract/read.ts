import { expect, test } from 'vitest';
import type { StoredEvent } from '../../core/event.ts';
import { mayHold, type EventLog, type LogBatch } from '../log.ts';
import { decided, freshTenant, neighbours, readAll, received, type Subject } from './fixtures.ts';

/** Positions, batches, following and wake-ups: L2, L3, L11. */
export function readContract(subject: Subject): void {
  test('reading goes on from any position', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const bucket = log.bucketOf(tenant);
    for (let i = 0; i < 5; i += 1)
      await log.appendReceived(
        tenant,
        Array.from({ length: i + 1 }, (_, j) => received(`${i}/${j}`)),
      );
    const all = await readAll(log, bucket);
    const head = (await log.head(bucket)).position;
    expect(all.at(-1)!.position).toBe(head);
    for (let after = 0n; after <= head; after += 1n) {
      const rest = await readAll(log, bucket, { after, eventsMax: 3 });
      expect(rest.map(({ position }) => position)).toEqual(
        all.map(({ position }) => position).filter((position) => position > after),
      );
    }
    expect(await log.readBatches(bucket, head, { eventsMax: 10 })).toEqual([]);
  });

  test('at least one whole batch is returned, and then no more than asked for', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const bucket = log.bucketOf(tenant);
    const { position } = await log.head(bucket);
    for (let i = 0; i < 4; i += 1)
      await log.appendReceived(tenant, [received(`${i}a`), received(`${i}b`), received(`${i}c`)]);
    const least = await log.readBatches(bucket, position, { eventsMax: 1 });
    expect(least).toHaveLength(1);
    const some = await log.readBatches(bucket, position, { eventsMax: 7 });
    const count = some.reduce((sum, batch) => sum + batch.count, 0);
    expect(some.length === 1 || count <= 7).toBe(true);
  });

  test('a reader of a few types steps over all batches and gets the events of those', async () => {
    const { log, another } = subject();
    const tenant = freshTenant();
    const bucket = log.bucketOf(tenant);
    const { position: start } = await log.head(bucket);
    for (let i = 0; i < 12; i += 1) {
      const type = i % 4 === 0 ? 'wanted' : 'other';
      await log.appendReceived(tenant, [received(`${i}a`, { type }), received(`${i}b`)]);
    }
    const types = new Set(['wanted']);
    // One has the batches in memory; another has to read them.
    for (const reader of [log, (await another?.()) ?? log])
      for (const eventsMax of [1, 3, 1_000]) {
        const batches = await batchesOf(reader, bucket, { after: start, eventsMax, types });
        expect(batches.flatMap((batch) => idsOf(batch, 'wanted'))).toEqual(['0a', '4a', '8a']);
        expect(batches.flatMap(recordedTimes)).toEqual(
          (await readAll(log, bucket, { after: start })).map((event) => event.recordedAtMicros),
        );
      }
  });

  test('the columns of a batch agree with its events', async () => {
    const { log } = subject();
    const tenants = neighbours(log, 2);
    for (const tenant of tenants) {
      await log.appendReceived(tenant, [
        received('1', { type: 'type.a', source: '/a' }),
        received('2', { type: 'type.b', source: '/b' }),
        received('3', { type: 'type.a', source: '/b' }),
      ]);
      await log.appendDecided({
        tenant,
        streams: [{ stream: 's/1', expectedVersion: 0n, events: [decided('x')] }],
      });
    }
    const bucket = log.bucketOf(tenants[0]!);
    for (const batch of await log.readBatches(bucket, 0n, { eventsMax: 1_000 }))
      for (let i = 0; i < batch.count; i += 1) {
        const event = batch.eventAt(i)!;
        expect([
          batch.tenantAt(i),
          batch.typeAt(i),
          batch.sourceAt(i),
          batch.recordedAtMicrosAt(i),
        ]).toEqual([event.tenant, event.type, event.source, event.recordedAtMicros]);
        expect(event.position).toBe(batch.firstPosition + BigInt(i));
        expect(event.bucket).toBe(bucket);
      }
  });

  test('an empty bucket has head 0 and nothing to read', async () => {
    const { log } = subject();
    const heads = await Promise.all(
      Array.from({ length: log.bucketCount }, (_, bucket) => log.head(bucket)),
    );
    const empty = heads.findIndex(({ position }) => position === 0n);
    if (empty < 0) return;
    expect(heads[empty]).toEqual({ position: 0n, recordedAtMicros: 0n, lowMark: 0n });
    expect(await log.readBatches(empty, 0n, { eventsMax: 10 })).toEqual([]);
  });

  test('a reader that follows while others append sees each event once and in order', async () => {
    const { log } = subject();
    const tenants = neighbours(log, 3);
    const bucket = log.bucketOf(tenants[0]!);
    const { position: start } = await log.head(bucket);
    const total = 240;
    let writing = true;
    const write = Promise.all(
      tenants.map(async (tenant, writer) => {
        for (let i = 0; i < 20; i += 1)
          await log.appendReceived(
            tenant,
            Array.from({ length: 4 }, (_, j) => received(`${writer}/${i}/${j}`)),
          );
      }),
    ).finally(() => (writing = false));
    const seen: StoredEvent[] = [];
    let after = start;
    for (;;) {
      const last = !writing;
      const news = await readAll(log, bucket, { after, eventsMax: 10 });
      seen.push(...news);
      after += BigInt(news.length);
      if (last) break;
      if (news.length === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await write;
    expect(seen.map(({ position }) => position - start)).toEqual(
      Array.from({ length: total }, (_, i) => BigInt(i + 1)),
    );
    for (const [writer, tenant] of tenants.entries())
      expect(seen.filter((event) => event.tenant === tenant).map(({ id }) => id)).toEqual(
        Array.from({ length: 80 }, (_, i) => `${writer}/${Math.floor(i / 4)}/${i % 4}`),
      );
  });

  test('an append wakes the readers of its bucket until they stop', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const bucket = log.bucketOf(tenant);
    let stop = (): void => {};
    const woken = new Promise<void>((resolve) => {
      stop = log.onAppend(bucket, resolve);
    });
    await log.appendReceived(tenant, [received('a')]);
    await woken;
    stop();
    const { promise: wokenLater, resolve } = Promise.withResolvers<void>();
    const stopLater = log.onAppend(bucket, resolve);
    // Once more is nobody else's business.
    stop();
    await log.appendReceived(tenant, [received('b')]);
    await wokenLater;
    stopLater();
  });

  test('a decided append wakes readers too', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = log.onAppend(log.bucketOf(tenant), resolve);
    await log.appendDecided({
      tenant,
      streams: [{ stream: 's/1', expectedVersion: 0n, events: [decided('x')] }],
    });
    await promise;
    stop();
  });
}

/** All batches behind a position in order, as a reader of a few types gets them. */
async function batchesOf(
  log: EventLog,
  bucket: number,
  range: {
    readonly after: bigint;
    readonly eventsMax: number;
    readonly types: ReadonlySet<string>;
  },
): Promise<LogBatch[]> {
  const { position: head } = await log.head(bucket);
  const batches: LogBatch[] = [];
  let { after } = range;
  while (after < head) {
    const read = await log.readBatches(bucket, after, range);
    expect(read[0]?.firstPosition).toBe(after + 1n);
    batches.push(...read);
    after = read.at(-1)?.lastPosition ?? head;
  }
  return batches;
}

function idsOf(batch: LogBatch, type: string): string[] {
  if (!mayHold(batch, new Set([type]))) return [];
  return Array.from({ length: batch.count }, (_, index) => index)
    .filter((index) => batch.typeAt(index) === type)
    .map((index) => batch.eventAt(index)?.id ?? '');
}

function recordedTimes(batch: LogBatch): bigint[] {
  return Array.from({ length: batch.count }, (_, index) => batch.recordedAtMicrosAt(index));
}
