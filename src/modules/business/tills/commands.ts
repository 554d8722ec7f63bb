import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { AMOUNT_MAX, MINOR_UNITS, priceSchema } from '../../../core/money.ts';
import { LOCATION_REFUSALS } from '../locations/commands.ts';
import { NAME_REFUSALS } from '../names/state.ts';
import { RING_REFUSALS } from './ring-on-till.ts';

const name = Type.String({ minLength: 1, maxLength: 60 });
const reason = Type.String({ minLength: 1, maxLength: 200 });
const moved = Type.Integer({ minimum: 1, maximum: AMOUNT_MAX, ...MINOR_UNITS });
const closedObject = { additionalProperties: false };
/** Kinds of coins and notes of one currency. */
const DENOMINATIONS_MAX = 30;
/** A drawer holds some hundreds of one kind. */
const PIECES_MAX = 100_000;

export const addTill = defineCommand({
  name: 'AddTill',
  summary: 'Adds a till to a location',
  permission: 'settings',
  input: Type.Object(
    { locationId: Type.String({ minLength: 1, maxLength: 128 }), name },
    closedObject,
  ),
  examples: [{ locationId: 'a1', name: 'Bar' }],
});

export const renameTill = defineCommand({
  name: 'RenameTill',
  word: 'rename',
  summary: 'Gives the till another name',
  permission: 'settings',
  input: Type.Object({ name }, closedObject),
  examples: [{ name: 'Terrace' }],
});

export const retireTill = defineCommand({
  name: 'RetireTill',
  word: 'retire',
  summary: 'Takes the till out of use; its reports stay',
  permission: 'settings',
  input: Type.Object({ reason }, closedObject),
  examples: [{ reason: 'The drawer broke.' }],
});

export const openTillSession = defineCommand({
  name: 'OpenTillSession',
  word: 'open-session',
  summary: 'Opens a session with the float that lies in the drawer',
  permission: 'till',
  input: Type.Object({ float: priceSchema }, closedObject),
  examples: [{ float: 20_000 }],
});

export const putCash = defineCommand({
  name: 'PutCash',
  word: 'put-cash',
  summary: 'Notes cash that was put into the drawer, with the reason',
  permission: 'cash',
  approvable: true,
  input: Type.Object({ amount: moved, reason }, closedObject),
  examples: [{ amount: 5000, reason: 'More change from the safe' }],
});

export const takeCash = defineCommand({
  name: 'TakeCash',
  word: 'take-cash',
  summary: 'Notes cash that was taken out of the drawer, with the reason',
  permission: 'cash',
  approvable: true,
  input: Type.Object({ amount: moved, reason }, closedObject),
  examples: [{ amount: 15_000, reason: 'To the safe' }],
});

export const countTill = defineCommand({
  name: 'CountTill',
  word: 'count',
  summary: 'Notes what was counted, before anybody is told what to expect; the newest count holds',
  permission: 'till',
  input: Type.Object(
    {
      counted: priceSchema,
      denominations: Type.Optional(
        Type.Array(
          Type.Object(
            {
              value: Type.Integer({ minimum: 1, maximum: AMOUNT_MAX, ...MINOR_UNITS }),
              quantity: Type.Integer({ minimum: 0, maximum: PIECES_MAX }),
            },
            closedObject,
          ),
          { maxItems: DENOMINATIONS_MAX },
        ),
      ),
    },
    closedObject,
  ),
  examples: [
    { counted: 10_000 },
    {
      counted: 10_050,
      denominations: [
        { value: 5000, quantity: 2 },
        { value: 50, quantity: 1 },
      ],
    },
  ],
});

export const closeTillSession = defineCommand({
  name: 'CloseTillSession',
  word: 'close-session',
  summary: 'Ends the counted session: says what is over or short and issues the next Z report',
  permission: 'till',
  input: Type.Object(
    { note: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })) },
    closedObject,
  ),
  examples: [{}, { note: 'A coin rolled under the bar.' }],
});

export const TILL_COMMANDS = [
  addTill,
  renameTill,
  retireTill,
  openTillSession,
  putCash,
  takeCash,
  countTill,
  closeTillSession,
] as const;

export type TillCommand = CommandFor<(typeof TILL_COMMANDS)[number]>;

export const TILL_REFUSALS = {
  ...RING_REFUSALS,
  TILL_NAME_TAKEN: NAME_REFUSALS.TILL_NAME_TAKEN,
  TILL_EXISTS: {
    sentence: 'A till with this id is there already.',
    remedy: 'Rename the existing till, or add one with another id.',
  },
  LOCATION_UNKNOWN: {
    sentence: 'There is no such location.',
    remedy: 'Choose one of your locations.',
  },
  LOCATION_CLOSED: LOCATION_REFUSALS.LOCATION_CLOSED,
  TILL_SESSION_OPEN: {
    sentence: 'A session is open at the till.',
    remedy: 'Count the drawer and close the session first.',
  },
  TILL_NOT_COUNTED: {
    sentence: 'The drawer was not counted, or cash moved since.',
    remedy: 'Count it, then close the session.',
  },
  COUNT_DOES_NOT_ADD_UP: {
    sentence: 'The coins and notes do not add up to what was counted.',
    remedy: 'Count again, or leave the coins and notes out.',
  },
} as const satisfies Record<string, Refusal>;
