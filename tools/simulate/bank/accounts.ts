/**
 * Accounts of a small bank: the module that the simulator runs. Money is only moved, so its sum shows whether anything
 * was lost or doubled; a transfer is decided over two streams, a deposit earns a point by a policy, and a hold is
 * released by a timer. Every command carries a reference that its events repeat: so the log says what became of it.
 */
import { Type } from 'typebox';
import {
  defineAggregate,
  type Aggregate,
  type EventMoment,
  type Surroundings,
} from '../../../src/core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../src/core/command-type.ts';
import { accepted, rejected, type Decision } from '../../../src/core/decision.ts';
import { defineEvent, type EventOf } from '../../../src/core/event-type.ts';

const id = Type.String();
const ref = Type.String();
const amount = Type.Integer({ minimum: 1, maximum: 1000 });

export const opened = defineEvent({
  name: 'AccountOpened',
  wireName: 'comptoir.bank.account-opened',
  data: Type.Object({ accountId: id, owner: Type.Union([Type.String(), Type.Null()]), ref }),
  personal: { person: '/accountId', fields: ['/owner'] },
});
export const deposited = defineEvent({
  name: 'MoneyDeposited',
  wireName: 'comptoir.bank.money-deposited',
  data: Type.Object({ accountId: id, amount, ref }),
});
export const sent = defineEvent({
  name: 'MoneySent',
  wireName: 'comptoir.bank.money-sent',
  data: Type.Object({ accountId: id, to: id, amount, ref }),
});
export const received = defineEvent({
  name: 'MoneyReceived',
  wireName: 'comptoir.bank.money-received',
  version: 2,
  data: Type.Object({ accountId: id, from: id, amount, note: Type.String(), ref }),
  // safe because version 1 was an object without note and reference
  upcasters: { 1: (data) => ({ ...(data as object), note: '', ref: '' }) },
});
export const held = defineEvent({
  name: 'AccountHeld',
  wireName: 'comptoir.bank.account-held',
  data: Type.Object({ accountId: id, until: Type.String(), ref }),
});
export const released = defineEvent({
  name: 'AccountReleased',
  wireName: 'comptoir.bank.account-released',
  data: Type.Object({ accountId: id, ref }),
});
export const ACCOUNT_EVENTS = [opened, deposited, sent, received, held, released] as const;
export type AccountEvent = EventOf<(typeof ACCOUNT_EVENTS)[number]>;

const strict = { additionalProperties: false };
const open = defineCommand({
  name: 'OpenAccount',
  summary: 'Opens an account',
  input: Type.Object({ owner: Type.String(), ref }, strict),
  examples: [{ owner: 'Somebody', ref: 'r1' }],
});
const deposit = defineCommand({
  name: 'Deposit',
  word: 'deposit',
  summary: 'Puts money in',
  input: Type.Object({ amount, ref }, strict),
  examples: [{ amount: 10, ref: 'r2' }],
});
const transfer = defineCommand({
  name: 'Transfer',
  word: 'transfer',
  summary: 'Moves money to another account',
  input: Type.Object({ to: id, amount, ref }, strict),
  examples: [{ to: 'account-2', amount: 5, ref: 'r3' }],
});
const hold = defineCommand({
  name: 'Hold',
  word: 'hold',
  summary: 'Stops transfers until a time',
  input: Type.Object({ until: Type.String({ format: 'date-time' }), ref }, strict),
  examples: [{ until: '2026-01-01T13:00:00.000Z', ref: 'r4' }],
});
const release = defineCommand({
  name: 'Release',
  word: 'release',
  summary: 'Lets transfers go on; with a time only the hold that ends then',
  input: Type.Object({ until: Type.Optional(Type.String()), ref }, strict),
  examples: [{ ref: 'r5' }],
});
const ACCOUNT_COMMANDS = [open, deposit, transfer, hold, release] as const;
type AccountCommand = CommandFor<(typeof ACCOUNT_COMMANDS)[number]>;

export interface AccountState {
  readonly status: 'none' | 'open' | 'held';
  /** In units of 1 / scale. */
  readonly balance: number;
  readonly deposits: number;
  readonly owner: string | null;
  readonly until: string;
  readonly lastAt: string;
  /** Tells whether the events came in their order. */
  readonly trail: number;
}

const REFUSALS = {
  ACCOUNT_EXISTS: { sentence: 'The account exists.', remedy: 'Use another id.' },
  ACCOUNT_HELD: { sentence: 'The account is held.', remedy: 'Wait until it is released.' },
  NOT_ENOUGH: { sentence: 'There is not enough money.', remedy: 'Send less.' },
  NO_SUCH_ACCOUNT: { sentence: 'The other account does not exist.', remedy: 'Name another.' },
};

/** The state version is also the scale of the balance: a snapshot of another version tells another balance. */
export function defineAccounts(stateVersion: number): Aggregate {
  const initialState: AccountState = {
    status: 'none',
    balance: 0,
    deposits: 0,
    owner: null,
    until: '',
    lastAt: '',
    trail: 0,
  };
  return defineAggregate<AccountState, AccountCommand, AccountEvent>({
    category: 'accounts',
    stateVersion,
    events: ACCOUNT_EVENTS,
    commands: ACCOUNT_COMMANDS,
    refusals: REFUSALS,
    initialState,
    decide: (state, command, around) => decide({ state, scale: stateVersion }, command, around),
    evolve: (state, event, moment) => evolve({ state, scale: stateVersion }, event, moment),
    streams: (command) =>
      command.type === 'Transfer' && command.input.to !== command.id
        ? [{ category: 'accounts', id: command.input.to }]
        : [],
    respond: (state) => ({ balance: state.balance / stateVersion }),
  });
}

interface Scaled {
  readonly state: AccountState;
  readonly scale: number;
}

function decide(at: Scaled, command: AccountCommand, around: Surroundings): Decision<AccountEvent> {
  const { state } = at;
  const accountId = command.id;
  const { ref: reference } = command.input;
  switch (command.type) {
    case 'OpenAccount': {
      if (state.status !== 'none') return rejected('ACCOUNT_EXISTS');
      const data = { accountId, owner: command.input.owner, ref: reference };
      return accepted([{ type: 'AccountOpened', data }]);
    }
    case 'Deposit': {
      const data = { accountId, amount: command.input.amount, ref: reference };
      return accepted([{ type: 'MoneyDeposited', data }]);
    }
    case 'Hold': {
      if (state.status === 'held') return accepted([]);
      const data = { accountId, until: command.input.until, ref: reference };
      return accepted([{ type: 'AccountHeld', data }]);
    }
    case 'Release': {
      const { until } = command.input;
      const other = until !== undefined && until !== state.until;
      if (state.status !== 'held' || other) return accepted([]);
      return accepted([{ type: 'AccountReleased', data: { accountId, ref: reference } }]);
    }
    case 'Transfer':
      return decideTransfer(at, command, around);
  }
}

function decideTransfer(
  { state, scale }: Scaled,
  command: Extract<AccountCommand, { readonly type: 'Transfer' }>,
  around: Surroundings,
): Decision<AccountEvent> {
  const { to, amount: moved, ref: reference } = command.input;
  const balance = state.balance / scale;
  if (state.status === 'held') return rejected('ACCOUNT_HELD');
  if (balance < moved) return rejected('NOT_ENOUGH', { balance });
  if (to === command.id) return accepted([]);
  // safe because the state of an account is what this module folded
  const other = around.stateOf({ category: 'accounts', id: to }) as AccountState;
  if (other.status === 'none') return rejected('NO_SUCH_ACCOUNT');
  const went = { accountId: command.id, to, amount: moved, ref: reference };
  const came = { accountId: to, from: command.id, amount: moved, note: 'sent', ref: reference };
  return accepted(
    [{ type: 'MoneySent', data: went }],
    [{ category: 'accounts', id: to, events: [{ type: 'MoneyReceived', data: came }] }],
  );
}

function evolve(
  { state, scale }: Scaled,
  event: AccountEvent,
  { at, version }: EventMoment,
): AccountState {
  const next = { ...state, lastAt: at, trail: (state.trail * 31 + version) % 1_000_003 };
  switch (event.type) {
    case 'AccountOpened':
      return { ...next, status: 'open', owner: event.data.owner };
    case 'MoneyDeposited': {
      const balance = state.balance + event.data.amount * scale;
      return { ...next, balance, deposits: state.deposits + 1 };
    }
    case 'MoneySent':
      return { ...next, balance: state.balance - event.data.amount * scale };
    case 'MoneyReceived':
      return { ...next, balance: state.balance + event.data.amount * scale };
    case 'AccountHeld':
      return { ...next, status: 'held', until: event.data.until };
    case 'AccountReleased':
      return { ...next, status: 'open', until: '' };
  }
}
