import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { PORTIONS_MAX } from './take.ts';

/** Unlike SetRemaining it does not have to know what orders took in the meantime. */
export const addPortions = defineCommand({
  name: 'AddPortions',
  word: 'add',
  summary: 'Adds freshly made portions to the count',
  permission: 'sold-out',
  input: Type.Object(
    { quantity: Type.Integer({ minimum: 1, maximum: PORTIONS_MAX }) },
    { additionalProperties: false },
  ),
  examples: [{ quantity: 8 }],
});

export const PORTION_COMMANDS = [addPortions] as const;
export type PortionCommand = CommandFor<(typeof PORTION_COMMANDS)[number]>;

export const PORTION_REFUSALS = {
  PORTIONS_NOT_COUNTED: {
    sentence: 'The portions of this product are not counted here.',
    remedy: 'Say how many there are with set-remaining of the product.',
  },
  PORTIONS_TOO_MANY: {
    sentence: 'That would be more portions than can be counted.',
    remedy: 'Mark the product as available: then nobody counts.',
  },
} as const satisfies Record<string, Refusal>;
