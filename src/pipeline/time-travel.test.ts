import { expect, test } from 'vitest';
import { createMemoryLog } from '../log/memory/memory-log.ts';
import { systemPrincipal } from './authorise.ts';
import {
  accountsModule,
  asking,
  deposit,
  open,
  openPipeline,
  plainPersonalData,
  TENANT,
  testClock,
  withdraw,
} from './fixture.ts';

const stream = { tenant: TENANT, category: 'accounts', id: 'a' };

/** One event a minute: opened, then deposits of 1, 2, 3 ... */
async function filled(count: number) {
  const clock = testClock();
  const log = createMemoryLog({ clock });
  const pipeline = openPipeline({ log, reader: log, clock, limits: { snapshots: { events: 25 } } });
  const startMs = clock.nowMs();
  await open(pipeline, 'a');
  for (let amount = 1; amount < count; amount += 1) {
    clock.set(startMs + amount * 60_000);
    await deposit(pipeline, 'a', { amount });
  }
  return { log, pipeline, clock, startMs };
}

/** Balance of a stream as of a version: the sum of 1 to version - 1. */
const balanceAt = (version: number) => (version * (version - 1)) / 2;

test('a stream is told as of any version and any recorded time, before and behind snapshots', async () => {
  const { pipeline, startMs } = await filled(60);
  for (const version of [1, 2, 19, 20, 21, 25, 26, 49, 50, 51, 60]) {
    const expected = { version: BigInt(version), state: { balance: balanceAt(version) } };
    expect(await pipeline.loadAsOf(stream, { version: BigInt(version) })).toMatchObject(expected);
    const atMicros = BigInt(startMs + (version - 1) * 60_000) * 1_000n;
    expect(await pipeline.loadAsOf(stream, { atMicros })).toMatchObject(expected);
    expect(await pipeline.loadAsOf(stream, { atMicros: atMicros + 59_999_999n })).toMatchObject(
      expected,
    );
  }
});

test('before its first event a stream has no version, and beyond the last it has the last', async () => {
  const { pipeline, startMs } = await filled(3);
  const none = { version: 0n, at: null, state: { status: 'none' } };
  expect(await pipeline.loadAsOf(stream, { version: 0n })).toMatchObject(none);
  const atMicros = BigInt(startMs) * 1_000n - 1n;
  expect(await pipeline.loadAsOf(stream, { atMicros })).toMatchObject(none);
  expect(await pipeline.loadAsOf(stream, { version: 99n })).toMatchObject({ version: 3n });
});

test('history tells who did what and what it changed, in pages', async () => {
  const { pipeline } = await filled(30);
  const cause = { correlationId: 'root', causationId: 'e-1', hops: 1 };
  await withdraw(pipeline, 'a', { amount: 5, commandId: 'c-1', cause });
  const page = await pipeline.history(stream, { afterVersion: 29n, limit: 1 });
  expect(page).toMatchObject({
    more: true,
    entries: [
      {
        version: 30n,
        type: 'Deposited',
        actor: 'key-1',
        causationId: null,
        changes: [
          { at: '/balance', before: balanceAt(29), after: balanceAt(30) },
          { at: '/entries', before: 29, after: 30 },
          { at: '/lastAt' },
        ],
      },
    ],
  });
  const last = await pipeline.history(stream, { afterVersion: 30n, limit: 10 });
  expect(last.more).toBe(false);
  expect(last.entries).toMatchObject([
    {
      version: 31n,
      type: 'Withdrawn',
      commandId: 'c-1',
      causationId: 'e-1',
      correlationId: 'root',
    },
  ]);
  expect(await pipeline.history(stream, { afterVersion: 31n, limit: 10 })).toEqual({
    entries: [],
    more: false,
  });
  await expect(pipeline.history(stream, { afterVersion: 0n, limit: 0 })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
  });
});

test('all pages of a history together are the whole of it', async () => {
  const { pipeline } = await filled(45);
  const versions: bigint[] = [];
  for (let after = 0n, more = true; more;) {
    const page = await pipeline.history(stream, { afterVersion: after, limit: 7 });
    versions.push(...page.entries.map(({ version }) => version));
    after = versions.at(-1)!;
    more = page.more;
  }
  expect(versions).toEqual(Array.from({ length: 45 }, (_, i) => BigInt(i + 1)));
});

test('what clients must not see is not told as a change either', async () => {
  const log = createMemoryLog();
  const module = accountsModule();
  const [entry] = module.aggregates;
  const view = (state: unknown) => ({ balance: (state as { balance: number }).balance });
  const seen = {
    ...module,
    aggregates: [{ ...entry!, aggregate: { ...entry!.aggregate, view } }],
  };
  const pipeline = openPipeline({ log, reader: log, modules: [seen] });
  await open(pipeline, 'a');
  await deposit(pipeline, 'a', { amount: 3 });
  const { entries } = await pipeline.history(stream, { afterVersion: 0n, limit: 10 });
  expect(entries.map(({ changes }) => changes)).toEqual([
    [],
    [{ at: '/balance', before: 0, after: 3 }],
  ]);
});

test('the stream of another tenant has no history', async () => {
  const { pipeline } = await filled(5);
  const foreign = { ...stream, tenant: 'other' };
  expect(await pipeline.history(foreign, { afterVersion: 0n, limit: 10 })).toEqual({
    entries: [],
    more: false,
  });
  expect(await pipeline.loadAsOf(foreign, { version: 3n })).toMatchObject({ version: 0n });
});

test('an unknown category is not found', async () => {
  const pipeline = openPipeline();
  const nowhere = { ...stream, category: 'nowhere' };
  const notFound = { code: 'NOT_FOUND' };
  await expect(pipeline.load(TENANT, 'nowhere', 'a')).rejects.toMatchObject(notFound);
  await expect(pipeline.loadAsOf(nowhere, { version: 1n })).rejects.toMatchObject(notFound);
  await expect(pipeline.history(nowhere, { afterVersion: 0n, limit: 1 })).rejects.toMatchObject(
    notFound,
  );
  expect(pipeline.aggregate('nowhere')).toBeUndefined();
  expect(pipeline.aggregate('accounts')?.singular).toBe('account');
});

test('sealed fields are told in clear, and as null once the person is erased', async () => {
  const log = createMemoryLog();
  const personal = plainPersonalData();
  const pipeline = openPipeline({ log, reader: log, personal });
  await open(pipeline, 'a');
  await pipeline.handle(asking(['TakeNote', 'a'], { text: 'likes tea' }));
  expect(await pipeline.load(TENANT, 'accounts', 'a')).toMatchObject({
    state: { note: 'likes tea' },
  });
  const [, noted] = await log.readStream(TENANT, 'accounts/a', { fromVersion: 1n, limit: 9 });
  expect(Buffer.from(noted!.data).toString()).toContain('$sealed');
  personal.erase();
  expect(await pipeline.load(TENANT, 'accounts', 'a')).toMatchObject({ state: { note: null } });
  const { entries } = await pipeline.history(stream, { afterVersion: 1n, limit: 10 });
  expect(
    JSON.stringify(entries, (_, value) => (typeof value === 'bigint' ? '' : value)),
  ).not.toContain('likes tea');
  const principal = systemPrincipal(TENANT, 'x', ['accounts:write']);
  expect(await deposit(pipeline, 'a', { principal })).toMatchObject({ version: 3n });
});
