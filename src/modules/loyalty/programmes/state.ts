import type { StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { DEFAULT_RULES, type Rules } from '../rules/rules.ts';
import type { ProgrammeEvent } from './events.ts';

export const PROGRAMMES = 'loyalty.programmes';

/** The programme whose rules are in force; others are drafts. */
export const MAIN_PROGRAMME: StreamReference = { category: PROGRAMMES, id: 'main' };

export interface KnownProgramme {
  readonly status: 'set';
  readonly name: string;
  readonly version: number;
  readonly rules: Rules;
  /** RFC 3339. */
  readonly since: string;
}

export type ProgrammeState = { readonly status: 'unknown' } | KnownProgramme;

export const initialState: ProgrammeState = { status: 'unknown' };

export function evolve(
  _state: ProgrammeState,
  { data }: ProgrammeEvent,
  { at }: { readonly at: string },
): ProgrammeState {
  const { name, version, rules } = data;
  return { status: 'set', name, version, rules, since: at };
}

/** Rules with the version that points are traced to; 0 stands for DEFAULT_RULES. */
export interface RulesInForce {
  readonly version: number;
  readonly rules: Rules;
}

export function rulesOf(state: ProgrammeState): RulesInForce {
  return state.status === 'unknown' ? { version: 0, rules: DEFAULT_RULES } : state;
}

/** The rules in force; the command must have consulted MAIN_PROGRAMME. */
export function rulesInForce(around: Surroundings): RulesInForce {
  // safe because the stream of a category has the state of its aggregate
  return rulesOf(around.stateOf(MAIN_PROGRAMME) as ProgrammeState);
}
