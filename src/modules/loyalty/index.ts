/** Loyalty: points for what was paid, and what they are good for. The only door of this folder. */
import { Type } from 'typebox';
import { defineAggregate } from '../../core/aggregate.ts';
import { defineModule } from '../../core/module.ts';
import { BURN_COMMANDS, BURN_REFUSALS, type BurnCommand } from './burns/commands.ts';
import * as burn from './burns/decide.ts';
import { BURN_EVENTS, type BurnEvent } from './burns/events.ts';
import { burnList } from './burns/read-models/burn-list.ts';
import * as burnState from './burns/state.ts';
import { EARNING_COMMANDS, EARNING_REFUSALS, type EarningCommand } from './earnings/commands.ts';
import * as earning from './earnings/decide.ts';
import { EARNING_EVENTS, type EarningEvent } from './earnings/events.ts';
import { earningList } from './earnings/read-models/earning-list.ts';
import * as earningState from './earnings/state.ts';
import { MEMBER_COMMANDS, MEMBER_REFUSALS, type MemberCommand } from './members/commands.ts';
import * as member from './members/decide.ts';
import { MEMBER_EVENTS, type MemberEvent } from './members/events.ts';
import { memberList } from './members/read-models/member-list.ts';
import * as memberState from './members/state.ts';
import { LOYALTY_POLICIES } from './policies.ts';
import {
  PROGRAMME_COMMANDS,
  PROGRAMME_REFUSALS,
  type ProgrammeCommand,
} from './programmes/commands.ts';
import { decide as decideProgramme } from './programmes/decide.ts';
import { PROGRAMME_EVENTS, type ProgrammeEvent } from './programmes/events.ts';
import { programmeList } from './programmes/read-models/programme-list.ts';
import * as programmeState from './programmes/state.ts';

export { MEMBER_EVENTS, type MemberEvent } from './members/events.ts';
export { memberList } from './members/read-models/member-list.ts';
export { balanceOf, type Balance, type Lot } from './members/lots.ts';
export { MEMBERS, type MemberState } from './members/state.ts';
export { MAIN_PROGRAMME, PROGRAMMES, rulesOf, type ProgrammeState } from './programmes/state.ts';
export { DEFAULT_RULES, rulesSchema, type Rules, type Tier } from './rules/rules.ts';
export { valueOf } from './rules/earning.ts';
export { loyaltyRoutes } from './routes.ts';

const programmes = defineAggregate<programmeState.ProgrammeState, ProgrammeCommand, ProgrammeEvent>(
  {
    category: programmeState.PROGRAMMES,
    stateVersion: 1,
    events: PROGRAMME_EVENTS,
    commands: PROGRAMME_COMMANDS,
    refusals: PROGRAMME_REFUSALS,
    initialState: programmeState.initialState,
    decide: decideProgramme,
    evolve: programmeState.evolve,
  },
);

const members = defineAggregate<memberState.MemberState, MemberCommand, MemberEvent>({
  category: memberState.MEMBERS,
  stateVersion: 1,
  events: MEMBER_EVENTS,
  commands: MEMBER_COMMANDS,
  refusals: MEMBER_REFUSALS,
  initialState: memberState.initialState,
  decide: member.decide,
  evolve: memberState.evolve,
  streams: member.streams,
  consults: member.consults,
  attributes: member.attributes,
  view: memberState.view,
  respond: member.respond,
  responds: () =>
    Type.Object({
      points: Type.Integer(),
      pending: Type.Integer(),
      debt: Type.Integer(),
      tier: Type.String(),
    }),
});

const earnings = defineAggregate<earningState.EarningState, EarningCommand, EarningEvent>({
  category: earningState.EARNINGS,
  stateVersion: 2,
  events: EARNING_EVENTS,
  commands: EARNING_COMMANDS,
  refusals: EARNING_REFUSALS,
  initialState: earningState.initialState,
  decide: earning.decide,
  evolve: earningState.evolve,
  streams: earning.streams,
  consults: earning.consults,
});

const burns = defineAggregate<burnState.BurnState, BurnCommand, BurnEvent>({
  category: burnState.BURNS,
  stateVersion: 1,
  events: BURN_EVENTS,
  commands: BURN_COMMANDS,
  refusals: BURN_REFUSALS,
  initialState: burnState.initialState,
  decide: burn.decide,
  evolve: burnState.evolve,
  streams: burn.streams,
  consults: burn.consults,
  attributes: burn.attributes,
});

export const loyalty = defineModule({
  name: 'loyalty',
  title: 'Loyalty',
  summary: 'Members, the points they earn for what they pay, and what these are good for.',
  aggregates: [
    { aggregate: programmes, singular: 'programme', list: programmeList },
    { aggregate: members, singular: 'member', list: memberList },
    { aggregate: earnings, singular: 'earning', list: earningList },
    { aggregate: burns, singular: 'burn', list: burnList, money: ['amount'] },
  ],
  policies: LOYALTY_POLICIES,
});
