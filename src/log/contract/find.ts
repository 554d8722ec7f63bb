import { beforeAll, expect, test } from 'vitest';
import type { StoredEvent } from '../../core/event.ts';
import type { FindFilters } from '../log.ts';
import {
  decided,
  findAll,
  findAllNewest,
  neighbours,
  readAll,
  received,
  type Subject,
} from './fixtures.ts';

type Filter = Omit<FindFilters, 'tenant' | 'limit'>;

const TYPES = ['order.placed', 'order.paid', 'order', 'orders.x', 'menu.changed'];
const SOURCES = ['/shop/1', '/shop/10', 'urn:bar'];
const SUBJECTS = ['order/1', 'order/10', undefined, 'Ünï/🍽️'];
const CALLS = 30;
const EVENTS_PER_CALL = 4;

/**
 * Filters, their combinations and paging: every matching event exactly once, of one's own tenant alone (L3, L11), oldest
 * first and newest first.
 */
export function findContract(subject: Subject): void {
  let tenants: readonly string[] = [];
  let events: readonly StoredEvent[] = [];

  function expected(tenant: string, filter: Filter): readonly bigint[] {
    const { type, fromMicros, toMicros, ...exact } = filter;
    return events
      .filter((event) => event.tenant === tenant)
      .filter((event) => type === undefined || !('exact' in type) || event.type === type.exact)
      .filter(
        (event) =>
          type === undefined || !('prefix' in type) || event.type.indexOf(type.prefix) === 0,
      )
      .filter((event) => fromMicros === undefined || event.recordedAtMicros >= fromMicros)
      .filter((event) => toMicros === undefined || event.recordedAtMicros < toMicros)
      .filter((event) =>
        (['source', 'subject', 'id', 'stream'] as const).every(
          (name) => exact[name] === undefined || event[name] === exact[name],
        ),
      )
      .map(({ position }) => position);
  }

  async function expectFound(filter: Filter, limit?: number): Promise<number> {
    const { log } = subject();
    let count = 0;
    for (const tenant of tenants) {
      const pages = limit === undefined ? {} : { limit };
      const found = await findAll(log, { tenant, ...filter }, pages);
      expect(found.every((event) => event.tenant === tenant)).toBe(true);
      expect(found.map(({ position }) => position)).toEqual(expected(tenant, filter));
      const newest = await findAllNewest(log, { tenant, ...filter }, pages);
      expect(newest.every((event) => event.tenant === tenant)).toBe(true);
      expect(newest.map(({ position }) => position)).toEqual(expected(tenant, filter).toReversed());
      count += found.length;
    }
    return count;
  }

  beforeAll(async () => {
    const { log } = subject();
    tenants = neighbours(log, 2);
    for (let call = 0; call < CALLS; call += 1) {
      const tenant = tenants[call % 2]!;
      const drafts = Array.from({ length: EVENTS_PER_CALL }, (_, i) => {
        const n = Math.floor(call / 2) * EVENTS_PER_CALL + i;
        return received(`id-${n}`, {
          type: TYPES[n % TYPES.length]!,
          source: SOURCES[n % SOURCES.length]!,
          subject: SUBJECTS[n % SUBJECTS.length],
        });
      });
      await log.appendReceived(tenant, drafts);
      if (call < 6)
        await log.appendDecided({
          tenant,
          streams: ['orders/1', 'orders/10'].map((stream) => ({
            stream,
            expectedVersion: BigInt(Math.floor(call / 2)),
            events: [decided('placed')],
          })),
        });
    }
    events = await readAll(log, log.bucketOf(tenants[0]!));
  });

  test('without a filter a tenant sees its events and no other', async () => {
    expect(await expectFound({})).toBe(events.length);
  });

  test.each<[string, Filter, number]>([
    ['an exact type', { type: { exact: 'order' } }, 24],
    ['a type prefix', { type: { prefix: 'order.' } }, 48],
    ['a type prefix that is a whole type', { type: { prefix: 'order' } }, 96],
    ['the prefix of decided types', { type: { prefix: 'comptoir.' } }, 12],
    ['a type that does not occur', { type: { exact: 'order.' } }, 0],
    ['a source', { source: '/shop/1' }, 40],
    ['a subject', { subject: 'order/1' }, 30],
    ['a subject beyond ASCII', { subject: 'Ünï/🍽️' }, 30],
    ['an id', { id: 'id-7' }, 2],
    ['an id that does not occur', { id: 'id-' }, 0],
    ['an id and its source', { id: 'id-7', source: '/shop/10' }, 2],
    ['an id and another source', { id: 'id-7', source: 'urn:bar' }, 0],
    ['a stream', { stream: 'orders/1' }, 6],
    ['a stream that does not occur', { stream: 'orders' }, 0],
    ['type and source', { type: { exact: 'order.paid' }, source: '/shop/10' }, 8],
    [
      'type, source and subject',
      { type: { prefix: 'o' }, source: 'urn:bar', subject: 'order/1' },
      8,
    ],
    ['stream and type', { stream: 'orders/10', type: { prefix: 'comptoir.test.' } }, 6],
  ])('%s selects exactly the events that have it', async (_, filter, count) => {
    expect(await expectFound(filter)).toBe(count);
  });

  test('from is inclusive and to is exclusive', async () => {
    for (const index of [0, 17, 60, events.length - 1]) {
      const fromMicros = events[index]!.recordedAtMicros;
      const toMicros = events[Math.min(index + 30, events.length - 1)]!.recordedAtMicros;
      await expectFound({ fromMicros });
      await expectFound({ toMicros });
      await expectFound({ fromMicros, toMicros });
      await expectFound({ fromMicros, toMicros: fromMicros });
      await expectFound({ fromMicros, toMicros: fromMicros + 1n });
      await expectFound({ fromMicros, type: { prefix: 'order' }, source: '/shop/1' });
    }
    const last = events.at(-1)!.recordedAtMicros;
    expect(await expectFound({ fromMicros: last + 1n })).toBe(0);
    expect(await expectFound({ toMicros: last + 1n })).toBe(events.length);
  });

  test.each([1, 2, 7])('pages of %i visit each matching event exactly once', async (limit) => {
    await expectFound({}, limit);
    await expectFound({ type: { prefix: 'order.' } }, limit);
    await expectFound({ id: 'id-7' }, limit);
    await expectFound({ subject: 'order/10', source: '/shop/1' }, limit);
  });

  test('a search goes on after any position, with another filter too', async () => {
    const { log } = subject();
    const [tenant] = tenants as [string];
    for (const after of [0n, 1n, 33n, 100n, BigInt(events.length)]) {
      const found = await findAll(log, { tenant, type: { prefix: 'order' } }, { after, limit: 9 });
      expect(found.map(({ position }) => position)).toEqual(
        expected(tenant, { type: { prefix: 'order' } }).filter((position) => position > after),
      );
    }
  });

  test('newest first it goes on before any position, with another filter too', async () => {
    const { log } = subject();
    const [tenant] = tenants as [string];
    for (const before of [1n, 2n, 33n, 100n, BigInt(events.length), BigInt(events.length + 1)])
      for (const filter of [
        { type: { prefix: 'order' } },
        { subject: 'order/1' },
        { id: 'id-7' },
      ]) {
        const found = await findAllNewest(log, { tenant, ...filter }, { before, limit: 9 });
        expect(found.map(({ position }) => position)).toEqual(
          expected(tenant, filter)
            .filter((position) => position < before)
            .toReversed(),
        );
      }
  });

  test('at the head there is nothing more', async () => {
    const { log } = subject();
    const [tenant] = tenants as [string];
    const { position } = await log.head(log.bucketOf(tenant));
    expect(await log.find({ tenant, after: position, limit: 10 })).toEqual({
      events: [],
      nextAfter: position,
      more: false,
    });
  });

  test('a search that reached the head stands there, however long ago its last match was', async () => {
    const { log } = subject();
    const [tenant] = tenants as [string];
    const { position } = await log.head(log.bucketOf(tenant));
    for (const filter of [
      { subject: 'order/1' },
      { subject: 'of nobody' },
      { id: 'id-7' },
      { stream: 'orders/1' },
      { type: { exact: 'order.' } },
    ]) {
      let [after, more] = [0n, true];
      while (more)
        ({ nextAfter: after, more } = await log.find({ tenant, after, limit: 1_000, ...filter }));
      expect(after).toBe(position);
    }
  });

  test('before the oldest event there is nothing more', async () => {
    const { log } = subject();
    const [tenant] = tenants as [string];
    expect(await log.findNewest({ tenant, before: 1n, limit: 10 })).toEqual({
      events: [],
      nextBefore: 1n,
      more: false,
    });
  });

  test('what comes while the newest are gone through is not among them', async () => {
    const { log } = subject();
    const [tenant] = neighbours(log, 1) as [string];
    await log.appendReceived(tenant, [received('a'), received('b')]);
    const before = (await log.head(log.bucketOf(tenant))).position + 1n;
    const page = await log.findNewest({ tenant, before, limit: 1 });
    await log.appendReceived(tenant, [received('c')]);
    const rest = await findAllNewest(log, { tenant }, { before: page.nextBefore });
    expect([...page.events, ...rest].map(({ id }) => id)).toEqual(['b', 'a']);
    expect((await log.findNewest({ tenant, before, limit: 9 })).events).toHaveLength(2);
  });

  test('a search that reached the head goes on with what comes later', async () => {
    const { log } = subject();
    const [tenant] = neighbours(log, 1) as [string];
    const page = await log.find({ tenant, after: 0n, limit: 1_000 });
    if (!page.more) {
      await log.appendReceived(tenant, [received('later')]);
      const next = await findAll(log, { tenant }, { after: page.nextAfter });
      expect(next.map(({ id }) => id)).toEqual(['later']);
    }
  });
}
