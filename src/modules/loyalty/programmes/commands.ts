import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { DEFAULT_RULES, rulesSchema } from '../rules/rules.ts';

const input = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    rules: rulesSchema,
    reason: Type.String({ minLength: 1, maxLength: 500 }),
  },
  { additionalProperties: false },
);

const example = {
  name: 'Club',
  reason: 'double points on Tuesdays',
  rules: {
    ...DEFAULT_RULES,
    earning: {
      points: 1,
      perAmount: 100,
      rates: [{ productId: null, categoryId: 'tobacco', points: 0 }],
      bonuses: [
        {
          bonusId: 'tuesday',
          percent: 200,
          segment: null,
          productId: null,
          categoryId: null,
          from: null,
          to: null,
          weekday: 2,
        },
      ],
    },
    tiers: {
      by: 'points' as const,
      months: 12,
      graceDays: 30,
      levels: [{ tierId: 'gold', name: 'Gold', threshold: 1000, percent: 150 }],
    },
  },
};

export const draftProgramme = defineCommand({
  name: 'DraftProgramme',
  summary:
    'Writes rules down as a programme of their own, to be simulated; only `main` is in force',
  permission: 'settings',
  input,
  examples: [example],
});

export const setProgrammeRules = defineCommand({
  name: 'SetProgrammeRules',
  word: 'set-rules',
  summary: 'Sets the rules of a programme from now on; what was earned stays as it is',
  permission: 'settings',
  input,
  examples: [example, { ...example, rules: DEFAULT_RULES, reason: 'back to plain rules' }],
});

export const PROGRAMME_COMMANDS = [draftProgramme, setProgrammeRules] as const;
export type ProgrammeCommand = CommandFor<(typeof PROGRAMME_COMMANDS)[number]>;

export const PROGRAMME_REFUSALS = {
  PROGRAMME_ZONE_UNKNOWN: {
    sentence: 'There is no time zone of this name.',
    remedy: 'Name one as the IANA database does, such as Europe/Warsaw.',
  },
  TIERS_UNORDERED: {
    sentence: 'The thresholds of the tiers do not rise.',
    remedy: 'List the tiers from the lowest threshold to the highest, each threshold once.',
  },
  RULE_NAME_TWICE: {
    sentence: 'Two tiers or two bonuses have one name, or a tier is called standard.',
    remedy: 'Give each a name of its own.',
  },
  RATE_WITHOUT_SUBJECT: {
    sentence: 'A rate names neither a product nor a category, or both.',
    remedy: 'Name one of the two.',
  },
} as const satisfies Record<string, Refusal>;
