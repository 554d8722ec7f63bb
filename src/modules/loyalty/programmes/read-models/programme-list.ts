import type { Recorded } from '../../../../core/recorded-event.ts';
import { defineReadModel } from '../../../../core/read-model.ts';
import type { Rules } from '../../rules/rules.ts';
import { PROGRAMME_EVENTS, type ProgrammeEvent } from '../events.ts';
import { MAIN_PROGRAMME } from '../state.ts';

interface ProgrammeRow {
  readonly name: string;
  readonly rules_version: number;
  readonly rules: Rules;
  readonly in_force: boolean;
  readonly since: string;
  readonly [column: string]: unknown;
}

export const programmeList = defineReadModel<Recorded<ProgrammeEvent>, ProgrammeRow>({
  name: 'loyalty.programme-list',
  version: 1,
  columns: {
    name: 'text',
    rules_version: 'integer',
    rules: 'jsonb',
    in_force: 'boolean',
    since: 'timestamptz',
  },
  on: PROGRAMME_EVENTS,
  keys: ({ data }) => [data.programmeId],
  project: (_row, { data, at }) => ({
    name: data.name,
    rules_version: data.version,
    rules: data.rules,
    in_force: data.programmeId === MAIN_PROGRAMME.id,
    since: at,
  }),
  personal: 'none',
  list: { filters: {}, order: [{ column: 'since', descending: true }] },
});
