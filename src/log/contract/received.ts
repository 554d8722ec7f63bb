import { expect, test } from 'vitest';
import {
  findAll,
  freshTenant,
  neighbours,
  jsonData,
  positionOf,
  readAll,
  readTenant,
  received,
  statusesOf,
  type Subject,
} from './fixtures.ts';

/** Identity, order and positions of events from outside: L2, L5, L11. */
export function receivedContract(subject: Subject): void {
  test('new events are created at dense positions in the order given', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const before = await log.head(log.bucketOf(tenant));
    const outcomes = await log.appendReceived(tenant, [
      received('a'),
      received('b'),
      received('c'),
    ]);
    const first = before.position + 1n;
    expect(outcomes).toEqual([
      { status: 'created', position: first },
      { status: 'created', position: first + 1n },
      { status: 'created', position: first + 2n },
    ]);
    expect((await readTenant(log, tenant)).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  test('no events give no outcomes and change nothing', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const before = await log.head(log.bucketOf(tenant));
    expect(await log.appendReceived(tenant, [])).toEqual([]);
    expect(await log.head(log.bucketOf(tenant))).toEqual(before);
  });

  test('a repeated event is a duplicate at the position of the original', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const [created] = await log.appendReceived(tenant, [received('a')]);
    const [repeated] = await log.appendReceived(tenant, [received('a')]);
    expect(repeated).toEqual({ status: 'duplicate', position: positionOf(created) });
    expect(await readTenant(log, tenant)).toHaveLength(1);
  });

  test('the same key with other content is a conflict and is not stored', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const [created] = await log.appendReceived(tenant, [received('a', {}, jsonData('1'))]);
    const [other] = await log.appendReceived(tenant, [received('a', {}, jsonData('2'))]);
    expect(other).toEqual({ status: 'conflict', position: positionOf(created) });
    const [again] = await log.appendReceived(tenant, [received('a', {}, jsonData('1'))]);
    expect(again).toEqual({ status: 'duplicate', position: positionOf(created) });
    expect(await readTenant(log, tenant)).toHaveLength(1);
  });

  test('created, duplicate and conflict stand side by side in one call', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const outcomes = await log.appendReceived(tenant, [received('a'), received('b')]);
    const [a, b] = outcomes.map(positionOf);
    const mixed = await log.appendReceived(tenant, [
      received('a'),
      received('new-1'),
      received('b', { type: 'other' }),
      received('new-2'),
    ]);
    expect(statusesOf(mixed)).toEqual(['duplicate', 'created', 'conflict', 'created']);
    expect([mixed[0], mixed[2]].map(positionOf)).toEqual([a, b]);
    expect(positionOf(mixed[3])).toBe(positionOf(mixed[1]) + 1n);
    expect((await readTenant(log, tenant)).map(({ id }) => id)).toEqual([
      'a',
      'b',
      'new-1',
      'new-2',
    ]);
  });

  test('two equal keys in one call are stored once', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const outcomes = await log.appendReceived(tenant, [
      received('a', {}, jsonData('1')),
      received('a', {}, jsonData(' 1')),
      received('a', {}, jsonData('2')),
    ]);
    expect(statusesOf(outcomes)).toEqual(['created', 'duplicate', 'conflict']);
    expect(new Set(outcomes.map(positionOf)).size).toBe(1);
    expect(await readTenant(log, tenant)).toHaveLength(1);
  });

  test('the same id from another source is another event', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const drafts = ['/shop', '/bar', '/shop/bar'].map((source) => received('a', { source }));
    expect(statusesOf(await log.appendReceived(tenant, drafts))).toEqual(
      drafts.map(() => 'created'),
    );
  });

  test('source and id do not run into each other', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const outcomes = await log.appendReceived(tenant, [
      received('bc', { source: '/a' }),
      received('c', { source: '/ab' }),
      received('/abc', { source: '' }),
    ]);
    expect(statusesOf(outcomes)).toEqual(['created', 'created', 'created']);
  });

  test('the same key of another tenant in the same bucket is another event', async () => {
    const { log } = subject();
    const [one, two] = neighbours(log, 2) as [string, string];
    const [first] = await log.appendReceived(one, [received('a', {}, jsonData('"one"'))]);
    const [second] = await log.appendReceived(two, [received('a', {}, jsonData('"two"'))]);
    expect([first?.status, second?.status]).toEqual(['created', 'created']);
    expect(positionOf(second) > positionOf(first)).toBe(true);
    const [repeat] = await log.appendReceived(one, [received('a', {}, jsonData('"one"'))]);
    expect(repeat).toEqual({ status: 'duplicate', position: positionOf(first) });
  });

  test('an acknowledged event is visible to the next read and find', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const bucket = log.bucketOf(tenant);
    for (let i = 0; i < 20; i += 1) {
      const [outcome] = await log.appendReceived(tenant, [received(`e-${i}`)]);
      const position = positionOf(outcome);
      const page = await log.find({ tenant, id: `e-${i}`, after: position - 1n, limit: 10 });
      expect(page.events.map((event) => event.position)).toEqual([position]);
      expect((await log.head(bucket)).position).toBe(position);
      expect((await readAll(log, bucket, { after: position - 1n })).length).toBe(1);
    }
  });

  test('a duplicate is visible as soon as it is acknowledged', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const [outcome] = await log.appendReceived(tenant, [received('same')]);
        return { outcome, seen: await findAll(log, { tenant, id: 'same' }) };
      }),
    );
    for (const { outcome, seen } of outcomes)
      expect(seen.map(({ position }) => position)).toEqual([positionOf(outcome)]);
  });

  test('a thousand events go in one call', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const drafts = Array.from({ length: 1_000 }, (_, i) => received(`line-${i}`));
    const outcomes = await log.appendReceived(tenant, drafts);
    const first = positionOf(outcomes[0]);
    expect(outcomes).toEqual(
      drafts.map((_, i) => ({ status: 'created', position: first + BigInt(i) })),
    );
    const repeated = await log.appendReceived(tenant, drafts);
    expect(repeated).toEqual(
      drafts.map((_, i) => ({ status: 'duplicate', position: first + BigInt(i) })),
    );
    expect((await readTenant(log, tenant)).map(({ id }) => id)).toEqual(
      drafts.map((_, i) => `line-${i}`),
    );
  });

  test('recorded time never falls and the head carries that of the newest event', async () => {
    const { log } = subject();
    const [one, two] = neighbours(log, 2) as [string, string];
    for (const tenant of [one, two, one, two])
      await log.appendReceived(tenant, [received(crypto.randomUUID())]);
    const bucket = log.bucketOf(one);
    const times = (await readAll(log, bucket)).map((event) => event.recordedAtMicros);
    expect(times.every((time, i) => i === 0 || time >= times[i - 1]!)).toBe(true);
    expect((await log.head(bucket)).recordedAtMicros).toBe(times.at(-1));
  });
}
