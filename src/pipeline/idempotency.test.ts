import { expect, test } from 'vitest';
import { until } from '../../test/support/until.ts';
import type { DecidedAppend } from '../log/log.ts';
import { createMemoryLog, type MemoryLog } from '../log/memory/memory-log.ts';
import { systemPrincipal } from './authorise.ts';
import {
  asking,
  deposit,
  done,
  eventsOf,
  open,
  openPipeline,
  stateOf,
  TENANT,
  testClock,
  withdraw,
} from './fixture.ts';
import type { Pipeline } from './pipeline.ts';

const KEY = { idempotencyKey: 'k-1' };

function opened(): { log: MemoryLog; pipeline: Pipeline } {
  const log = createMemoryLog();
  return { log, pipeline: openPipeline({ log, reader: log }) };
}

test('an equal request gets the stored answer, id, version, position and members included', async () => {
  const { log, pipeline } = opened();
  const first = done(await open(pipeline, null, KEY));
  await deposit(pipeline, first.id);
  expect(await open(pipeline, null, KEY)).toEqual({ ...first, replayed: true });
  const paid = await deposit(pipeline, first.id, { idempotencyKey: 'k-2', amount: 3 });
  await deposit(pipeline, first.id);
  expect(paid).toMatchObject({ version: 3n, members: { balance: 4 }, replayed: false });
  expect(await deposit(pipeline, first.id, { idempotencyKey: 'k-2', amount: 3 })).toEqual({
    ...paid,
    replayed: true,
  });
  expect(await eventsOf(log, first.id)).toHaveLength(4);
});

test('an equal request is answered although its version has passed or its stream has moved on', async () => {
  const { pipeline } = opened();
  await open(pipeline, 'a');
  const ask = { idempotencyKey: 'k', expectedVersion: 1n };
  const first = await deposit(pipeline, 'a', ask);
  expect(await deposit(pipeline, 'a', ask)).toEqual({ ...first, replayed: true });
  const created = await open(pipeline, 'b', { idempotencyKey: 'c' });
  expect(await open(pipeline, 'b', { idempotencyKey: 'c' })).toEqual({
    ...created,
    replayed: true,
  });
});

test('another request under the same key is a mismatch', async () => {
  const { log, pipeline } = opened();
  await open(pipeline, 'a');
  await open(pipeline, 'b');
  await deposit(pipeline, 'a', KEY);
  const mismatch = { code: 'IDEMPOTENCY_MISMATCH' };
  await expect(deposit(pipeline, 'a', { ...KEY, amount: 2 })).rejects.toMatchObject(mismatch);
  await expect(deposit(pipeline, 'b', KEY)).rejects.toMatchObject(mismatch);
  await expect(withdraw(pipeline, 'a', KEY)).rejects.toMatchObject(mismatch);
  await expect(deposit(pipeline, 'a', { ...KEY, expectedVersion: 2n })).rejects.toMatchObject(
    mismatch,
  );
  expect(await eventsOf(log, 'a')).toHaveLength(2);
});

test('the order of members and white space make no other request', async () => {
  const { pipeline } = opened();
  await open(pipeline, 'a');
  await open(pipeline, 'b');
  await deposit(pipeline, 'a', { amount: 10 });
  const transfer = (input: object) => pipeline.handle(asking(['Transfer', 'a'], input, KEY));
  const first = await transfer({ amount: 1, to: 'b' });
  expect(await transfer({ to: 'b', amount: 1 })).toEqual({ ...first, replayed: true });
});

test('a key belongs to who used it', async () => {
  const { log, pipeline } = opened();
  await open(pipeline, 'a');
  await deposit(pipeline, 'a', KEY);
  const other = systemPrincipal(TENANT, 'key-2', ['accounts:write']);
  expect(await deposit(pipeline, 'a', { ...KEY, principal: other, amount: 7 })).toMatchObject({
    replayed: false,
    version: 3n,
  });
  expect(await eventsOf(log, 'a')).toHaveLength(3);
});

test('refusals and commands that changed nothing are answered alike later, failures are not kept', async () => {
  const { pipeline } = opened();
  await open(pipeline, 'a');
  const refused = await withdraw(pipeline, 'a', KEY);
  expect(refused).toMatchObject({ code: 'INSUFFICIENT', details: { balance: 0 }, replayed: false });
  const looked = await pipeline.handle(asking(['Look', 'a'], {}, { idempotencyKey: 'look' }));
  await expect(deposit(pipeline, 'x', { idempotencyKey: 'late' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await deposit(pipeline, 'a', { amount: 5 });
  await open(pipeline, 'x');
  expect(await withdraw(pipeline, 'a', KEY)).toEqual({ ...refused, replayed: true });
  expect(await pipeline.handle(asking(['Look', 'a'], {}, { idempotencyKey: 'look' }))).toEqual({
    ...looked,
    replayed: true,
  });
  expect(await deposit(pipeline, 'x', { idempotencyKey: 'late' })).toMatchObject({
    version: 2n,
    replayed: false,
  });
});

test('an equal request while the first is under way is refused in one process', async () => {
  const { log, pipeline } = opened();
  const release = log.holdAppends();
  const first = open(pipeline, 'a', KEY);
  await expect(open(pipeline, 'a', KEY)).rejects.toMatchObject({ code: 'IDEMPOTENCY_IN_FLIGHT' });
  release();
  const answer = await first;
  expect(await open(pipeline, 'a', KEY)).toEqual({ ...answer, replayed: true });
});

test('of equal requests in two processes one is done and both get its answer', async () => {
  const log = createMemoryLog();
  const other = log.openAnother();
  const pipelines = [
    openPipeline({ log, reader: log }),
    openPipeline({ log: other, reader: other }),
  ];
  for (let round = 0; round < 20; round += 1) {
    const key = { idempotencyKey: `round-${round}` };
    const [one, two] = await Promise.all(pipelines.map((p) => open(p, null, key)));
    expect([done(one!).id, done(one!).version]).toEqual([done(two!).id, done(two!).version]);
    expect([one, two].filter((answer) => answer!.replayed)).toHaveLength(1);
    expect(await eventsOf(log, done(one!).id)).toHaveLength(1);
  }
  expect((await log.head(log.bucketOf(TENANT))).position).toBe(20n);
});

test.each(['lost-stored', 'lost-not-stored'] as const)(
  'an unknown outcome (%s) is settled by repeating under the same key',
  async (fault) => {
    const { log, pipeline } = opened();
    await open(pipeline, 'a');
    log.setAppendFault(fault);
    await expect(deposit(pipeline, 'a', KEY)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    log.setAppendFault(null);
    expect(await deposit(pipeline, 'a', KEY)).toMatchObject({
      status: 'done',
      version: 2n,
      replayed: fault === 'lost-stored',
    });
    expect(await deposit(pipeline, 'a')).toMatchObject({ version: 3n });
    expect(await eventsOf(log, 'a')).toHaveLength(3);
  },
);

test('a command with an id of its own is done once, however often it is handled', async () => {
  const { log, pipeline } = opened();
  const ask = { commandId: 'policy-1' };
  const first = done(await open(pipeline, 'a', ask));
  await deposit(pipeline, 'a');
  expect(await open(pipeline, 'a', ask)).toMatchObject({
    status: 'done',
    version: first.version,
    position: first.position,
    created: true,
    replayed: true,
  });
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => deposit(pipeline, 'a', { commandId: 'policy-2' })),
  );
  expect(answers.map((answer) => done(answer).version)).toEqual([3n, 3n, 3n, 3n, 3n]);
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
  expect(await eventsOf(log, 'a')).toHaveLength(3);
});

test('what a policy creates is not read before, and is decided again where it is there', async () => {
  const log = createMemoryLog();
  let reads = 0;
  const reader = {
    ...log,
    readStream: (...asked: Parameters<typeof log.readStream>) => {
      reads += 1;
      return log.readStream(...asked);
    },
  };
  const [one, two] = [openPipeline({ log, reader }), openPipeline({ log, reader })];
  const first = done(await open(one, 'a', { commandId: 'policy-1' }));
  expect(first).toMatchObject({ version: 1n, created: true, replayed: false });
  expect(reads).toBe(0);
  // Another process knows nothing of it.
  const { version, position } = first;
  expect(await open(two, 'a', { commandId: 'policy-1' })).toMatchObject({
    version,
    position,
    replayed: true,
  });
  expect(await open(two, 'a', { commandId: 'policy-2' })).toMatchObject({ code: 'ACCOUNT_EXISTS' });
  expect(await deposit(two, 'a')).toMatchObject({ version: 2n });
  expect(await eventsOf(log, 'a')).toHaveLength(2);
});

test('handling a refused or fruitless command with an id again gives its first result', async () => {
  const { log, pipeline } = opened();
  await open(pipeline, 'a');
  const ask = { commandId: 'policy-1' };
  const refused = await withdraw(pipeline, 'a', ask);
  expect(refused).toMatchObject({ code: 'INSUFFICIENT', replayed: false });
  const look = asking(['Look', 'a'], {}, { commandId: 'policy-2' });
  const looked = await pipeline.handle(look);
  await deposit(pipeline, 'a', { amount: 5 });
  expect(await withdraw(pipeline, 'a', ask)).toEqual({ ...refused, replayed: true });
  // The code of the policy changed meanwhile: the first result stands.
  expect(await withdraw(pipeline, 'a', { ...ask, amount: 2 })).toEqual({
    ...refused,
    replayed: true,
  });
  expect(await pipeline.handle(look)).toEqual({ ...looked, replayed: true });
  expect(await eventsOf(log, 'a')).toHaveLength(2);
});

test('stored answers and ids are bound to tenant and stream', async () => {
  const { pipeline } = opened();
  const stranger = systemPrincipal('other', 'key-1', ['accounts:write']);
  await open(pipeline, 'a', { ...KEY });
  expect(await open(pipeline, 'a', { ...KEY, principal: stranger })).toMatchObject({
    replayed: false,
  });
  await deposit(pipeline, 'a', { commandId: 'c' });
  await open(pipeline, 'b');
  expect(await deposit(pipeline, 'b', { commandId: 'c' })).toMatchObject({ replayed: false });
});

test('what follows a command that turns out to be a repeat is decided again', async () => {
  const log = createMemoryLog();
  const other = log.openAnother();
  const [one, two] = [
    openPipeline({ log, reader: log }),
    openPipeline({ log: other, reader: other }),
  ];
  await open(one, 'a');
  await deposit(one, 'a', { amount: 10 });
  const release = log.holdAppends();
  const repeated = withdraw(one, 'a', { amount: 6, commandId: 'c' });
  const behind = withdraw(one, 'a', { amount: 6 });
  await withdraw(two, 'a', { amount: 6, commandId: 'c' });
  await deposit(two, 'a', { amount: 1 });
  release();
  expect(await repeated).toMatchObject({ version: 3n, replayed: true });
  expect(await behind).toMatchObject({ code: 'INSUFFICIENT', details: { balance: 5 } });
  expect(await stateOf(one, 'a')).toMatchObject({ balance: 5 });
});

/**
 * Two commands are handed over as a chain, and before they are appended another process appends exactly as many events
 * as the first of them would have: the version of the second matches, but not what it was decided on. Lowest balance.
 */
async function lowestBalance(change: (append: DecidedAppend) => DecidedAppend): Promise<number> {
  const log = createMemoryLog();
  const other = log.openAnother();
  let handed = 0;
  let release = () => {};
  const held = {
    ...log,
    appendDecided(append: DecidedAppend) {
      handed += 1;
      if (handed === 4) release = log.holdAppends();
      return log.appendDecided(change(append));
    },
  };
  const one = openPipeline({ log: held, reader: log });
  const two = openPipeline({ log: other, reader: other });
  await open(one, 'a');
  await deposit(one, 'a', { amount: 10 });
  const commands = [
    deposit(one, 'a', { amount: 1 }),
    deposit(one, 'a', { amount: 100 }),
    withdraw(one, 'a', { amount: 90 }),
  ];
  await until('the chain', () => handed === 5);
  await withdraw(two, 'a', { amount: 10 });
  release();
  await Promise.all(commands);
  let [balance, lowest] = [0, 0];
  for (const event of await eventsOf(log, 'a')) {
    const { amount = 0 } = JSON.parse(Buffer.from(event.data).toString());
    balance += event.type.includes('withdrawn') ? -amount : amount;
    lowest = Math.min(lowest, balance);
  }
  return lowest;
}

test('a unit decided on events that were not appended is never appended by chance', async () => {
  expect(await lowestBalance((append) => append)).toBe(0);
});

test('without naming the unit it follows it would be', async () => {
  expect(await lowestBalance(({ follows: _follows, ...append }) => append)).toBeLessThan(0);
});

test('a year later a command with an id of its own is still known', async () => {
  const clock = testClock();
  const log = createMemoryLog({ clock });
  const pipeline = openPipeline({ log, reader: log, clock });
  const first = done(await open(pipeline, 'a', { commandId: 'c' }));
  await deposit(pipeline, 'a', KEY);
  clock.set(clock.nowMs() + 365 * 24 * 3_600_000);
  await deposit(pipeline, 'a');
  expect(await open(pipeline, 'a', { commandId: 'c' })).toEqual({
    ...first,
    members: {},
    replayed: true,
  });
  // The answer to a request is kept for seven days only.
  expect(await deposit(pipeline, 'a', KEY)).toMatchObject({ version: 4n, replayed: false });
});

test('a key of no or too many characters is refused', async () => {
  const { pipeline } = opened();
  for (const idempotencyKey of ['', 'x'.repeat(256)])
    await expect(open(pipeline, 'a', { idempotencyKey })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
});

test('neither key nor input stands in what is stored', async () => {
  const stored: Uint8Array[] = [];
  const log = createMemoryLog();
  const seen = {
    ...log,
    appendDecided: (append: Parameters<typeof log.appendDecided>[0]) => {
      const { key, request, body } = append.answer!;
      stored.push(key, request, body);
      return log.appendDecided(append);
    },
  };
  const pipeline = openPipeline({ log: seen, reader: log });
  await pipeline.handle(
    asking(['OpenAccount', 'a'], { owner: 'canary-7' }, { idempotencyKey: 'canary-8' }),
  );
  expect(stored).toHaveLength(3);
  expect(Buffer.concat(stored).toString('latin1')).not.toContain('canary');
});
