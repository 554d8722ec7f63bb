/** Events of one till. Amounts are minor units of the till's currency and never negative unless said. */
import { Type, type Static } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { currencySchema } from '../../../core/money.ts';
import { taxTotalSchema } from '../../../core/tax.ts';

const tillId = Type.String();
const sessionId = Type.String();
const nullableText = Type.Union([Type.String(), Type.Null()]);

export const tenderKind = Type.Union([
  Type.Literal('cash'),
  Type.Literal('card'),
  Type.Literal('other'),
]);
/** How money came in or was given back; the kinds of payment that orders have. */
export type TenderKind = Static<typeof tenderKind>;

/** What was rung up with one kind of tender: received = settled + tips + change. */
export const tenderTotals = Type.Object({
  payments: Type.Integer(),
  received: Type.Integer(),
  change: Type.Integer(),
  tips: Type.Integer(),
  settled: Type.Integer(),
  refunds: Type.Integer(),
  /** Tips given back included. */
  refunded: Type.Integer(),
  refundedTips: Type.Integer(),
});
export type TenderTotals = Static<typeof tenderTotals>;

/** Payments and refunds whose kind was put right: by kind what came to it (or, below zero, went from it), tips included; adds up to 0. */
export const tenderCorrections = Type.Object({
  count: Type.Integer(),
  cash: Type.Integer(),
  card: Type.Integer(),
  other: Type.Integer(),
});
export type TenderCorrections = Static<typeof tenderCorrections>;

/** Everything an X or Z report says of a session. */
export const sessionReport = Type.Object({
  tillId,
  locationId: Type.String(),
  sessionId,
  /** Of the moment the session was opened. */
  businessDay: Type.String(),
  currency: currencySchema,
  openedAt: Type.String(),
  openedBy: Type.String(),
  float: Type.Integer(),
  putIn: Type.Integer(),
  takenOut: Type.Integer(),
  tenders: Type.Object({ cash: tenderTotals, card: tenderTotals, other: tenderTotals }),
  /** Of payments whose tax was known when they were rung up. */
  taxes: Type.Array(taxTotalSchema),
  /** Settled by payments that came without their tax. */
  untaxed: Type.Integer(),
  refundTaxes: Type.Array(taxTotalSchema),
  /** Of payments and refunds of this session or of earlier ones; absent where there were none. */
  corrections: Type.Optional(tenderCorrections),
  /** Cash that should lie in the drawer: float + put in - taken out + received - change - refunded + corrections; may be negative. */
  expected: Type.Integer(),
});
export type SessionReport = Static<typeof sessionReport>;

export const tillAdded = defineEvent({
  name: 'TillAdded',
  wireName: 'comptoir.till.added',
  data: Type.Object({
    tillId,
    locationId: Type.String(),
    name: Type.String(),
    currency: currencySchema,
  }),
});

export const tillRenamed = defineEvent({
  name: 'TillRenamed',
  wireName: 'comptoir.till.renamed',
  data: Type.Object({ tillId, name: Type.String() }),
});

export const tillRetired = defineEvent({
  name: 'TillRetired',
  wireName: 'comptoir.till.retired',
  data: Type.Object({ tillId, reason: Type.String() }),
});

export const tillSessionOpened = defineEvent({
  name: 'TillSessionOpened',
  wireName: 'comptoir.till.session-opened',
  data: Type.Object({
    tillId,
    locationId: Type.String(),
    sessionId,
    businessDay: Type.String(),
    float: Type.Integer(),
    openedBy: Type.String(),
  }),
});

export const tillCashPut = defineEvent({
  name: 'TillCashPut',
  wireName: 'comptoir.till.cash-put',
  data: Type.Object({ tillId, sessionId, amount: Type.Integer(), reason: Type.String() }),
});

export const tillCashTaken = defineEvent({
  name: 'TillCashTaken',
  wireName: 'comptoir.till.cash-taken',
  data: Type.Object({
    tillId,
    sessionId,
    amount: Type.Integer(),
    reason: Type.String(),
    approvedBy: nullableText,
  }),
});

/**
 * A payment of an order, or a refund: exactly one of the two ids is not null. `amount` is what was handed over or paid
 * back, and amount = settled + tip + change. Stands in the same unit as the order's own event.
 */
export const tillSaleRung = defineEvent({
  name: 'TillSaleRung',
  wireName: 'comptoir.till.sale-rung',
  data: Type.Object({
    tillId,
    locationId: Type.String(),
    sessionId,
    orderId: Type.String(),
    paymentId: nullableText,
    refundId: nullableText,
    kind: tenderKind,
    amount: Type.Integer(),
    change: Type.Integer(),
    tip: Type.Integer(),
    settled: Type.Integer(),
    /** The part of the tax that it pays or gives back; empty where that is not known yet. */
    taxes: Type.Array(taxTotalSchema),
  }),
});

/** In the same unit as OrderPaymentCorrected: `amount`, the tip in it, moves from one kind to the other. */
export const tillPaymentCorrected = defineEvent({
  name: 'TillPaymentCorrected',
  wireName: 'comptoir.till.payment-corrected',
  data: Type.Object({
    tillId,
    locationId: Type.String(),
    /** The one that is open now, not that of the payment. */
    sessionId,
    orderId: Type.String(),
    paymentId: Type.String(),
    from: tenderKind,
    kind: tenderKind,
    amount: Type.Integer(),
    tip: Type.Integer(),
  }),
});

/** In the same unit as OrderRefundCorrected: what was given back, `amount`, was given back in `kind` and not in `from`. */
export const tillRefundCorrected = defineEvent({
  name: 'TillRefundCorrected',
  wireName: 'comptoir.till.refund-corrected',
  data: Type.Object({
    tillId,
    locationId: Type.String(),
    /** The one that is open now, not that of the refund. */
    sessionId,
    orderId: Type.String(),
    refundId: Type.String(),
    from: tenderKind,
    kind: tenderKind,
    amount: Type.Integer(),
    tip: Type.Integer(),
  }),
});

/** What was counted, by somebody who was not told what to expect. */
export const tillCounted = defineEvent({
  name: 'TillCounted',
  wireName: 'comptoir.till.counted',
  data: Type.Object({
    tillId,
    sessionId,
    counted: Type.Integer(),
    /** Coins and notes; empty when only the sum was given. */
    denominations: Type.Array(Type.Object({ value: Type.Integer(), quantity: Type.Integer() })),
    countedBy: Type.String(),
  }),
});

export const tillSessionClosed = defineEvent({
  name: 'TillSessionClosed',
  wireName: 'comptoir.till.session-closed',
  data: Type.Object({
    tillId,
    sessionId,
    expected: Type.Integer(),
    counted: Type.Integer(),
    /** Counted less expected: negative when cash is missing. */
    overShort: Type.Integer(),
    closedBy: Type.String(),
    note: nullableText,
  }),
});

/** Follows the end of the session in the same unit and says everything of it: nothing ever changes it. */
export const zReportIssued = defineEvent({
  name: 'ZReportIssued',
  wireName: 'comptoir.till.z-report-issued',
  data: Type.Object({
    /** Of this till: 1, 2, 3 without a gap. */
    number: Type.Integer(),
    ...sessionReport.properties,
    counted: Type.Integer(),
    overShort: Type.Integer(),
    closedAt: Type.String(),
    closedBy: Type.String(),
    /** Settled less refunded (tips left out) by all reports of this till, this one included. */
    grandTotal: Type.Integer(),
  }),
});

export const TILL_EVENTS = [
  tillAdded,
  tillRenamed,
  tillRetired,
  tillSessionOpened,
  tillCashPut,
  tillCashTaken,
  tillSaleRung,
  tillPaymentCorrected,
  tillRefundCorrected,
  tillCounted,
  tillSessionClosed,
  zReportIssued,
] as const;

export type TillEvent = EventOf<(typeof TILL_EVENTS)[number]>;
