/** What one order has earned: each part of a line that was paid, what it is worth, and which lot its points went to. */
import { Type, type Static } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';

const earned = {
  orderId: Type.String(),
  memberId: Type.String(),
};

export const earnedPart = Type.Object({
  lineId: Type.String(),
  /** Paid with money, in minor units. */
  amount: Type.Integer(),
  /** Shares of a point for a minor unit, `of` to the point: rate, bonus and tier of that moment. */
  factor: Type.Integer(),
  of: Type.Integer(),
  points: Type.Integer(),
  lotId: Type.String(),
  earnedOn: Type.String(),
  activeOn: Type.String(),
  expiresOn: Type.Union([Type.String(), Type.Null()]),
});
export type EarnedPart = Static<typeof earnedPart>;

/** In the same unit as PointsEarned on the member's stream. */
export const paymentCredited = defineEvent({
  name: 'PaymentCredited',
  wireName: 'comptoir.loyalty.payment-credited',
  data: Type.Object({
    ...earned,
    paymentId: Type.String(),
    rules: Type.Integer(),
    parts: Type.Array(earnedPart),
  }),
});

/** In the same unit as PointsTakenBack on the member's stream. `part` counts the parts of the order from 0. */
export const refundDebited = defineEvent({
  name: 'RefundDebited',
  wireName: 'comptoir.loyalty.refund-debited',
  data: Type.Object({
    ...earned,
    refundId: Type.String(),
    parts: Type.Array(
      Type.Object({ part: Type.Integer(), amount: Type.Integer(), points: Type.Integer() }),
    ),
    /** Taken back in all, of lots and as debt. */
    points: Type.Integer(),
  }),
});

export const EARNING_EVENTS = [paymentCredited, refundDebited] as const;
export type EarningEvent = EventOf<(typeof EARNING_EVENTS)[number]>;
