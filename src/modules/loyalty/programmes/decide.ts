import { accepted, type Decision } from '../../../core/decision.ts';
import { faultOfRules } from '../rules/check-rules.ts';
import type { ProgrammeCommand } from './commands.ts';
import type { ProgrammeEvent } from './events.ts';
import { rulesOf, type ProgrammeState } from './state.ts';

/** Both commands set rules: which one it is only says whether the programme may be new. */
export function decide(
  state: ProgrammeState,
  { id, input }: ProgrammeCommand,
): Decision<ProgrammeEvent> {
  const { name, rules, reason } = input;
  const fault = faultOfRules(rules);
  if (fault !== null) return fault;
  const held = rulesOf(state);
  const isSame =
    state.status === 'set' &&
    state.name === name &&
    JSON.stringify(state.rules) === JSON.stringify(rules);
  if (isSame) return accepted([]);
  const data = { programmeId: id, version: held.version + 1, name, rules, reason };
  return accepted([{ type: 'ProgrammeRulesSet', data }]);
}
