import { Type } from 'typebox';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { idInput } from '../inputs.ts';

const PARTY_MAX = 1000;

/**
 * One command that creates, because a table has no other beginning: orders, payments and reservations change what the
 * floor shows of tables of which nobody has ever said anything.
 */
export const setTableState = defineCommand({
  name: 'SetTableState',
  summary: 'Says that guests sit at a table, that they have gone, or that it is clean and free',
  permission: 'serve',
  input: Type.Object(
    {
      locationId: idInput,
      tableId: idInput,
      state: Type.Union([Type.Literal('seated'), Type.Literal('dirty'), Type.Literal('free')]),
      /** Of guests that sit down. */
      partySize: Type.Optional(Type.Integer({ minimum: 1, maximum: PARTY_MAX })),
      /** None for a walk-in. */
      reservationId: Type.Optional(idInput),
      customerId: Type.Optional(idInput),
    },
    { additionalProperties: false },
  ),
  examples: [
    { locationId: 'a1', tableId: 't1', state: 'seated', partySize: 2 },
    { locationId: 'a1', tableId: 't1', state: 'dirty' },
    { locationId: 'a1', tableId: 't1', state: 'free' },
  ],
});

export type TableCommand = CommandFor<typeof setTableState>;
