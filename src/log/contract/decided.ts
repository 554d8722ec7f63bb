import { expect, test } from 'vitest';
import {
  STREAMS_PER_UNIT_MAX,
  VERSIONS_PER_READ_MAX,
  type DecidedAppend,
  type EventLog,
} from '../log.ts';
import {
  decided,
  freshTenant,
  jsonData,
  neighbours,
  readTenant,
  received,
  versionsOf,
  type Subject,
} from './fixtures.ts';

async function versionsIn(log: EventLog, tenant: string, stream: string): Promise<bigint[]> {
  const events = await log.readStream(tenant, stream, { fromVersion: 1n, limit: 1_000 });
  expect(events.every((event) => event.stream === stream && event.tenant === tenant)).toBe(true);
  return events.map(({ streamVersion }) => streamVersion);
}

/** Streams, versions and units: L4, L6, L11. */
export function decidedContract(subject: Subject): void {
  test('names of streams, types and commands may hold what an array in SQL is written with', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const odd = ['"1"', String.raw`a\b\\`, '{a,b}', 'NULL', ' x ', String.raw`\"`];
    const streams = odd.map((name) => ({
      stream: `orders/${name}`,
      expectedVersion: 0n,
      events: [decided(name)],
    }));
    const commandId = odd.join('');
    await log.appendDecided({ tenant, streams, commandId });
    for (const [index, { stream }] of streams.entries()) {
      const events = await log.readStream(tenant, stream, { fromVersion: 1n, limit: 9 });
      const [event] = events;
      expect([events.length, event?.stream]).toEqual([1, stream]);
      const type = { exact: `comptoir.test.${odd[index]}` };
      // A page may end before its limit; what follows is asked for from its end.
      const found: bigint[] = [];
      for (let after = 0n, more = true; more;) {
        const page = await log.find({ tenant, type, after, limit: 9 });
        found.push(...page.events.map(({ position }) => position));
        ({ nextAfter: after, more } = page);
      }
      expect(found).toEqual([event?.position]);
    }
    expect(await log.findCommand(tenant, streams[0]!.stream, commandId)).not.toBeNull();
  });

  test('decided events get contiguous versions and are marked as decided', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const stream = 'orders/1';
    const first = await log.appendDecided({
      tenant,
      streams: [{ stream, expectedVersion: 0n, events: [decided('placed'), decided('paid')] }],
    });
    expect(versionsOf(first)).toEqual([2n]);
    const second = await log.appendDecided({
      tenant,
      streams: [{ stream, expectedVersion: 2n, events: [decided('closed')] }],
    });
    expect(versionsOf(second)).toEqual([3n]);
    const events = await readTenant(log, tenant);
    expect(events.map((event) => [event.streamVersion, event.stream, event.decided])).toEqual([
      [1n, stream, true],
      [2n, stream, true],
      [3n, stream, true],
    ]);
    expect(second).toMatchObject({ position: events.at(-1)!.position });
    expect(await versionsIn(log, tenant, stream)).toEqual([1n, 2n, 3n]);
  });

  test('versions of many streams are read at once, in the order asked for', async () => {
    const { log } = subject();
    const [tenant = '', neighbour = ''] = neighbours(log, 2);
    const append = (of: string, stream: string, events: number) =>
      log.appendDecided({
        tenant: of,
        streams: [
          {
            stream,
            expectedVersion: 0n,
            events: Array.from({ length: events }, () => decided('x')),
          },
        ],
      });
    await Promise.all([append(tenant, 'a/1', 1), append(tenant, 'a/2', 3)]);
    await append(neighbour, 'a/3', 2);
    const asked = ['a/2', 'a/3', 'never/was', 'a/1', 'a/2'];
    expect(await log.streamVersions(tenant, asked)).toEqual([3n, 0n, 0n, 1n, 3n]);
    expect(await log.streamVersions(tenant, [])).toEqual([]);
    const many = Array.from({ length: VERSIONS_PER_READ_MAX + 1 }, (_, index) => `a/${index}`);
    await expect(log.streamVersions(tenant, many)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    expect(await log.streamVersions(tenant, many.slice(1))).toHaveLength(VERSIONS_PER_READ_MAX);
  });

  test('a wrong expected version stores nothing and reports the actual one', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const append = (expectedVersion: bigint) =>
      log.appendDecided({
        tenant,
        streams: [{ stream: 'orders/1', expectedVersion, events: [decided('placed')] }],
      });
    expect(await append(1n)).toEqual({
      status: 'version-conflict',
      stream: 'orders/1',
      actual: 0n,
    });
    await append(0n);
    for (const wrong of [0n, 2n, 7n])
      expect(await append(wrong)).toEqual({
        status: 'version-conflict',
        stream: 'orders/1',
        actual: 1n,
      });
    expect(await versionsIn(log, tenant, 'orders/1')).toEqual([1n]);
    expect(await readTenant(log, tenant)).toHaveLength(1);
  });

  test('one stale stream keeps the whole unit out', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const unit = (stream: string, expectedVersion: bigint) => ({
      stream,
      expectedVersion,
      events: [decided('moved')],
    });
    await log.appendDecided({ tenant, streams: [unit('tables/2', 0n)] });
    const outcome = await log.appendDecided({
      tenant,
      streams: [unit('tables/1', 0n), unit('tables/2', 0n), unit('tables/3', 0n)],
    });
    expect(outcome).toEqual({ status: 'version-conflict', stream: 'tables/2', actual: 1n });
    expect(await versionsIn(log, tenant, 'tables/1')).toEqual([]);
    expect(await versionsIn(log, tenant, 'tables/3')).toEqual([]);
    const right = await log.appendDecided({
      tenant,
      streams: [unit('tables/1', 0n), unit('tables/2', 1n), unit('tables/3', 0n)],
    });
    expect(versionsOf(right)).toEqual([1n, 2n, 1n]);
  });

  test('the events of one unit stand side by side in the order given', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const names = Array.from({ length: STREAMS_PER_UNIT_MAX }, (_, i) => `s/${i}`);
    await log.appendDecided({
      tenant,
      streams: names.map((stream) => ({
        stream,
        expectedVersion: 0n,
        events: [decided('one'), decided('two')],
      })),
    });
    const events = await readTenant(log, tenant);
    expect(events.map(({ stream }) => stream)).toEqual(names.flatMap((name) => [name, name]));
    const first = events[0]!.position;
    expect(events.map(({ position }) => position - first)).toEqual(events.map((_, i) => BigInt(i)));
    expect(new Set(events.map((event) => event.recordedAtMicros)).size).toBe(1);
  });

  test('a unit that names a stream twice, none or too many is refused', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const on = (stream: string) => ({ stream, expectedVersion: 0n, events: [decided('x')] });
    const many = Array.from({ length: STREAMS_PER_UNIT_MAX + 1 }, (_, i) => on(`s/${i}`));
    for (const streams of [[on('s/1'), on('s/1')], [], many])
      await expect((async () => log.appendDecided({ tenant, streams }))()).rejects.toMatchObject({
        code: 'INPUT_INVALID',
      });
    expect(await readTenant(log, tenant)).toEqual([]);
  });

  test('a unit may check a version without adding to the stream', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    await log.appendDecided({
      tenant,
      streams: [{ stream: 'prices/1', expectedVersion: 0n, events: [decided('set')] }],
    });
    const check = (expectedVersion: bigint) =>
      log.appendDecided({
        tenant,
        streams: [
          { stream: 'prices/1', expectedVersion, events: [] },
          { stream: 'orders/9', expectedVersion: 0n, events: [decided('placed')] },
        ],
      });
    expect(await check(0n)).toEqual({ status: 'version-conflict', stream: 'prices/1', actual: 1n });
    expect(await versionsIn(log, tenant, 'orders/9')).toEqual([]);
    expect(versionsOf(await check(1n))).toEqual([1n, 1n]);
    expect(await versionsIn(log, tenant, 'prices/1')).toEqual([1n]);
  });

  test('a unit without any event checks its versions as they are now', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const stream = 'prices/1';
    const check = (expectedVersion: bigint) =>
      log.appendDecided({ tenant, streams: [{ stream, expectedVersion, events: [] }] });
    expect(versionsOf(await check(0n))).toEqual([0n]);
    await log.appendDecided({
      tenant,
      streams: [{ stream, expectedVersion: 0n, events: [decided('set')] }],
    });
    expect(await check(0n)).toEqual({ status: 'version-conflict', stream, actual: 1n });
    expect(versionsOf(await check(1n))).toEqual([1n]);
    expect(await readTenant(log, tenant)).toHaveLength(1);
  });

  test('the same stream of another tenant in the same bucket is another stream', async () => {
    const { log } = subject();
    const tenants = neighbours(log, 2);
    for (const tenant of tenants) {
      const outcome = await log.appendDecided({
        tenant,
        streams: [
          {
            stream: 'orders/1',
            expectedVersion: 0n,
            events: [decided('placed', jsonData(JSON.stringify(tenant)))],
          },
        ],
      });
      expect(versionsOf(outcome)).toEqual([1n]);
    }
    for (const tenant of tenants) {
      expect(await versionsIn(log, tenant, 'orders/1')).toEqual([1n]);
      expect(await versionsIn(log, freshTenant(), 'orders/1')).toEqual([]);
    }
  });

  test('of concurrent appends with one expected version exactly one wins', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    for (let version = 0n; version < 4n; version += 1n) {
      const outcomes = await Promise.all(
        Array.from({ length: 12 }, (_, i) =>
          log.appendDecided({
            tenant,
            streams: [
              {
                stream: 'orders/hot',
                expectedVersion: version,
                events: [decided('x', jsonData(`${i}`))],
              },
            ],
          }),
        ),
      );
      expect(outcomes.filter(({ status }) => status === 'appended')).toHaveLength(1);
      for (const outcome of outcomes)
        if (outcome.status !== 'appended')
          expect(outcome).toMatchObject({ status: 'version-conflict', actual: version + 1n });
    }
    expect(await versionsIn(log, tenant, 'orders/hot')).toEqual([1n, 2n, 3n, 4n]);
  });

  test('units that share streams in opposite order do not block each other', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const unit = (names: readonly string[]) =>
      log.appendDecided({
        tenant,
        streams: names.map((stream) => ({ stream, expectedVersion: 0n, events: [decided('x')] })),
      });
    const outcomes = await Promise.all([unit(['a/1', 'b/1']), unit(['b/1', 'a/1'])]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['appended', 'version-conflict']);
    expect(await versionsIn(log, tenant, 'a/1')).toEqual([1n]);
    expect(await versionsIn(log, tenant, 'b/1')).toEqual([1n]);
  });

  test('a stream is read from any version with any limit', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const events = Array.from({ length: 9 }, (_, i) => decided('x', jsonData(`${i}`)));
    await log.appendReceived(tenant, [received('between')]);
    const streams = [{ stream: 'long/1', expectedVersion: 0n, events }];
    await log.appendDecided({ tenant, streams });
    for (const fromVersion of [1n, 4n, 9n, 10n, 50n])
      for (const limit of [1, 3, 100]) {
        const read = await log.readStream(tenant, 'long/1', { fromVersion, limit });
        const rest = Array.from({ length: 9 }, (_, i) => BigInt(i + 1)).filter(
          (version) => version >= fromVersion,
        );
        expect(read.map(({ streamVersion }) => streamVersion)).toEqual(rest.slice(0, limit));
      }
    expect(await log.readStream(tenant, 'long/2', { fromVersion: 1n, limit: 10 })).toEqual([]);
  });

  test('a stream whose name nobody can have is empty, and disturbs no other that is asked for with it', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const events = [decided('x', jsonData('1'))];
    await log.appendDecided({ tenant, streams: [{ stream: 'a/1', expectedVersion: 0n, events }] });
    const range = { fromVersion: 1n, limit: 10 };
    const [one, none] = await Promise.all([
      log.readStream(tenant, 'a/1', range),
      log.readStream(tenant, 'a/\0', range),
    ]);
    expect([one.length, none.length]).toEqual([1, 0]);
    expect(await log.streamVersions(tenant, ['a/\0', 'a/1'])).toEqual([0n, 1n]);
    const found = await log.find({ tenant, stream: 'a/\0', after: 0n, limit: 10 });
    expect(found.events).toEqual([]);
  });

  test('a unit that follows one that was not appended is not appended, though its version matches', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const on = (expectedVersion: bigint, follows?: DecidedAppend): DecidedAppend => ({
      tenant,
      streams: [{ stream: 's/1', expectedVersion, events: [decided('x')] }],
      ...(follows === undefined ? {} : { follows }),
    });
    const first = on(0n);
    const second = on(1n, first);
    expect(await Promise.all([log.appendDecided(first), log.appendDecided(second)])).toMatchObject([
      { status: 'appended', versions: [1n] },
      { status: 'appended', versions: [2n] },
    ]);
    expect(versionsOf(await log.appendDecided(on(2n, second)))).toEqual([3n]);
    const lost = on(9n);
    const orphan = on(3n, lost);
    const conflict = { status: 'version-conflict', stream: 's/1', actual: 3n };
    const outcomes = [lost, orphan, on(3n, orphan)].map((unit) => log.appendDecided(unit));
    expect(await Promise.all(outcomes)).toEqual([conflict, conflict, conflict]);
    expect(await versionsIn(log, tenant, 's/1')).toEqual([1n, 2n, 3n]);
  });
}
