import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { rulesSchema } from '../rules/rules.ts';

/** Rules as they are from now on; `version` counts from 1 within the programme and stands with all points earned. */
export const programmeRulesSet = defineEvent({
  name: 'ProgrammeRulesSet',
  wireName: 'comptoir.loyalty.programme-rules-set',
  data: Type.Object({
    programmeId: Type.String(),
    version: Type.Integer(),
    name: Type.String(),
    rules: rulesSchema,
    reason: Type.String(),
  }),
});

export const PROGRAMME_EVENTS = [programmeRulesSet] as const;
export type ProgrammeEvent = EventOf<(typeof PROGRAMME_EVENTS)[number]>;
