import { Type } from 'typebox';
import { defineCommand } from '../../core/command-type.ts';
import { RATE_UNIT } from '../../core/tax.ts';
import {
  amountInput,
  COURSE_MAX,
  idInput,
  LINES_PER_ORDER_MAX,
  linesChosen,
  reasonInput,
  SEAT_MAX,
} from './inputs.ts';

const closed = { additionalProperties: false };
const orNull = <Schema extends ReturnType<typeof Type.String> | ReturnType<typeof Type.Integer>>(
  schema: Schema,
) => Type.Union([schema, Type.Null()]);

/** The source and its new bills are one unit of 8 streams at most. */
export const SPLIT_PARTS_MAX = 7;

export const changeLine = defineCommand({
  name: 'ChangeLine',
  word: 'change-line',
  summary: 'Changes note, course or seat of a line that nobody else has changed since',
  permission: 'change',
  input: Type.Object(
    {
      lineId: idInput,
      /** As it was read: when somebody changed the line meanwhile, it is LINE_CHANGED. */
      revision: Type.Integer({ minimum: 1 }),
      note: Type.Optional(orNull(Type.String({ minLength: 1, maxLength: 500 }))),
      course: Type.Optional(orNull(Type.Integer({ minimum: 1, maximum: COURSE_MAX }))),
      seat: Type.Optional(orNull(Type.Integer({ minimum: 1, maximum: SEAT_MAX }))),
    },
    closed,
  ),
  examples: [{ lineId: 'c0-1', revision: 1, note: 'no sugar' }],
});

export const removeLines = defineCommand({
  name: 'RemoveLines',
  word: 'remove-lines',
  summary: 'Takes lines off of which no station was told',
  permission: 'change',
  input: Type.Object({ lines: linesChosen, reason: reasonInput }, closed),
  examples: [{ lines: [{ lineId: 'c0-1' }], reason: 'typed by mistake' }],
});

export const voidLines = defineCommand({
  name: 'VoidLines',
  word: 'void-lines',
  summary: 'Takes lines off, also when stations were told of them',
  permission: 'void',
  approvable: true,
  input: Type.Object({ lines: linesChosen, reason: reasonInput }, closed),
  examples: [{ lines: [{ lineId: 'c0-1', quantity: 1 }], reason: 'dropped' }],
});

export const giveDiscount = defineCommand({
  name: 'GiveDiscount',
  word: 'discount',
  summary: 'Gives a discount on what stands on the bill now, or on some of its lines',
  permission: 'discount',
  approvable: true,
  input: Type.Object(
    {
      /** Hundred-thousandths: 10 % is 10000. Either this or an amount. */
      rate: Type.Optional(Type.Integer({ minimum: 1, maximum: RATE_UNIT })),
      amount: Type.Optional(amountInput),
      lineIds: Type.Optional(
        Type.Array(idInput, { minItems: 1, maxItems: LINES_PER_ORDER_MAX, uniqueItems: true }),
      ),
      promotionId: Type.Optional(idInput),
      reason: reasonInput,
    },
    closed,
  ),
  examples: [
    { rate: 10000, reason: 'regular guest' },
    { amount: 100, lineIds: ['c0-1'], promotionId: 'november', reason: 'November coupon' },
  ],
});

export const withdrawDiscount = defineCommand({
  name: 'WithdrawDiscount',
  word: 'withdraw-discount',
  summary: 'Takes a discount back',
  permission: 'discount',
  approvable: true,
  input: Type.Object({ discountId: idInput, reason: reasonInput }, closed),
  examples: [{ discountId: 'c1', reason: 'wrong table' }],
});

export const askBill = defineCommand({
  name: 'AskBill',
  word: 'ask-bill',
  summary: 'Notes that the guests asked for the bill',
  permission: 'change',
  input: Type.Object({}, closed),
  examples: [{}],
});

export const setOrderCustomer = defineCommand({
  name: 'SetOrderCustomer',
  word: 'set-customer',
  summary: 'Says whose order it is; what is paid from then on is that customer’s',
  permission: 'change',
  input: Type.Object({ customerId: orNull(idInput) }, closed),
  examples: [{ customerId: '01J9ZQ4Y8K3V5T7N2B6M1C0D9E' }],
});

export const moveOrder = defineCommand({
  name: 'MoveOrder',
  word: 'move',
  summary: 'Moves an order to another table of its location; null for none',
  permission: 'move',
  input: Type.Object({ tableId: orNull(idInput) }, closed),
  examples: [{ tableId: 't5' }],
});

export const splitOrder = defineCommand({
  name: 'SplitOrder',
  word: 'split',
  summary: 'Splits what is not paid yet off into new bills, which add up to what there was',
  permission: 'move',
  input: Type.Object(
    {
      by: Type.Union([Type.Literal('item'), Type.Literal('seat'), Type.Literal('amount')]),
      /** By item: one new bill of these lines each. */
      bills: Type.Optional(Type.Array(linesChosen, { minItems: 1, maxItems: SPLIT_PARTS_MAX })),
      /** By seat: one new bill of each of these seats. */
      seats: Type.Optional(
        Type.Array(Type.Integer({ minimum: 1, maximum: SEAT_MAX }), {
          minItems: 1,
          maxItems: SPLIT_PARTS_MAX,
          uniqueItems: true,
        }),
      ),
      /** By amount: how much of what is due goes on each new bill; the rest stays, with payments and points. */
      amounts: Type.Optional(Type.Array(amountInput, { minItems: 1, maxItems: SPLIT_PARTS_MAX })),
      /** By amount: into this many bills with the same amount due, the one that stays included. */
      parts: Type.Optional(Type.Integer({ minimum: 2, maximum: SPLIT_PARTS_MAX + 1 })),
    },
    closed,
  ),
  examples: [
    { by: 'item', bills: [[{ lineId: 'c0-1', quantity: 1 }]] },
    { by: 'seat', seats: [1, 2] },
    { by: 'amount', parts: 3 },
  ],
});

export const transferLines = defineCommand({
  name: 'TransferLines',
  word: 'transfer',
  summary: 'Moves unpaid lines to another open order of the location',
  permission: 'move',
  input: Type.Object({ intoOrderId: idInput, lines: linesChosen }, closed),
  examples: [{ intoOrderId: 'id-2', lines: [{ lineId: 'c0-1' }] }],
});

export const mergeOrder = defineCommand({
  name: 'MergeOrder',
  word: 'merge',
  summary: 'Moves everything to another open order of the location, which keeps its payments',
  permission: 'move',
  input: Type.Object({ intoOrderId: idInput }, closed),
  examples: [{ intoOrderId: 'id-2' }],
});

export const BILL_COMMANDS = [
  changeLine,
  removeLines,
  voidLines,
  giveDiscount,
  withdrawDiscount,
  askBill,
  setOrderCustomer,
  moveOrder,
  splitOrder,
  transferLines,
  mergeOrder,
] as const;
