import { canonicalJson } from '../../../core/canonical-json.ts';
import { accepted, rejected, type Decision, type Rejected } from '../../../core/decision.ts';
import type { GroupCommand } from './commands.ts';
import type { GroupEvent } from './events.ts';
import type { GroupFacts, GroupState } from './state.ts';

export function decide(state: GroupState, command: GroupCommand): Decision<GroupEvent> {
  const groupId = command.id;
  if (command.type === 'AddGroup') {
    if (state.status !== 'unknown') return rejected('GROUP_EXISTS');
    const group = command.input;
    return faultOf(group) ?? accepted([{ type: 'GroupAdded', data: { groupId, group } }]);
  }
  if (state.status !== 'active') return rejected('GROUP_RETIRED');
  if (command.type === 'RetireGroup')
    return accepted([{ type: 'GroupRetired', data: { groupId, reason: command.input.reason } }]);
  const { status: _status, ...before } = state;
  const group = { ...before, ...command.input };
  if (canonicalJson(group) === canonicalJson(before)) return accepted([]);
  return faultOf(group) ?? accepted([{ type: 'GroupChanged', data: { groupId, group } }]);
}

function faultOf({ min, max, options }: GroupFacts): Rejected | undefined {
  if (min > max) return rejected('GROUP_BOUNDS', { min, max });
  const ids = options.map(({ optionId }) => optionId);
  const optionId = ids.find((id, index) => ids.indexOf(id) !== index);
  return optionId === undefined ? undefined : rejected('OPTION_TWICE', { optionId });
}
