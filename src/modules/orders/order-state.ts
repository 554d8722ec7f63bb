/** What an order is: its lines with everything decided on them, its payments, and where it is. Shapes only. */
import type { Currency } from '../../core/money.ts';
import type { ServiceChannel, Taxed, TaxMode } from '../../core/tax.ts';
import type { KitchenStatus, OrderLine } from './shapes.ts';

export interface LineState extends Omit<OrderLine, 'kitchen' | 'ticketId' | 'limited'> {
  /** Counts the changes of the line: who changes it says which one they saw. */
  readonly revision: number;
  readonly discounts: readonly { readonly discountId: string; readonly amount: number }[];
  readonly points: readonly { readonly burnId: string; readonly amount: number }[];
  /** Tax as divided by a split; null when it follows from the amount. */
  readonly fixed: Taxed | null;
  /** Tax included, as are refunds. */
  readonly paid: number;
  readonly refunded: number;
  readonly refundedTax: number;
  /** It was refunded although nothing of it was paid with money: points used on it went back. */
  readonly returned: boolean;
  readonly kitchen: KitchenStatus;
  readonly ticketId: string | null;
  readonly rushed: boolean;
  readonly limited: boolean;
}

export interface PaymentState {
  readonly paymentId: string;
  readonly kind: 'cash' | 'card' | 'other';
  readonly amount: number;
  readonly tip: number;
  readonly change: number;
  readonly settled: number;
  readonly tillId: string | null;
}

export interface RefundState {
  readonly refundId: string;
  readonly kind: 'cash' | 'card' | 'other';
  readonly amount: number;
  readonly tip: number;
  readonly tax: number;
  readonly reason: string;
  readonly tillId: string | null;
}

/** Of a payment or a refund, one of the two: it holds the kind it has now. */
export interface CorrectionState {
  readonly paymentId: string | null;
  readonly refundId: string | null;
  readonly from: 'cash' | 'card' | 'other';
  readonly kind: 'cash' | 'card' | 'other';
  readonly amount: number;
  readonly reason: string;
  /** RFC 3339. */
  readonly at: string;
}

export interface DiscountState {
  readonly discountId: string;
  readonly on: 'order' | 'lines';
  readonly rate: number | null;
  readonly reason: string;
  readonly promotionId: string | null;
}

export interface BurnState {
  readonly burnId: string;
  readonly memberId: string;
  readonly points: number;
  readonly amount: number;
  /** Given back by refunds so far. */
  readonly pointsBack: number;
  readonly amountBack: number;
}

export interface KnownOrder {
  readonly status: 'open' | 'closed' | 'cancelled' | 'merged';
  readonly number: number;
  /** Which bill of the number; 0 for the first. */
  readonly part: number;
  readonly locationId: string;
  readonly businessDay: string;
  readonly timeZone: string;
  readonly dayCutOff: string;
  readonly channel: ServiceChannel;
  readonly tableId: string | null;
  readonly customerId: string | null;
  readonly guests: number | null;
  readonly currency: Currency;
  readonly taxMode: TaxMode;
  readonly lines: readonly LineState[];
  /** Lines that are no longer on the bill, so that a late change of one is told why. */
  readonly gone: readonly { readonly lineId: string; readonly why: 'voided' | 'moved' }[];
  readonly payments: readonly PaymentState[];
  /** Customers that the order was of when they were taken, each once. */
  readonly payers: readonly string[];
  readonly refunds: readonly RefundState[];
  readonly corrections: readonly CorrectionState[];
  readonly discounts: readonly DiscountState[];
  readonly burns: readonly BurnState[];
  /** Bills split off from it so far. */
  readonly parts: number;
  readonly splitFrom: string | null;
  readonly mergedInto: string | null;
  /** RFC 3339. */
  readonly placedAt: string;
  readonly billAskedAt: string | null;
  readonly closedAt: string | null;
  readonly imported: boolean;
}

export type OrderState = { readonly status: 'unknown' } | KnownOrder;
