import { Type } from 'typebox';
import { defineCommand, type CommandFor } from '../../core/command-type.ts';
import { BILL_COMMANDS } from './commands-bill.ts';
import { CORRECTION_COMMANDS } from './commands-corrections.ts';
import { KITCHEN_COMMANDS } from './commands-kitchen.ts';
import {
  amountInput,
  channelInput,
  deviceInput,
  idInput,
  LINES_PER_COMMAND_MAX,
  LINES_PER_ORDER_MAX,
  lineInput,
  paymentInput,
  PAYMENTS_PER_COMMAND_MAX,
  reasonInput,
} from './inputs.ts';
import { paymentKind } from './shapes.ts';

const closed = { additionalProperties: false };
const espresso = {
  productId: '01J9ZQ4Y8K3V5T7N2B6M1C0D9E',
  quantity: 2,
  modifiers: [],
  expectedPrice: 250,
};

export const placeOrder = defineCommand({
  name: 'PlaceOrder',
  summary: 'Places an order, and takes its payments where it is paid at once',
  permission: 'place',
  everyday: true,
  input: Type.Object(
    {
      locationId: idInput,
      channel: channelInput,
      tableId: Type.Optional(idInput),
      customerId: Type.Optional(idInput),
      guests: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
      lines: Type.Array(lineInput, { maxItems: LINES_PER_COMMAND_MAX }),
      payments: Type.Optional(Type.Array(paymentInput, { maxItems: PAYMENTS_PER_COMMAND_MAX })),
      device: Type.Optional(deviceInput),
    },
    closed,
  ),
  examples: [
    { locationId: 'centro', channel: 'eat-in', guests: 2, lines: [espresso, espresso] },
    { locationId: 'centro', channel: 'table', tableId: 't4', lines: [espresso] },
    {
      locationId: 'centro',
      channel: 'take-away',
      lines: [espresso],
      payments: [{ kind: 'cash', amount: 1000 }],
    },
  ],
});

export const addLines = defineCommand({
  name: 'AddLines',
  word: 'add-lines',
  summary: 'Adds lines to an open order; lines of others stay as they are',
  permission: 'place',
  everyday: true,
  input: Type.Object(
    {
      lines: Type.Array(lineInput, { minItems: 1, maxItems: LINES_PER_COMMAND_MAX }),
      device: Type.Optional(deviceInput),
    },
    closed,
  ),
  examples: [{ lines: [espresso] }],
});

export const payOrder = defineCommand({
  name: 'PayOrder',
  word: 'pay',
  summary: 'Takes a payment; the one that leaves nothing due closes the order',
  permission: 'pay',
  everyday: true,
  input: Type.Object({ ...paymentInput.properties, device: Type.Optional(deviceInput) }, closed),
  examples: [
    { kind: 'cash', amount: 2000, tip: 100 },
    { id: '6f0c2a51-card-1', kind: 'card', amount: 1250 },
  ],
});

export const refundOrder = defineCommand({
  name: 'RefundOrder',
  word: 'refund',
  summary: 'Gives money back: for lines, an amount over all lines, or everything',
  permission: 'refund',
  approvable: true,
  input: Type.Object(
    {
      id: Type.Optional(idInput),
      kind: Type.Optional(paymentKind),
      amount: Type.Optional(amountInput),
      lines: Type.Optional(
        Type.Array(Type.Object({ lineId: idInput, amount: Type.Optional(amountInput) }, closed), {
          minItems: 1,
          maxItems: LINES_PER_ORDER_MAX,
        }),
      ),
      /** A part of a tip that is given back beside the lines. */
      tip: Type.Optional(amountInput),
      reason: reasonInput,
      tillId: Type.Optional(idInput),
    },
    closed,
  ),
  examples: [{ reason: 'cold' }, { amount: 250, reason: 'cold', kind: 'cash' }],
});

export const cancelOrder = defineCommand({
  name: 'CancelOrder',
  word: 'cancel',
  summary: 'Cancels an order on which no money is left, also when stations were told of it',
  permission: 'void',
  approvable: true,
  input: Type.Object({ reason: reasonInput }, closed),
  examples: [{ reason: 'the guest left' }],
});

export const discardOrder = defineCommand({
  name: 'DiscardOrder',
  word: 'discard',
  summary: 'Cancels an order of which no station was told',
  permission: 'change',
  input: Type.Object({ reason: reasonInput }, closed),
  examples: [{ reason: 'typed by mistake' }],
});

export const ORDER_COMMANDS = [
  placeOrder,
  addLines,
  payOrder,
  refundOrder,
  cancelOrder,
  discardOrder,
  ...CORRECTION_COMMANDS,
  ...BILL_COMMANDS,
  ...KITCHEN_COMMANDS,
] as const;

export type OrderCommand = CommandFor<(typeof ORDER_COMMANDS)[number]>;
export type OrderCommandNamed<Name extends OrderCommand['type']> = Extract<
  OrderCommand,
  { readonly type: Name }
>;
