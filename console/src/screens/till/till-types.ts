/** Tills and their reports as the server answers them. Amounts are minor units of `currency`. */
import type { Currency } from '../order/order-types.ts';

export interface TillRow {
  readonly id: string;
  readonly locationId: string;
  readonly name: string;
  readonly currency: Currency;
  readonly status: 'active' | 'retired';
  readonly sessionId: string | null;
  readonly openedAt: string | null;
  readonly zNumber: number;
}

export interface Till {
  readonly id: string;
  readonly status: 'active' | 'retired';
  readonly locationId: string;
  readonly name: string;
  readonly currency: Currency;
  readonly zNumber: number;
  readonly session: {
    readonly businessDay: string;
    readonly openedAt: string;
    readonly float: number;
    readonly isCounted: boolean;
  } | null;
}

export interface Tender {
  readonly payments: number;
  readonly received: number;
  readonly change: number;
  readonly tips: number;
  readonly settled: number;
  readonly refunds: number;
  readonly refunded: number;
  readonly refundedTips: number;
}

export interface SessionReport {
  readonly businessDay: string;
  readonly currency: Currency;
  readonly openedAt: string;
  readonly float: number;
  readonly putIn: number;
  readonly takenOut: number;
  readonly tenders: Readonly<Record<'cash' | 'card' | 'other', Tender>>;
  readonly taxes: readonly {
    readonly label: string;
    readonly net: number;
    readonly tax: number;
    readonly gross: number;
  }[];
  /** By kind, signed; absent where no payment was put right. */
  readonly corrections?: Readonly<Record<'count' | 'cash' | 'card' | 'other', number>>;
  readonly expected: number;
}

export interface ZReport {
  readonly id: string;
  readonly number: number;
  readonly businessDay: string;
  readonly currency: Currency;
  readonly closedAt: string;
  readonly expected: number;
  readonly counted: number;
  readonly overShort: number;
  readonly grandTotal: number;
  readonly report: SessionReport;
}
