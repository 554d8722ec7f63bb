import { expect, test, type TestContext } from 'vitest';
import type { EventLog } from '../log.ts';
import {
  decided,
  findAll,
  freshTenant,
  jsonData,
  neighbours,
  positionOf,
  readAll,
  received,
  versionsOf,
  type Subject,
} from './fixtures.ts';

/** Several callers and several instances on one storage: L2, L4, L5. */
export function writersContract(subject: Subject): void {
  async function twoLogs({ skip }: TestContext): Promise<readonly [EventLog, EventLog]> {
    const { log, another } = subject();
    if (another === undefined) return skip('this log has one instance only');
    return [log, await another()];
  }

  test('concurrent callers store each event once at dense positions', async () => {
    const { log } = subject();
    const tenants = neighbours(log, 4);
    const bucket = log.bucketOf(tenants[0]!);
    const { position: start } = await log.head(bucket);
    await Promise.all(
      Array.from({ length: 40 }, async (_, caller) => {
        const drafts = Array.from({ length: 5 }, (_, i) => received(`${caller}/${i}`));
        await log.appendReceived(tenants[caller % 4]!, drafts);
      }),
    );
    const events = await readAll(log, bucket, { after: start });
    expect(events).toHaveLength(200);
    expect(new Set(events.map(({ tenant, id }) => `${tenant} ${id}`)).size).toBe(200);
  });

  test('concurrent callers with one key create one event', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, async (_, caller) => {
        const [outcome] = await log.appendReceived(tenant, [
          received('same', {}, jsonData(caller % 4 === 3 ? '2' : '1')),
        ]);
        return outcome!;
      }),
    );
    expect(outcomes.filter(({ status }) => status === 'created')).toHaveLength(1);
    expect(new Set(outcomes.map(positionOf)).size).toBe(1);
    const [stored] = await findAll(log, { tenant });
    const winner = Buffer.from(stored!.data).toString();
    for (const [caller, { status }] of outcomes.entries())
      expect(status === 'conflict').toBe((caller % 4 === 3 ? '2' : '1') !== winner);
  });

  test('an event appended by one instance is seen by the other at once', async (context) => {
    const [one, two] = await twoLogs(context);
    const tenant = freshTenant();
    expect(two.incarnation).toBe(one.incarnation);
    expect(two.bucketCount).toBe(one.bucketCount);
    expect(two.bucketOf(tenant)).toBe(one.bucketOf(tenant));
    for (const [from, to, id] of [
      [one, two, 'a'],
      [two, one, 'b'],
    ] as const) {
      const [outcome] = await from.appendReceived(tenant, [received(id)]);
      const position = positionOf(outcome);
      expect((await findAll(to, { tenant, id })).map((event) => event.position)).toEqual([
        position,
      ]);
      expect((await to.head(to.bucketOf(tenant))).position).toBe(position);
      expect(await readAll(to, to.bucketOf(tenant), { after: position - 1n })).toHaveLength(1);
    }
  });

  test('keys and versions hold across instances', async (context) => {
    const [one, two] = await twoLogs(context);
    const tenant = freshTenant();
    const [created] = await one.appendReceived(tenant, [received('a')]);
    const streams = [{ stream: 's/1', expectedVersion: 0n, events: [decided('x')] }];
    const position = positionOf(created);
    expect(await two.appendReceived(tenant, [received('a')])).toEqual([
      { status: 'duplicate', position },
    ]);
    expect(await two.appendReceived(tenant, [received('a', { type: 'other' })])).toEqual([
      { status: 'conflict', position },
    ]);
    expect(await two.appendDecided({ tenant, streams })).toMatchObject({ status: 'appended' });
    expect(await one.appendDecided({ tenant, streams })).toEqual({
      status: 'version-conflict',
      stream: 's/1',
      actual: 1n,
    });
  });

  test('an instance never judges a version by what it knew before the other appended', async (context) => {
    const [one, two] = await twoLogs(context);
    const tenant = freshTenant();
    const append = (log: EventLog, expectedVersion: bigint, events = [decided('x')]) =>
      log.appendDecided({ tenant, streams: [{ stream: 's/1', expectedVersion, events }] });
    expect(versionsOf(await append(one, 0n))).toEqual([1n]);
    expect(versionsOf(await append(two, 1n))).toEqual([2n]);
    expect(await append(one, 1n)).toEqual({
      status: 'version-conflict',
      stream: 's/1',
      actual: 2n,
    });
    expect(versionsOf(await append(two, 2n))).toEqual([3n]);
    expect(versionsOf(await append(one, 3n))).toEqual([4n]);
    expect(await append(two, 3n, [])).toMatchObject({ status: 'version-conflict', actual: 4n });
    expect(versionsOf(await append(two, 4n, []))).toEqual([4n]);
  });

  test('instances that append the same keys at once create each event once', async (context) => {
    const logs = await twoLogs(context);
    const tenant = freshTenant();
    const drafts = Array.from({ length: 60 }, (_, i) => received(`k-${i}`));
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) => logs[i % 2]!.appendReceived(tenant, drafts)),
    );
    for (const index of drafts.keys()) {
      const outcomes = answers.map((answer) => answer[index]!);
      expect(outcomes.filter(({ status }) => status === 'created')).toHaveLength(1);
      expect(new Set(outcomes.map(positionOf)).size).toBe(1);
    }
    expect(await findAll(logs[0]!, { tenant })).toHaveLength(60);
  });

  test('instances that append to the same stream at once never share a version', async (context) => {
    const logs = await twoLogs(context);
    const tenant = freshTenant();
    let wins = 0;
    for (let version = 0n; version < 6n; version += 1n) {
      const outcomes = await Promise.all(
        logs.flatMap((log) =>
          Array.from({ length: 3 }, () =>
            log.appendDecided({
              tenant,
              streams: [{ stream: 'hot/1', expectedVersion: version, events: [decided('x')] }],
            }),
          ),
        ),
      );
      wins += outcomes.filter(({ status }) => status === 'appended').length;
    }
    expect(wins).toBe(6);
    const events = await logs[0].readStream(tenant, 'hot/1', { fromVersion: 1n, limit: 100 });
    expect(events.map(({ streamVersion }) => streamVersion)).toEqual([1n, 2n, 3n, 4n, 5n, 6n]);
  });

  test('an append through one instance wakes the readers of the other', async (context) => {
    const [one, two] = await twoLogs(context);
    const tenant = freshTenant();
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = two.onAppend(two.bucketOf(tenant), resolve);
    await one.appendReceived(tenant, [received('a')]);
    await promise;
    stop();
  });

  test('the head is known when one’s own append is acknowledged, and when another’s wakes', async (context) => {
    const [one, two] = await twoLogs(context);
    const tenant = freshTenant();
    const bucket = one.bucketOf(tenant);
    const { promise, resolve } = Promise.withResolvers<void>();
    const before = (await one.head(bucket)).position;
    const stop = two.onAppend(bucket, () => {
      if (two.knownHead(bucket) === before + 2n) resolve();
    });
    await one.appendReceived(tenant, [received('a'), received('b')]);
    expect(one.knownHead(bucket)).toBe(before + 2n);
    await promise;
    stop();
  });
}
