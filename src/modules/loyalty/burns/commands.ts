import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';

const id = Type.String({ minLength: 1, maxLength: 128, pattern: '^[A-Za-z0-9][A-Za-z0-9._~-]*$' });

export const giveBackBurn = defineCommand({
  name: 'GiveBackBurn',
  word: 'give-back',
  summary: 'Gives points that were used back to their lots; a cause counts once',
  permission: 'adjust',
  approvable: true,
  input: Type.Object(
    {
      memberId: id,
      /** All that are left unless told how many. */
      points: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
      causeId: Type.String({ minLength: 1, maxLength: 128 }),
    },
    { additionalProperties: false },
  ),
  examples: [
    { memberId: 'a1', points: 3, causeId: 'refund-1' },
    { memberId: 'a1', causeId: 'order-1' },
  ],
});

export const BURN_COMMANDS = [giveBackBurn] as const;
export type BurnCommand = CommandFor<(typeof BURN_COMMANDS)[number]>;

export const BURN_REFUSALS = {
  BURN_UNKNOWN: {
    sentence: 'There is no use of points with this id by this member.',
    remedy: 'Take the id of the burn and of the member from the order.',
  },
} as const satisfies Record<string, Refusal>;
