import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../src/core/event-type.ts';

const giftVoucherId = Type.String();

/** Whole minor units: 5000 in BRL is R$ 50.00. */
export const money = Type.Object(
  {
    amount: Type.Integer({ minimum: 1, maximum: 100_000_000 }),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  },
  { additionalProperties: false },
);

export const giftVoucherIssued = defineEvent({
  name: 'GiftVoucherIssued',
  wireName: 'comptoir.gift-voucher.issued',
  data: Type.Object({
    giftVoucherId,
    value: money,
    /** RFC 3339. */
    expiresAt: Type.String(),
    /** Who it is for, as it is printed; null once that person is erased. */
    recipient: Type.Union([Type.String(), Type.Null()]),
  }),
  // Whoever a voucher is for need not be a customer, so the voucher itself stands for the person.
  personal: { person: '/giftVoucherId', fields: ['/recipient'] },
});

export const giftVoucherRedeemed = defineEvent({
  name: 'GiftVoucherRedeemed',
  wireName: 'comptoir.gift-voucher.redeemed',
  data: Type.Object({
    giftVoucherId,
    amount: Type.Integer({ minimum: 1 }),
    orderId: Type.String(),
  }),
});

export const giftVoucherCancelled = defineEvent({
  name: 'GiftVoucherCancelled',
  wireName: 'comptoir.gift-voucher.cancelled',
  data: Type.Object({ giftVoucherId, reason: Type.String() }),
});

export const giftVoucherExpired = defineEvent({
  name: 'GiftVoucherExpired',
  wireName: 'comptoir.gift-voucher.expired',
  data: Type.Object({ giftVoucherId, lapsed: Type.Integer({ minimum: 0 }) }),
});

export const GIFT_VOUCHER_EVENTS = [
  giftVoucherIssued,
  giftVoucherRedeemed,
  giftVoucherCancelled,
  giftVoucherExpired,
] as const;

export type GiftVoucherEvent = EventOf<(typeof GIFT_VOUCHER_EVENTS)[number]>;
