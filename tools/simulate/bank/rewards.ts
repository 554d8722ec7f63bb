/** Points of an account: one for each deposit, given by a policy. More than one would be a doubled command. */
import { Type } from 'typebox';
import { defineAggregate } from '../../../src/core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../src/core/command-type.ts';
import { accepted } from '../../../src/core/decision.ts';
import { defineEvent, type EventOf } from '../../../src/core/event-type.ts';
import type { Policy } from '../../../src/core/policy.ts';
import type { Recorded, RecordedEvent } from '../../../src/core/recorded-event.ts';
import { deposited, held, released, type AccountEvent } from './accounts.ts';
import { POLICY_POISON, type Defects } from './defects.ts';

export const pointEarned = defineEvent({
  name: 'PointEarned',
  wireName: 'comptoir.bank.point-earned',
  /** `sequence` is the version of the deposit in its stream. */
  data: Type.Object({ accountId: Type.String(), deposit: Type.String(), sequence: Type.Integer() }),
});

const earn = defineCommand({
  name: 'EarnPoint',
  summary: 'Gives the point of a deposit',
  input: Type.Object(
    { deposit: Type.String(), sequence: Type.Integer() },
    { additionalProperties: false },
  ),
  examples: [{ deposit: 'event-1', sequence: 1 }],
});

export type RewardsEvent = EventOf<typeof pointEarned>;

export interface RewardsState {
  readonly points: number;
}

export const rewards = defineAggregate<RewardsState, CommandFor<typeof earn>, RewardsEvent>({
  category: 'accounts.rewards',
  stateVersion: 1,
  events: [pointEarned],
  commands: [earn],
  refusals: {},
  initialState: { points: 0 },
  // On purpose without a look at `deposit`: that each point is given once is the policy's promise, not ours.
  decide: (_state, { id, input }) =>
    accepted([{ type: 'PointEarned', data: { accountId: id, ...input } }]),
  evolve: (state) => ({ points: state.points + 1 }),
});

export function earnOnDeposit(defects: Defects): Policy {
  return {
    name: 'accounts.earn-on-deposit',
    on: [deposited],
    fromBeginning: true,
    react(event) {
      if (defects.policy && amountOf(event) === POLICY_POISON)
        throw new RangeError('the policy cannot bear this amount');
      const input = { deposit: event.eventId, sequence: event.version };
      const command = { category: 'accounts.rewards', command: 'EarnPoint', id: event.id, input };
      return [{ kind: 'command', ...command }];
    },
  };
}

/** Every so many points a deposit of one: a chain of policies that answers itself and ends. */
export const POINTS_FOR_BONUS = 5;

export const bonusOnPoints: Policy = {
  name: 'accounts.bonus-on-points',
  on: [pointEarned],
  fromBeginning: true,
  react(event) {
    if (event.version % POINTS_FOR_BONUS !== 0) return [];
    const input = { amount: 1, ref: `bonus ${event.eventId}` };
    const command = { category: 'accounts', command: 'Deposit', id: event.id, input };
    return [{ kind: 'command', ...command }];
  },
};

export interface HoldsState {
  readonly holds: number;
  readonly releases: number;
}

/** Releases a held account at the time that the hold named, unless somebody does before. */
export const releaseWhenDue: Policy = {
  name: 'accounts.release-when-due',
  on: [held, released],
  fromBeginning: true,
  keyOf: (event) => event.id,
  initialState: { holds: 0, releases: 0 } satisfies HoldsState,
  evolve(before, event) {
    // safe because the state is what this function returned before
    const { holds, releases } = before as HoldsState;
    return event.type === 'AccountHeld'
      ? { holds: holds + 1, releases }
      : { holds, releases: releases + 1 };
  },
  react(event) {
    // safe because the policy sees the events of accounts that it declared
    const seen = event as Recorded<AccountEvent>;
    if (seen.type !== 'AccountHeld') return [{ kind: 'cancel', timer: 'release' }];
    const { until } = seen.data;
    const input = { until, ref: `due ${event.eventId}` };
    const command = { category: 'accounts', command: 'Release', id: event.id, input };
    return [
      { kind: 'timer', timer: 'release', at: until, command: { kind: 'command', ...command } },
    ];
  },
};

function amountOf(event: RecordedEvent): number {
  // safe because the policy sees MoneyDeposited only
  return (event.data as { amount: number }).amount;
}
