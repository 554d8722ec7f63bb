/** A small module with everything a pipeline must cope with, and a pipeline over a memory log. */
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { Type } from 'typebox';
import { defineAggregate, type EventMoment } from '../core/aggregate.ts';
import type { Clock } from '../core/clock.ts';
import { defineCommand, type CommandFor } from '../core/command-type.ts';
import { accepted, rejected, type Decision } from '../core/decision.ts';
import { DataKind, type StoredEvent } from '../core/event.ts';
import { defineEvent, type EventOf } from '../core/event-type.ts';
import { silentLogger } from '../core/logger.ts';
import { noMetrics } from '../core/metrics.ts';
import { defineModule, type BusinessModule } from '../core/module.ts';
import type { PersonalData } from '../core/personal-data.ts';
import { defineReadModel } from '../core/read-model.ts';
import type { EventLog } from '../log/log.ts';
import { createMemoryLog } from '../log/memory/memory-log.ts';
import { systemPrincipal } from './authorise.ts';
import { createPipeline, type PipelineDependencies } from './create-pipeline.ts';
import type { CommandAnswer, CommandRequest, Pipeline } from './pipeline.ts';
import { createMemorySnapshots } from './snapshots/memory-snapshots.ts';

const amount = Type.Integer({ minimum: 1, maximum: 1_000_000 });

const opened = defineEvent({
  name: 'AccountOpened',
  wireName: 'comptoir.account.opened',
  data: Type.Object({ owner: Type.String() }),
});
const deposited = defineEvent({
  name: 'Deposited',
  wireName: 'comptoir.account.deposited',
  data: Type.Object({ amount: Type.Number(), from: Type.Optional(Type.String()) }),
});
const withdrawn = defineEvent({
  name: 'Withdrawn',
  wireName: 'comptoir.account.withdrawn',
  data: Type.Object({ amount: Type.Number() }),
});
const noted = defineEvent({
  name: 'NoteTaken',
  wireName: 'comptoir.account.note-taken',
  data: Type.Object({
    accountId: Type.String(),
    text: Type.Union([Type.String(), Type.Null()]),
  }),
  personal: { person: '/accountId', fields: ['/text'] },
});
/** `evolve` throws on it: a defect that got into the log. */
const poisoned = defineEvent({
  name: 'Poisoned',
  wireName: 'comptoir.account.poisoned',
  data: Type.Object({}),
});

const EVENTS = [opened, deposited, withdrawn, noted, poisoned] as const;
type AccountEvent = EventOf<(typeof EVENTS)[number]>;

const nothing = Type.Object({}, { additionalProperties: false });
const COMMANDS = [
  defineCommand({
    name: 'OpenAccount',
    summary: 'Opens an account',
    input: Type.Object({ owner: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
    examples: [{ owner: 'shop' }],
  }),
  defineCommand({
    name: 'Deposit',
    word: 'deposit',
    summary: 'Puts money in',
    input: Type.Object({ amount }, { additionalProperties: false }),
    examples: [{ amount: 5 }],
  }),
  defineCommand({
    name: 'Withdraw',
    word: 'withdraw',
    summary: 'Takes money out',
    input: Type.Object({ amount }, { additionalProperties: false }),
    examples: [{ amount: 5 }],
  }),
  defineCommand({
    name: 'Transfer',
    word: 'transfer',
    summary: 'Moves money to another account',
    input: Type.Object({ amount, to: Type.String() }, { additionalProperties: false }),
    examples: [{ amount: 5, to: 'b' }],
  }),
  defineCommand({
    name: 'TakeNote',
    word: 'take-note',
    summary: 'Writes a personal note',
    input: Type.Object({ text: Type.String() }, { additionalProperties: false }),
    examples: [{ text: 'likes tea' }],
  }),
  defineCommand({
    name: 'Break',
    word: 'break',
    summary: 'Goes wrong in many ways',
    input: Type.Object({ how: Type.String() }, { additionalProperties: false }),
    examples: [{ how: 'decide' }],
  }),
  defineCommand({
    name: 'Look',
    word: 'look',
    summary: 'Changes nothing',
    input: nothing,
    examples: [{}],
  }),
] as const;
type AccountCommand = CommandFor<(typeof COMMANDS)[number]>;

export interface AccountState {
  readonly status: 'none' | 'open';
  readonly balance: number;
  readonly entries: number;
  readonly lastAt: string | null;
  readonly note: string | null;
}

const initialState: AccountState = {
  status: 'none',
  balance: 0,
  entries: 0,
  lastAt: null,
  note: null,
};

function evolve(state: AccountState, event: AccountEvent, { at }: EventMoment): AccountState {
  const next = { ...state, entries: state.entries + 1, lastAt: at };
  switch (event.type) {
    case 'AccountOpened':
      return { ...next, status: 'open' };
    case 'Deposited':
      return { ...next, balance: state.balance + event.data.amount };
    case 'Withdrawn':
      return { ...next, balance: state.balance - event.data.amount };
    case 'NoteTaken':
      return { ...next, note: event.data.text };
    case 'Poisoned':
      throw new RangeError('evolve was poisoned');
  }
}

function decide(
  state: AccountState,
  command: AccountCommand,
  around: { stateOf(stream: { category: string; id: string }): unknown },
): Decision<AccountEvent> {
  switch (command.type) {
    case 'OpenAccount':
      if (state.status === 'open') return rejected('ACCOUNT_EXISTS');
      return accepted([{ type: 'AccountOpened', data: { owner: command.input.owner } }]);
    case 'Deposit':
      return accepted([{ type: 'Deposited', data: { amount: command.input.amount } }]);
    case 'Withdraw':
      if (state.balance < command.input.amount)
        return rejected('INSUFFICIENT', { balance: state.balance });
      return accepted([{ type: 'Withdrawn', data: { amount: command.input.amount } }]);
    case 'Transfer':
      return decideTransfer(state, command, around);
    case 'TakeNote':
      return accepted([
        { type: 'NoteTaken', data: { accountId: command.id, text: command.input.text } },
      ]);
    case 'Look':
      return accepted([]);
    case 'Break':
      return decideBroken(command.input.how);
  }
}

function decideTransfer(
  state: AccountState,
  { id, input }: Extract<AccountCommand, { type: 'Transfer' }>,
  around: { stateOf(stream: { category: string; id: string }): unknown },
): Decision<AccountEvent> {
  const to = { category: 'accounts', id: input.to };
  const other = around.stateOf(to) as AccountState;
  if (other.status === 'none') return rejected('NO_SUCH_ACCOUNT');
  if (state.balance < input.amount) return rejected('INSUFFICIENT', { balance: state.balance });
  return accepted(
    [{ type: 'Withdrawn', data: { amount: input.amount } }],
    [{ ...to, events: [{ type: 'Deposited', data: { amount: input.amount, from: id } }] }],
  );
}

function decideBroken(how: string): Decision<AccountEvent> {
  const deposit = { type: 'Deposited', data: { amount: 1 } } as const;
  switch (how) {
    case 'evolve':
      return accepted([{ type: 'Poisoned', data: {} }]);
    case 'elsewhere':
      return accepted([], [{ category: 'accounts', id: 'unlisted', events: [deposit] }]);
    case 'type':
      return accepted([{ ...deposit, type: 'Unheard' } as never]);
    default:
      throw new RangeError('decide is broken');
  }
}

const list = defineReadModel({
  name: 'accounts.list',
  version: 1,
  columns: { owner: 'text' },
  on: [opened],
  keys: () => [],
  project: () => null,
  personal: 'none',
  list: { filters: {}, order: [] },
});

export function accountsModule(stateVersion = 1): BusinessModule {
  return defineModule({
    name: 'accounts',
    title: 'Accounts',
    summary: 'Accounts of a test.',
    aggregates: [
      {
        singular: 'account',
        list,
        aggregate: defineAggregate<AccountState, AccountCommand, AccountEvent>({
          category: 'accounts',
          stateVersion,
          events: EVENTS,
          commands: COMMANDS,
          refusals: {
            ACCOUNT_EXISTS: { sentence: 'It exists.', remedy: 'Use it.' },
            INSUFFICIENT: { sentence: 'Too little money.', remedy: 'Deposit.' },
            NO_SUCH_ACCOUNT: { sentence: 'No such account.', remedy: 'Open it.' },
          },
          initialState,
          decide,
          evolve,
          streams: (command) =>
            command.type === 'Transfer' ? [{ category: 'accounts', id: command.input.to }] : [],
          respond: (state) => ({ balance: state.balance }),
        }),
      },
    ],
  });
}

/** Seals a field by turning its text around; honest enough to show who sees what. */
export function plainPersonalData(): PersonalData & { erase(): void } {
  const listeners = new Set<() => void>();
  let erased = false;
  const referenceOf = (tenant: string, personId: string): string => `ref-${tenant}-${personId}`;
  const read = (event: StoredEvent) => JSON.parse(Buffer.from(event.data).toString());
  return {
    async seal(tenant, marks, data) {
      if (marks === null) return json(DataKind.json, data);
      const { accountId, text } = data as { accountId: string; text: string };
      const sealed = { $sealed: text, person: referenceOf(tenant, accountId) };
      return json(DataKind.sealed, { accountId, text: sealed });
    },
    prepare: async () => {},
    reveal(event) {
      if (event.dataKind !== DataKind.sealed) return event;
      const { accountId, text } = read(event);
      const data = json(DataKind.json, { accountId, text: erased ? null : text.$sealed });
      return { ...event, dataKind: data.kind, data: data.bytes };
    },
    referenceOf,
    personsOf: (event) =>
      event.dataKind === DataKind.sealed ? [read(event).text.person as string] : [],
    onErased(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    erase() {
      erased = true;
      for (const listener of listeners) listener();
    },
  };
}

function json(kind: DataKind, data: unknown) {
  return { kind, bytes: Buffer.from(JSON.stringify(data)) };
}

export const TENANT = 'shop';
export const owner = systemPrincipal(TENANT, 'key-1', ['accounts:write', 'accounts:read']);

export interface TestClock extends Clock {
  set(ms: number): void;
}

export function testClock(startMs = Date.UTC(2026, 0, 1)): TestClock {
  let now = startMs;
  return { nowMs: () => now, set: (ms) => void (now = ms) };
}

export const HASH_SECRET = randomBytes(32);

export function openPipeline(over: Partial<PipelineDependencies> = {}): Pipeline {
  const log: EventLog = over.log ?? createMemoryLog();
  const clock = over.clock ?? { nowMs: () => Date.now() };
  return createPipeline({
    log,
    reader: log,
    modules: [accountsModule()],
    personal: plainPersonalData(),
    snapshots: createMemorySnapshots(clock),
    clock,
    newId: () => randomUUIDv7(),
    newSecret: () => randomBytes(16).toString('base64url'),
    hashSecret: HASH_SECRET,
    metrics: noMetrics,
    logger: silentLogger,
    ...over,
  });
}

export type Ask = Partial<CommandRequest>;

/** A request of the owner to an account. */
export function asking(
  [command, id]: readonly [command: string, id: string | null],
  input: object,
  more: Ask = {},
) {
  return { principal: owner, category: 'accounts', command, id, input, ...more };
}

export function open(pipeline: Pipeline, id: string | null = null, more: Ask = {}) {
  return pipeline.handle(asking(['OpenAccount', id], { owner: 'shop' }, more));
}

export function deposit(pipeline: Pipeline, id: string, more: Ask & { amount?: number } = {}) {
  const { amount: much = 1, ...rest } = more;
  return pipeline.handle(asking(['Deposit', id], { amount: much }, rest));
}

export function withdraw(pipeline: Pipeline, id: string, more: Ask & { amount?: number } = {}) {
  const { amount: much = 1, ...rest } = more;
  return pipeline.handle(asking(['Withdraw', id], { amount: much }, rest));
}

/** The answer of a command that must be done. */
export function done(answer: CommandAnswer): Extract<CommandAnswer, { status: 'done' }> {
  if (answer.status !== 'done') throw new Error(`expected done, got ${answer.code}`);
  return answer;
}

export async function stateOf(pipeline: Pipeline, id: string): Promise<AccountState> {
  return (await pipeline.load(TENANT, 'accounts', id)).state as AccountState;
}

export async function eventsOf(log: EventLog, id: string): Promise<readonly StoredEvent[]> {
  return await log.readStream(TENANT, `accounts/${id}`, { fromVersion: 1n, limit: 100_000 });
}
