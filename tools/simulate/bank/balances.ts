/** The read models of the bank: what the simulator compares with its own fold of the log. */
import type { EventOf } from '../../../src/core/event-type.ts';
import { defineReadModel, type ReadModel } from '../../../src/core/read-model.ts';
import type { Recorded } from '../../../src/core/recorded-event.ts';
import { ACCOUNT_EVENTS, sent, type AccountEvent } from './accounts.ts';
import { BALANCES_POISON, FLOWS_POISON, type Defects } from './defects.ts';
import { pointEarned } from './rewards.ts';

export interface BalanceRow {
  readonly balance: number;
  readonly deposits: number;
  readonly points: number;
  readonly owner: string | null;
  /** Of the versions of the account's own stream: tells whether they came in order, each once. */
  readonly trail: number;
  readonly [column: string]: unknown;
}

type Event = Recorded<AccountEvent | EventOf<typeof pointEarned>>;

const NOTHING: BalanceRow = { balance: 0, deposits: 0, points: 0, owner: null, trail: 0 };

/** One row for each account, with its points. */
export function defineBalances(version: number, defects: Defects): ReadModel {
  return defineReadModel<Event, BalanceRow>({
    name: 'accounts.balances',
    version,
    columns: {
      balance: 'bigint',
      deposits: 'integer',
      points: 'integer',
      owner: 'text',
      trail: 'bigint',
    },
    on: [...ACCOUNT_EVENTS, pointEarned],
    keys: (event) => [event.data.accountId],
    project(row, event) {
      const isPoison = event.type === 'MoneyDeposited' && event.data.amount === BALANCES_POISON;
      if (defects.readModels && isPoison) throw new RangeError('the balance cannot bear this');
      return balanceAfter(row ?? NOTHING, event);
    },
    personal: { person: 'key', columns: ['owner'] },
    list: { filters: {}, order: [{ column: 'balance', descending: true }] },
  });
}

function balanceAfter(before: BalanceRow, event: Event): BalanceRow {
  if (event.type === 'PointEarned') return { ...before, points: before.points + 1 };
  const next = { ...before, trail: (before.trail * 31 + event.version) % 1_000_003 };
  switch (event.type) {
    case 'AccountOpened':
      return { ...next, owner: event.data.owner };
    case 'MoneyDeposited': {
      const balance = before.balance + event.data.amount;
      return { ...next, balance, deposits: before.deposits + 1 };
    }
    case 'MoneySent':
      return { ...next, balance: before.balance - event.data.amount };
    case 'MoneyReceived':
      return { ...next, balance: before.balance + event.data.amount };
    case 'AccountHeld':
    case 'AccountReleased':
      return next;
  }
}

interface FlowRow {
  readonly out: number;
  readonly came: number;
  readonly [column: string]: unknown;
}

/** What went out of and came into each account: one event touches two rows, both or none. */
export function defineFlows(version: number, defects: Defects): ReadModel {
  return defineReadModel<Recorded<EventOf<typeof sent>>, FlowRow>({
    name: 'accounts.flows',
    version,
    columns: { out: 'bigint', came: 'bigint' },
    on: [sent],
    keys: ({ data }) => [data.accountId, data.to],
    project(row, { data }, key) {
      const { out, came } = row ?? { out: 0, came: 0 };
      if (key === data.accountId) return { out: out + data.amount, came };
      // On purpose at the second row: the first must not stay changed.
      if (defects.readModels && data.amount === FLOWS_POISON) throw new RangeError('too much');
      return { out, came: came + data.amount };
    },
    personal: 'none',
    list: { filters: {}, order: [] },
  });
}
