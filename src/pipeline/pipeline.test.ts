import { expect, test } from 'vitest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { until } from '../../test/support/until.ts';
import { DataKind, jsonDraftOf } from '../core/event.ts';
import { wireTypes } from '../core/event-type.ts';
import type { Logger } from '../core/logger.ts';
import type { PersonalData } from '../core/personal-data.ts';
import { createMemoryLog } from '../log/memory/memory-log.ts';
import { customers } from '../modules/customers/index.ts';
import { systemPrincipal } from './authorise.ts';
import { RETRIES_MAX } from './settle-round.ts';
import {
  accountsModule,
  asking,
  deposit,
  done,
  eventsOf,
  open,
  openPipeline,
  plainPersonalData,
  stateOf,
  TENANT,
  testClock,
  withdraw,
} from './fixture.ts';

test('a creating command without an id gets one, and the events are CloudEvents of the stream', async () => {
  const log = createMemoryLog();
  const pipeline = openPipeline({ log, reader: log });
  const answer = done(await open(pipeline));
  expect(answer).toMatchObject({ version: 1n, created: true, replayed: false, position: 1n });
  expect(answer.members).toEqual({ balance: 0 });
  const [event] = await eventsOf(log, answer.id);
  expect(event).toMatchObject({
    type: 'comptoir.account.opened.v1',
    source: '/comptoir/accounts',
    subject: answer.id,
    dataContentType: 'application/json',
    decided: true,
    stream: `accounts/${answer.id}`,
    streamVersion: 1n,
  });
  expect(event!.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  const extensions = JSON.parse(event!.extensionsJson!);
  expect(extensions.correlationid).toBe(extensions.commandid);
  expect(Object.keys(extensions)).toEqual(['commandid', 'command', 'correlationid', 'actor']);
  expect(extensions.command).toBe('accounts.OpenAccount');
  expect(extensions.actor).toBe('key-1');
});

test('a command that something caused carries the chain of causes', async () => {
  const log = createMemoryLog();
  const pipeline = openPipeline({ log, reader: log });
  const cause = { correlationId: 'first', causationId: 'event-7', hops: 2 };
  const { id } = done(await open(pipeline, 'a', { cause, commandId: 'c-1' }));
  const [event] = await eventsOf(log, id);
  expect(JSON.parse(event!.extensionsJson!)).toEqual({
    commandid: 'c-1',
    command: 'accounts.OpenAccount',
    correlationid: 'first',
    causationid: 'event-7',
    actor: 'key-1',
    hops: 2,
  });
});

test('attributes beyond ASCII are encoded like any others', async () => {
  const log = createMemoryLog();
  const pipeline = openPipeline({ log, reader: log });
  const principal = systemPrincipal(TENANT, 'policy:café', ['accounts:write']);
  await open(pipeline, 'a', { principal });
  const [event] = await eventsOf(log, 'a');
  expect(JSON.parse(event!.extensionsJson!).actor).toBe('policy:café');
  expect(event).toMatchObject({ subject: 'a', time: expect.stringMatching(/Z$/) });
});

test('without the scope of the module nothing is open', async () => {
  const log = createMemoryLog();
  const pipeline = openPipeline({ log, reader: log });
  for (const scopes of [[], ['accounts:read'], ['customers:write'], ['admin'], ['events:write']])
    await expect(
      open(pipeline, 'a', { principal: systemPrincipal(TENANT, 'x', scopes as never) }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN', extra: { scope: 'accounts:write' } });
  expect(await eventsOf(log, 'a')).toEqual([]);
});

test('an input that does not match names every field that is wrong', async () => {
  const pipeline = openPipeline();
  const ask = (input: object) => pipeline.handle(asking(['Deposit', 'a'], input));
  await expect(ask({ amount: 'x', colour: 1 })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    errors: [
      { at: '/colour', message: 'must NOT have additional properties' },
      { at: '/amount', message: 'must be integer' },
    ],
  });
  await expect(ask({})).rejects.toMatchObject({
    errors: [{ at: '/amount', message: "must have required property 'amount'" }],
  });
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`extra-${i}`, i]));
  await expect(ask(many)).rejects.toMatchObject({ errors: [expect.anything()] });
});

test('an unknown category, command, id or stream is not found', async () => {
  const pipeline = openPipeline();
  const notFound = { code: 'NOT_FOUND' };
  await expect(pipeline.handle(asking(['Nothing', 'a'], {}))).rejects.toMatchObject(notFound);
  await expect(
    pipeline.handle(asking(['Look', 'a'], {}, { category: 'nowhere' })),
  ).rejects.toMatchObject(notFound);
  await expect(deposit(pipeline, 'a')).rejects.toMatchObject(notFound);
  await expect(deposit(pipeline, 'a/b')).rejects.toMatchObject(notFound);
  await expect(open(pipeline, '../b')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  await expect(pipeline.handle({ ...asking(['Look', null], {}) })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
  });
});

test('the stream of another tenant does not exist', async () => {
  const pipeline = openPipeline();
  await open(pipeline, 'a');
  const stranger = systemPrincipal('other', 'key-2', ['accounts:write']);
  await expect(deposit(pipeline, 'a', { principal: stranger })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  expect(await pipeline.load('other', 'accounts', 'a')).toMatchObject({ version: 0n, at: null });
});

test('a refusal appends nothing and keeps the version', async () => {
  const log = createMemoryLog();
  const pipeline = openPipeline({ log, reader: log });
  await open(pipeline, 'a');
  expect(await withdraw(pipeline, 'a', { amount: 5 })).toEqual({
    status: 'refused',
    code: 'INSUFFICIENT',
    details: { balance: 0 },
    replayed: false,
  });
  expect(await open(pipeline, 'a')).toMatchObject({ status: 'refused', code: 'ACCOUNT_EXISTS' });
  expect(await eventsOf(log, 'a')).toHaveLength(1);
});

test('a command that changes nothing is done at the current version', async () => {
  const log = createMemoryLog();
  const pipeline = openPipeline({ log, reader: log });
  await open(pipeline, 'a');
  const answer = await pipeline.handle(asking(['Look', 'a'], {}));
  expect(answer).toMatchObject({ status: 'done', version: 1n, position: 1n, created: false });
  expect(await eventsOf(log, 'a')).toHaveLength(1);
});

test('a refusal by what another process has appended is never given from memory', async () => {
  const log = createMemoryLog();
  const [one, two] = [openPipeline({ log, reader: log }), openPipeline({ log, reader: log })];
  await open(one, 'a');
  expect(await withdraw(two, 'a')).toMatchObject({ code: 'INSUFFICIENT' });
  await deposit(one, 'a');
  expect(await withdraw(two, 'a')).toMatchObject({ status: 'done', version: 3n });
  expect(await withdraw(one, 'a')).toMatchObject({ code: 'INSUFFICIENT' });
});

test('a version that is not the current one is refused and never tried again', async () => {
  const log = createMemoryLog();
  const [one, two] = [openPipeline({ log, reader: log }), openPipeline({ log, reader: log })];
  await open(one, 'a');
  await deposit(one, 'a', { expectedVersion: 1n });
  await expect(deposit(one, 'a', { expectedVersion: 1n })).rejects.toMatchObject({
    code: 'PRECONDITION_FAILED',
    extra: { version: '2' },
  });
  await deposit(two, 'a');
  // `one` still remembers version 2.
  await expect(deposit(one, 'a', { expectedVersion: 2n })).rejects.toMatchObject({
    code: 'PRECONDITION_FAILED',
    extra: { version: '3' },
  });
  expect(await deposit(one, 'a', { expectedVersion: 3n })).toMatchObject({ version: 4n });
  expect(await eventsOf(log, 'a')).toHaveLength(4);
});

test('an equal request of another process is answered alike, though its version is past', async () => {
  const log = createMemoryLog();
  const looked = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const slow = {
    ...log,
    readStream: async (...asked: Parameters<typeof log.readStream>) => {
      const found = await log.readStream(...asked);
      looked.resolve();
      await goOn.promise;
      return found;
    },
  };
  const [one, two, three] = [log, slow, log].map((reader) => openPipeline({ log, reader }));
  await open(one!, 'a');
  const asked = { expectedVersion: 1n, idempotencyKey: 'k' };
  const second = deposit(two!, 'a', asked);
  await looked.promise;
  const first = done(await deposit(one!, 'a', asked));
  goOn.resolve();
  expect(await second).toEqual({ ...first, replayed: true });
  // A process that has seen none of it does not look for the key: it fails on the version, and finds the answer then.
  expect(await deposit(three!, 'a', asked)).toEqual({ ...first, replayed: true });
  await expect(deposit(two!, 'a', { ...asked, idempotencyKey: 'l' })).rejects.toMatchObject({
    code: 'PRECONDITION_FAILED',
  });
  expect(await eventsOf(log, 'a')).toHaveLength(2);
});

test('commands that wait for one stream are decided on one another and share a commit', async () => {
  const log = createMemoryLog();
  let appends = 0;
  const counted = {
    ...log,
    appendDecided: (append: Parameters<typeof log.appendDecided>[0]) => {
      appends += 1;
      return log.appendDecided(append);
    },
  };
  const pipeline = openPipeline({ log: counted, reader: log });
  await open(pipeline, 'a');
  const release = log.holdAppends();
  const answers = [
    deposit(pipeline, 'a', { amount: 10 }),
    ...Array.from({ length: 6 }, () => withdraw(pipeline, 'a', { amount: 3 })),
  ];
  await until('the first append', () => appends === 2);
  release();
  const settled = await Promise.all(answers);
  expect(settled.map(({ status }) => status)).toEqual([
    'done',
    'done',
    'done',
    'done',
    'refused',
    'refused',
    'refused',
  ]);
  expect(settled.at(-1)).toMatchObject({ code: 'INSUFFICIENT', details: { balance: 1 } });
  expect(settled.slice(0, 4).map((answer) => done(answer).version)).toEqual([2n, 3n, 4n, 5n]);
  expect(appends).toBe(5);
  expect(await stateOf(pipeline, 'a')).toMatchObject({ balance: 1, entries: 5 });
});

test('more commands than may wait for one stream are refused as overload', async () => {
  const log = createMemoryLog();
  const pipeline = openPipeline({ log, reader: log, limits: { waitingMax: 3 } });
  await open(pipeline, 'a');
  const release = log.holdAppends();
  const first = deposit(pipeline, 'a');
  const rest = Array.from({ length: 10 }, () => deposit(pipeline, 'a').catch((error) => error));
  release();
  const settled = await Promise.all([first, ...rest]);
  expect(settled.filter(({ code }) => code === 'OVERLOADED')).toHaveLength(7);
  expect(await eventsOf(log, 'a')).toHaveLength(5);
});

test('more commands than may be under way are refused as overload', async () => {
  const log = createMemoryLog();
  const pipeline = openPipeline({ log, reader: log, limits: { underWayMax: 2 } });
  const release = log.holdAppends();
  const two = [open(pipeline), open(pipeline)];
  await expect(open(pipeline)).rejects.toMatchObject({ code: 'OVERLOADED' });
  release();
  await Promise.all(two);
  await open(pipeline);
});

test('a throw of decide, evolve or a wrong event fails that command only', async () => {
  const log = createMemoryLog();
  const told: string[] = [];
  const logger = { ...silent(), error: (message: string) => void told.push(message) };
  const pipeline = openPipeline({ log, reader: log, logger });
  await open(pipeline, 'a');
  const broken = ['decide', 'evolve', 'elsewhere', 'type'];
  const answers = await Promise.allSettled([
    deposit(pipeline, 'a'),
    ...broken.map((how) => pipeline.handle(asking(['Break', 'a'], { how }))),
    deposit(pipeline, 'a'),
  ]);
  expect(answers.map((answer) => (answer as PromiseRejectedResult).reason?.code)).toEqual([
    undefined,
    'INTERNAL',
    'INTERNAL',
    'INTERNAL',
    'INTERNAL',
    undefined,
  ]);
  expect(told).toHaveLength(4);
  expect(await stateOf(pipeline, 'a')).toMatchObject({ balance: 2, entries: 3 });
  expect(await eventsOf(log, 'unlisted')).toEqual([]);
});

test('time never runs backwards in a stream, even where the clock does', async () => {
  const log = createMemoryLog();
  const clock = testClock(Date.UTC(2026, 5, 1, 12));
  const pipeline = openPipeline({ log, reader: log, clock });
  await open(pipeline, 'a');
  clock.set(Date.UTC(2026, 5, 1, 11));
  await deposit(pipeline, 'a');
  expect(await stateOf(openPipeline({ log, reader: log }), 'a')).toMatchObject({
    lastAt: '2026-06-01T12:00:00.000Z',
  });
  clock.set(Date.UTC(2026, 5, 1, 13));
  await deposit(pipeline, 'a');
  expect((await eventsOf(log, 'a')).map(({ time }) => time)).toEqual([
    '2026-06-01T12:00:00.000Z',
    '2026-06-01T12:00:00.000Z',
    '2026-06-01T13:00:00.000Z',
  ]);
});

test('an unknown event type in a stream is stepped over, counted and logged', async () => {
  const log = createMemoryLog();
  const told: string[] = [];
  const logger = { ...silent(), warn: (message: string) => void told.push(message) };
  await open(openPipeline({ log, reader: log }), 'a');
  const module = accountsModule();
  const [entry] = module.aggregates;
  const fewer = {
    ...module,
    aggregates: [
      { ...entry!, aggregate: { ...entry!.aggregate, events: entry!.aggregate.events.slice(1) } },
    ],
  };
  const pipeline = openPipeline({ log, reader: log, logger, modules: [fewer] });
  expect(await pipeline.load(TENANT, 'accounts', 'a')).toMatchObject({
    version: 1n,
    state: { status: 'none' },
  });
  expect(told).toHaveLength(1);
  const { entries } = await pipeline.history(account('a'), { afterVersion: 0n, limit: 10 });
  expect(entries).toMatchObject([{ type: 'comptoir.account.opened.v1', changes: [] }]);
  expect(await deposit(pipeline, 'a')).toMatchObject({ version: 2n });
});

test('a poisoned event fails what needs its stream, and no other stream', async () => {
  const log = createMemoryLog();
  const pipeline = openPipeline({ log, reader: log });
  await open(pipeline, 'a');
  await open(pipeline, 'b');
  const type = 'comptoir.account.poisoned.v1';
  const draft = jsonDraftOf({ id: 'p', source: '/comptoir/accounts', type }, {});
  await log.appendDecided({
    tenant: TENANT,
    streams: [{ stream: 'accounts/a', expectedVersion: 1n, events: [draft] }],
  });
  await expect(deposit(pipeline, 'a')).rejects.toMatchObject({ code: 'INTERNAL' });
  await expect(pipeline.load(TENANT, 'accounts', 'a')).rejects.toMatchObject({ code: 'INTERNAL' });
  expect(await deposit(pipeline, 'b')).toMatchObject({ version: 2n });
  expect(await eventsOf(log, 'a')).toHaveLength(2);
});

test('of many refused at once the first reads the streams for all that came before it', async () => {
  const log = createMemoryLog();
  let reads = 0;
  const reader = {
    ...log,
    readStream: (...asked: Parameters<typeof log.readStream>) => {
      reads += 1;
      return log.readStream(...asked);
    },
  };
  let nowMs = 0;
  const clock = { nowMs: () => (nowMs += 1) };
  const pipeline = openPipeline({ log, reader, clock });
  for (const id of ['a', 'b']) await open(pipeline, id);
  const transfer = () => pipeline.handle(asking(['Transfer', 'a'], { to: 'b', amount: 5 }));
  await transfer();
  reads = 0;
  const answers = await Promise.all(Array.from({ length: 100 }, transfer));
  expect(answers.every(({ status }) => status === 'refused')).toBe(true);
  expect(reads).toBe(2);
  // One that comes later is not refused by what was read before, when another process has appended.
  await deposit(openPipeline({ log, reader: log }), 'a', { amount: 10 });
  expect(await transfer()).toMatchObject({ status: 'done', version: 3n });
});

test('a transfer writes to both streams or to none', async () => {
  const log = createMemoryLog();
  const pipeline = openPipeline({ log, reader: log });
  const transfer = (id: string, to: string, amount: number) =>
    pipeline.handle(asking(['Transfer', id], { to, amount }));
  await open(pipeline, 'a');
  expect(await transfer('a', 'b', 1)).toMatchObject({ code: 'NO_SUCH_ACCOUNT' });
  await open(pipeline, 'b');
  expect(await transfer('a', 'b', 1)).toMatchObject({ code: 'INSUFFICIENT' });
  await deposit(pipeline, 'a', { amount: 10 });
  expect(await transfer('a', 'b', 4)).toMatchObject({ status: 'done', version: 3n });
  expect((await stateOf(pipeline, 'a')).balance).toBe(6);
  expect((await stateOf(pipeline, 'b')).balance).toBe(4);
  expect((await eventsOf(log, 'b')).map(({ streamVersion }) => streamVersion)).toEqual([1n, 2n]);
});

test('transfers to and fro, from two processes, lose and double nothing', async () => {
  const log = createMemoryLog();
  const pipelines = [openPipeline({ log, reader: log }), openPipeline({ log, reader: log })];
  for (const id of ['a', 'b', 'c']) {
    await open(pipelines[0]!, id);
    await deposit(pipelines[0]!, id, { amount: 100 });
  }
  const ids = ['a', 'b', 'c'];
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, i) =>
      pipelines[i % 2]!.handle(
        asking(['Transfer', ids[i % 3]!], { to: ids[(i + 1 + (i % 2)) % 3]!, amount: 1 + (i % 5) }),
      ),
    ),
  );
  expect(answers.every(({ status }) => status === 'done')).toBe(true);
  const balances = await Promise.all(
    ids.map(async (id) => (await stateOf(pipelines[0]!, id)).balance),
  );
  expect(balances.reduce((sum, balance) => sum + balance)).toBe(300);
});

test('a command that always loses against others is given up after a bounded number of tries', async () => {
  const log = createMemoryLog();
  const setUp = openPipeline({ log, reader: log });
  await open(setUp, 'a');
  let tries = 0;
  const pauses: number[] = [];
  const losing = {
    ...log,
    async appendDecided() {
      tries += 1;
      return { status: 'version-conflict', stream: 'accounts/a', actual: 1n } as const;
    },
  };
  const pause = async (conflicts: number) => void pauses.push(conflicts);
  const pipeline = openPipeline({ log: losing, reader: log, pause });
  await expect(deposit(pipeline, 'a')).rejects.toMatchObject({ code: 'VERSION_CONFLICT' });
  expect(tries).toBe(RETRIES_MAX + 1);
  expect(pauses).toEqual(Array.from({ length: RETRIES_MAX + 1 }, (_, i) => i + 1));
  expect(await eventsOf(log, 'a')).toHaveLength(1);
});

test('a closed pipeline refuses newcomers and ends what is under way', async () => {
  const log = createMemoryLog();
  const pipeline = openPipeline({ log, reader: log });
  const release = log.holdAppends();
  const under = open(pipeline, 'a');
  const closing = pipeline.close();
  await expect(open(pipeline, 'b')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  release();
  expect(await under).toMatchObject({ status: 'done' });
  await closing;
});

test('a loss of the storage fails the command and leaves nothing behind', async () => {
  const log = createMemoryLog();
  const pipeline = openPipeline({ log, reader: log });
  await open(pipeline, 'a');
  for (const [fault, code] of [
    ['unavailable', 'UNAVAILABLE'],
    ['storage-full', 'STORAGE_FULL'],
  ] as const) {
    log.setAppendFault(fault);
    await expect(deposit(pipeline, 'a')).rejects.toMatchObject({ code });
  }
  log.setAppendFault(null);
  expect(await deposit(pipeline, 'a')).toMatchObject({ version: 2n });
});

test('what the examples of a module decide matches the schemas of its events', async () => {
  const ajv = new Ajv2020({ strict: true });
  const unsealed: PersonalData = {
    ...plainPersonalData(),
    seal: async (_tenant, _marks, data) => ({
      kind: DataKind.json,
      bytes: Buffer.from(JSON.stringify(data)),
    }),
  };
  for (const module of [accountsModule(), customers]) {
    const log = createMemoryLog();
    const pipeline = openPipeline({ log, reader: log, modules: [module], personal: unsealed });
    const principal = systemPrincipal(TENANT, 'x', [`${module.name}:write`]);
    const { aggregate } = module.aggregates[0]!;
    const { category } = aggregate;
    for (const { name, examples } of aggregate.commands)
      for (const input of examples)
        await pipeline
          .handle({ principal, category, command: name, id: 'a', input })
          .catch(({ code }) => expect(code).toBe('INTERNAL'));
    const events = await log.readStream(TENANT, `${category}/a`, { fromVersion: 1n, limit: 100 });
    expect(events.length).toBeGreaterThan(2);
    for (const { type, data } of events) {
      const known = aggregate.events.find((each) => wireTypes(each).includes(type));
      const { data: schema } = known!;
      expect(ajv.validate(schema, JSON.parse(Buffer.from(data).toString()))).toBe(true);
    }
  }
});

function account(id: string) {
  return { tenant: TENANT, category: 'accounts', id };
}

function silent(): Logger {
  return { debug() {}, info() {}, warn() {}, error() {} };
}
