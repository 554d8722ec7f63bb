import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { groupFacts } from './events.ts';

const { name, min, max, options } = groupFacts.properties;

export const addGroup = defineCommand({
  name: 'AddGroup',
  summary: 'Adds a modifier group: choices that products can have',
  permission: 'edit',
  input: Type.Object({ name, min, max, options }, { additionalProperties: false }),
  examples: [
    {
      name: { en: 'Milk' },
      min: 1,
      max: 1,
      options: [
        { optionId: 'whole', name: { en: 'whole milk' }, price: 0 },
        { optionId: 'oat', name: { en: 'oat milk' }, price: 50 },
      ],
    },
  ],
});

export const changeGroup = defineCommand({
  name: 'ChangeGroup',
  word: 'change',
  summary: 'Changes what is given of a modifier group; what is left out stays',
  permission: 'edit',
  input: Type.Object(
    {
      name: Type.Optional(name),
      min: Type.Optional(min),
      max: Type.Optional(max),
      options: Type.Optional(options),
    },
    { additionalProperties: false, minProperties: 1 },
  ),
  examples: [{ min: 0 }, { max: 3 }],
});

export const retireGroup = defineCommand({
  name: 'RetireGroup',
  word: 'retire',
  summary: 'Asks for the modifier group no longer, whichever products name it',
  permission: 'edit',
  input: Type.Object(
    { reason: Type.String({ minLength: 1, maxLength: 200 }) },
    { additionalProperties: false },
  ),
  examples: [{ reason: 'no more oat milk' }],
});

export const GROUP_COMMANDS = [addGroup, changeGroup, retireGroup] as const;
export type GroupCommand = CommandFor<(typeof GROUP_COMMANDS)[number]>;

export const GROUP_REFUSALS = {
  GROUP_EXISTS: {
    sentence: 'A modifier group with this id exists already.',
    remedy: 'Change the existing group, or add one with another id.',
  },
  GROUP_RETIRED: {
    sentence: 'The modifier group was retired and takes no changes.',
    remedy: 'Add it anew.',
  },
  GROUP_BOUNDS: {
    sentence: 'The fewest choices are more than the most.',
    remedy: 'Give `min` and `max` so that `min` is not above `max`.',
  },
  OPTION_TWICE: {
    sentence: 'Two options have the same id.',
    remedy: 'Give each option an id of its own within the group.',
  },
} as const satisfies Record<string, Refusal>;
