import type { EventMoment } from '../../../core/aggregate.ts';
import type { Currency } from '../../../core/money.ts';
import { taxTotals, type TaxTotal } from '../../../core/tax.ts';
import type { TenderCorrections, TenderKind, TenderTotals, TillEvent } from './events.ts';

/**
 * How many of the newest payments and refunds a till remembers. An order counts a payment id once for all its life; this
 * is the second guard, and must not grow with a busy night. Two orders may have payments of one id: both took money.
 */
export const RUNG_KEPT_MAX = 256;

export interface TillSession {
  readonly sessionId: string;
  readonly businessDay: string;
  /** RFC 3339. */
  readonly openedAt: string;
  readonly openedBy: string;
  readonly float: number;
  readonly putIn: number;
  readonly takenOut: number;
  readonly tenders: Readonly<Record<TenderKind, TenderTotals>>;
  readonly taxes: readonly TaxTotal[];
  readonly untaxed: number;
  readonly refundTaxes: readonly TaxTotal[];
  /** Null while there are none. */
  readonly corrections: TenderCorrections | null;
  /** Null until it was counted, and again when cash moved since. */
  readonly counted: number | null;
}

export interface KnownTill {
  readonly status: 'active' | 'retired';
  readonly tillId: string;
  readonly locationId: string;
  readonly name: string;
  readonly currency: Currency;
  readonly session: TillSession | null;
  /** Number of the newest Z report; 0 before the first. */
  readonly zNumber: number;
  readonly grandTotal: number;
  /** `payment:ORDER/ID` and `refund:ORDER/ID` of the newest sales, oldest first. */
  readonly rung: readonly string[];
}

export type TillState = { readonly status: 'unknown' } | KnownTill;

export const initialState: TillState = { status: 'unknown' };

const NOTHING: TenderTotals = {
  payments: 0,
  received: 0,
  change: 0,
  tips: 0,
  settled: 0,
  refunds: 0,
  refunded: 0,
  refundedTips: 0,
};

export function evolve(state: TillState, event: TillEvent, { at }: EventMoment): TillState {
  if (event.type === 'TillAdded') {
    const { tillId, locationId, name, currency } = event.data;
    const fresh = { session: null, zNumber: 0, grandTotal: 0, rung: [] };
    return { status: 'active', tillId, locationId, name, currency, ...fresh };
  }
  if (state.status === 'unknown') return state;
  switch (event.type) {
    case 'TillRenamed':
      return { ...state, name: event.data.name };
    case 'TillRetired':
      return { ...state, status: 'retired' };
    case 'TillSessionOpened': {
      const { sessionId, businessDay, float, openedBy } = event.data;
      const opened = { sessionId, businessDay, openedAt: at, openedBy, float };
      return { ...state, session: { ...opened, ...UNUSED } };
    }
    case 'TillSessionClosed':
      return { ...state, session: null };
    case 'ZReportIssued': {
      const { number, grandTotal } = event.data;
      return { ...state, zNumber: number, grandTotal };
    }
    default: {
      if (state.session === null) return state;
      const session = evolveSession(state.session, event);
      if (event.type !== 'TillSaleRung') return { ...state, session };
      return {
        ...state,
        session,
        rung: [...state.rung, rungName(event.data)].slice(-RUNG_KEPT_MAX),
      };
    }
  }
}

const UNUSED = {
  putIn: 0,
  takenOut: 0,
  tenders: { cash: NOTHING, card: NOTHING, other: NOTHING },
  taxes: [],
  untaxed: 0,
  refundTaxes: [],
  corrections: null,
  counted: null,
} satisfies Partial<TillSession>;

type WithinSession = Extract<
  TillEvent,
  {
    type:
      | 'TillCashPut'
      | 'TillCashTaken'
      | 'TillSaleRung'
      | 'TillPaymentCorrected'
      | 'TillRefundCorrected'
      | 'TillCounted';
  }
>;

function evolveSession(session: TillSession, event: WithinSession): TillSession {
  switch (event.type) {
    case 'TillCashPut':
      return { ...session, putIn: session.putIn + event.data.amount, counted: null };
    case 'TillCashTaken':
      return { ...session, takenOut: session.takenOut + event.data.amount, counted: null };
    case 'TillCounted':
      return { ...session, counted: event.data.counted };
    case 'TillSaleRung':
      return withSale(session, event.data);
    case 'TillPaymentCorrected':
      return withCorrection(session, event.data);
    case 'TillRefundCorrected': {
      const { from: kind, kind: from, amount } = event.data;
      return withCorrection(session, { from, kind, amount });
    }
  }
}

type Sale = Extract<TillEvent, { type: 'TillSaleRung' }>['data'];

function withSale(session: TillSession, sale: Sale): TillSession {
  const { kind, amount, change, tip, settled, taxes } = sale;
  const counted = kind === 'cash' ? null : session.counted;
  const before = session.tenders[kind];
  if (sale.refundId !== null) {
    const refunds = before.refunds + 1;
    const refunded = before.refunded + amount;
    const refundedTips = before.refundedTips + tip;
    const tenders = { ...session.tenders, [kind]: { ...before, refunds, refunded, refundedTips } };
    return { ...session, counted, tenders, refundTaxes: summed(session.refundTaxes, taxes) };
  }
  const after = {
    ...before,
    payments: before.payments + 1,
    received: before.received + amount,
    change: before.change + change,
    tips: before.tips + tip,
    settled: before.settled + settled,
  };
  const untaxed = session.untaxed + (taxes.length === 0 ? settled : 0);
  const tenders = { ...session.tenders, [kind]: after };
  return { ...session, counted, tenders, untaxed, taxes: summed(session.taxes, taxes) };
}

const UNCORRECTED: TenderCorrections = { count: 0, cash: 0, card: 0, other: 0 };

type Corrected = Extract<TillEvent, { type: 'TillPaymentCorrected' }>['data'];

/** What moves from one kind to the other: a refund that was no cash is cash that is there after all. */
function withCorrection(
  session: TillSession,
  { from, kind, amount }: Pick<Corrected, 'from' | 'kind' | 'amount'>,
): TillSession {
  const before = session.corrections ?? UNCORRECTED;
  const without = { ...before, count: before.count + 1, [from]: before[from] - amount };
  const corrections = { ...without, [kind]: without[kind] + amount };
  const isCash = from === 'cash' || kind === 'cash';
  return { ...session, corrections, counted: isCash ? null : session.counted };
}

function summed(before: readonly TaxTotal[], more: readonly TaxTotal[]): readonly TaxTotal[] {
  return more.length === 0 ? before : taxTotals([...before, ...more]);
}

/** How a till remembers a sale. */
export function rungName({
  orderId,
  paymentId,
  refundId,
}: Pick<Sale, 'orderId' | 'paymentId' | 'refundId'>): string {
  return refundId === null ? `payment:${orderId}/${paymentId}` : `refund:${orderId}/${refundId}`;
}
