import type { StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { courseOf } from '../members/course.ts';
import { giveBack } from '../members/movements.ts';
import { MEMBERS, type MemberState } from '../members/state.ts';
import { MAIN_PROGRAMME, rulesInForce } from '../programmes/state.ts';
import { valueOf } from '../rules/earning.ts';
import type { BurnCommand } from './commands.ts';
import type { BurnEvent } from './events.ts';
import { nextReturned, type BurnState } from './state.ts';

export function decide(
  state: BurnState,
  { id: burnId, input, at, commandId }: BurnCommand,
  around: Surroundings,
): Decision<BurnEvent> {
  const { memberId, causeId } = input;
  if (state.status === 'unknown' || state.memberId !== memberId) return rejected('BURN_UNKNOWN');
  if (state.causes.includes(causeId)) return accepted([]);
  const left = state.points - state.returned;
  const points = Math.min(input.points ?? left, left);
  const stream = memberStream(memberId);
  // safe because the stream of a category has the state of its aggregate
  const member = around.stateOf(stream) as MemberState;
  if (points === 0 || member.status === 'unknown') return accepted([]);
  const given = { ...rulesInForce(around), memberId, at, commandId };
  const events = courseOf(member, given, (course) => {
    giveBack(course, nextReturned(state, points), { burnId, causeId });
  });
  const data = { burnId, memberId, causeId, points };
  return accepted([{ type: 'BurnGivenBack', data }], [{ ...stream, events }]);
}

export function streams({ input }: BurnCommand): readonly StreamReference[] {
  return [memberStream(input.memberId)];
}

export function consults(): readonly StreamReference[] {
  return [MAIN_PROGRAMME];
}

export function attributes(state: BurnState, { input }: BurnCommand, around: Surroundings) {
  const points = state.status === 'unknown' ? 0 : (input.points ?? state.points - state.returned);
  const amount = valueOf(rulesInForce(around).rules, points);
  return { locationId: null, shiftOf: null, amount };
}

function memberStream(id: string): StreamReference {
  return { category: MEMBERS, id };
}
