import { Type } from 'typebox';
import type { Refusal } from '../../../src/core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../src/core/command-type.ts';
import { money } from './events.ts';

export const issueGiftVoucher = defineCommand({
  name: 'IssueGiftVoucher',
  summary: 'Issues a gift voucher',
  input: Type.Object(
    {
      value: money,
      recipient: Type.String({ minLength: 1, maxLength: 200 }),
      expiresAt: Type.String({ format: 'date-time' }),
    },
    { additionalProperties: false },
  ),
  examples: [
    {
      value: { amount: 5000, currency: 'BRL' },
      recipient: 'Ana Souza',
      expiresAt: '2027-12-31T23:59:59Z',
    },
  ],
});

export const redeemGiftVoucher = defineCommand({
  name: 'RedeemGiftVoucher',
  word: 'redeem',
  summary: 'Spends a part of the voucher, or all that is left',
  input: Type.Object(
    {
      amount: Type.Integer({ minimum: 1 }),
      orderId: Type.String({ minLength: 1, maxLength: 128 }),
    },
    { additionalProperties: false },
  ),
  examples: [{ amount: 1500, orderId: '01J9ZQ4Y8K3V5T7N2B6M1C0D9E' }],
});

export const cancelGiftVoucher = defineCommand({
  name: 'CancelGiftVoucher',
  word: 'cancel',
  summary: 'Takes a voucher back that was not spent',
  input: Type.Object(
    { reason: Type.String({ minLength: 1, maxLength: 200 }) },
    { additionalProperties: false },
  ),
  examples: [{ reason: 'bought by mistake' }],
});

/** Given by the policy of this module when the time has come; a person may give it too, but not before. */
export const expireGiftVoucher = defineCommand({
  name: 'ExpireGiftVoucher',
  word: 'expire',
  summary: 'Ends a voucher whose time is over',
  input: Type.Object({}, { additionalProperties: false }),
  examples: [{}],
});

export const GIFT_VOUCHER_COMMANDS = [
  issueGiftVoucher,
  redeemGiftVoucher,
  cancelGiftVoucher,
  expireGiftVoucher,
] as const;

export type GiftVoucherCommand = CommandFor<(typeof GIFT_VOUCHER_COMMANDS)[number]>;

export const GIFT_VOUCHER_REFUSALS = {
  GIFT_VOUCHER_EXISTS: {
    sentence: 'There is a gift voucher with this id already.',
    remedy: 'Use the existing one, or issue one with another id.',
  },
  GIFT_VOUCHER_BORN_EXPIRED: {
    sentence: 'The gift voucher would expire before it is issued.',
    remedy: 'Give a time of expiry that lies in the future.',
  },
  GIFT_VOUCHER_ENDED: {
    sentence: 'The gift voucher was spent, cancelled or has expired.',
    remedy: 'Look at `details.status`; take another means of payment.',
  },
  GIFT_VOUCHER_TOO_SMALL: {
    sentence: 'The gift voucher holds less than that.',
    remedy: 'Redeem at most `details.left` and take another means of payment for the rest.',
  },
  GIFT_VOUCHER_IN_USE: {
    sentence: 'A part of the gift voucher was spent, so it cannot be cancelled.',
    remedy: 'Let the guest spend the rest, or let it expire.',
  },
  GIFT_VOUCHER_NOT_DUE: {
    sentence: 'The time of the gift voucher is not over yet.',
    remedy: 'Cancel it instead, or wait until `details.expiresAt`.',
  },
} as const satisfies Record<string, Refusal>;
