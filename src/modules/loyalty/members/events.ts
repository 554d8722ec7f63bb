/**
 * Events of one member. Every event that moves points says which lots, and the balance afterwards: facts that a receipt
 * or a list can show without folding. Days are local dates of the programme.
 */
import { Type, type Static } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';

const memberId = Type.String();
const on = Type.String();
const orNull = <Schema extends ReturnType<typeof Type.String>>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

export const lotPointsSchema = Type.Object({
  lotId: Type.String(),
  points: Type.Integer(),
  earnedOn: Type.String(),
  activeOn: Type.String(),
  expiresOn: orNull(Type.String()),
  orderId: orNull(Type.String()),
  lineId: orNull(Type.String()),
  rules: Type.Integer(),
});
export const balanceSchema = Type.Object({
  points: Type.Integer(),
  pending: Type.Integer(),
  debt: Type.Integer(),
});
const remainder = Type.Object({ shares: Type.Integer(), of: Type.Integer() });
const lots = Type.Array(lotPointsSchema);
const moved = { memberId, on, lots, balance: balanceSchema };

export const memberEnrolled = defineEvent({
  name: 'MemberEnrolled',
  wireName: 'comptoir.loyalty.member-enrolled',
  data: Type.Object({
    memberId,
    customerId: Type.String(),
    on,
    /** Whether the programme enrolled the customer by itself. */
    automatic: Type.Boolean(),
    /** By which a till finds the member; null once the person is erased. */
    phone: Type.Optional(orNull(Type.String())),
  }),
  personal: { person: '/customerId', fields: ['/phone'] },
});

export const memberLabelled = defineEvent({
  name: 'MemberLabelled',
  wireName: 'comptoir.loyalty.member-labelled',
  data: Type.Object({ memberId, segments: Type.Array(Type.String()) }),
});

/** `lots` hold what is left of `earned` after `debtPaid`. */
export const pointsEarned = defineEvent({
  name: 'PointsEarned',
  wireName: 'comptoir.loyalty.points-earned',
  data: Type.Object({
    ...moved,
    earned: Type.Integer(),
    debtPaid: Type.Integer(),
    /** Minor units that count for the tier; 0 for points given by hand. */
    spend: Type.Integer(),
    remainder,
    tier: Type.String(),
    rules: Type.Integer(),
    orderId: orNull(Type.String()),
    paymentId: orNull(Type.String()),
    /** Of points given by hand. */
    reason: orNull(Type.String()),
  }),
});

/** `lots` says exactly which points were used, and for which order lines they had been given. */
export const pointsBurned = defineEvent({
  name: 'PointsBurned',
  wireName: 'comptoir.loyalty.points-burned',
  data: Type.Object({
    ...moved,
    burnId: Type.String(),
    points: Type.Integer(),
    /** What they were worth, in minor units. */
    amount: Type.Integer(),
    /** Null when they were used for something else than an order. */
    orderId: orNull(Type.String()),
    reason: Type.String(),
  }),
});

/** By hand, with a reason: `points` up (then `lots` were added) or down (then they were taken). */
export const pointsAdjusted = defineEvent({
  name: 'PointsAdjusted',
  wireName: 'comptoir.loyalty.points-adjusted',
  data: Type.Object({ ...moved, points: Type.Integer(), reason: Type.String() }),
});

/** A refund: `points` = those of `lots` + `debt`, which had been spent. */
export const pointsTakenBack = defineEvent({
  name: 'PointsTakenBack',
  wireName: 'comptoir.loyalty.points-taken-back',
  data: Type.Object({
    ...moved,
    orderId: Type.String(),
    refundId: Type.String(),
    points: Type.Integer(),
    debt: Type.Integer(),
    /** What counted for the tier before: not negative, by the day it was earned. */
    undone: Type.Array(
      Type.Object({ on: Type.String(), points: Type.Integer(), spend: Type.Integer() }),
    ),
    remainder,
    tier: Type.String(),
  }),
});

/** Points that had been used go back to their lots, with the expiry these have from now on. */
export const pointsReturned = defineEvent({
  name: 'PointsReturned',
  wireName: 'comptoir.loyalty.points-returned',
  data: Type.Object({
    ...moved,
    burnId: Type.String(),
    /** Of the refund, or of the order that was cancelled. */
    causeId: Type.String(),
    points: Type.Integer(),
  }),
});

export const pointsExpired = defineEvent({
  name: 'PointsExpired',
  wireName: 'comptoir.loyalty.points-expired',
  data: Type.Object({ ...moved, points: Type.Integer() }),
});

/** Points that were pending may be used from `on`. */
export const pointsActivated = defineEvent({
  name: 'PointsActivated',
  wireName: 'comptoir.loyalty.points-activated',
  data: Type.Object({ ...moved, points: Type.Integer() }),
});

export const debtForgiven = defineEvent({
  name: 'DebtForgiven',
  wireName: 'comptoir.loyalty.debt-forgiven',
  data: Type.Object({
    memberId,
    on,
    points: Type.Integer(),
    reason: Type.String(),
    balance: balanceSchema,
  }),
});

export const tierChanged = defineEvent({
  name: 'TierChanged',
  wireName: 'comptoir.loyalty.tier-changed',
  data: Type.Object({ memberId, on, from: Type.String(), to: Type.String() }),
});

/** The threshold is no longer reached; `until` is the last day of the tier. Null: it is reached again. */
export const tierGraceSet = defineEvent({
  name: 'TierGraceSet',
  wireName: 'comptoir.loyalty.tier-grace-set',
  data: Type.Object({ memberId, on, tier: Type.String(), until: orNull(Type.String()) }),
});

/** The next day on which points become usable or expire, or the tier may change; `at` is when it begins. */
export const reviewPlanned = defineEvent({
  name: 'ReviewPlanned',
  wireName: 'comptoir.loyalty.review-planned',
  data: Type.Object({ memberId, on, at: Type.String() }),
});

export const MEMBER_EVENTS = [
  memberEnrolled,
  memberLabelled,
  pointsEarned,
  pointsBurned,
  pointsAdjusted,
  pointsTakenBack,
  pointsReturned,
  pointsExpired,
  pointsActivated,
  debtForgiven,
  tierChanged,
  tierGraceSet,
  reviewPlanned,
] as const;

export type MemberEvent = EventOf<(typeof MEMBER_EVENTS)[number]>;
export type LotPointsData = Static<typeof lotPointsSchema>;
