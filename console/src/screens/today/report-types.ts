/** A day of a location as the reports module answers it. Amounts are minor units of `currency`. */
import type { Currency } from '../order/order-types.ts';

export interface DayRow {
  readonly id: string;
  readonly businessDay: string;
  readonly currency: Currency;
  readonly orders: number;
  readonly guests: number;
  readonly gross: number;
  readonly net: number;
  readonly tax: number;
  readonly taxes: readonly {
    readonly label: string;
    readonly rate: number;
    readonly net: number;
    readonly tax: number;
    readonly gross: number;
  }[];
  readonly discounts: number;
  readonly pointsDiscounts: number;
  readonly tips: number;
  readonly refunds: number;
  readonly refunded: number;
  readonly voids: number;
  readonly voided: number;
  readonly cancelledOrders: number;
  readonly cancelled: number;
  readonly tenders: Readonly<Record<'cash' | 'card' | 'other', Tender>>;
  readonly channels: Readonly<Partial<Record<'eat-in' | 'take-away' | 'delivery', number>>>;
}

export interface Tender {
  readonly payments: number;
  readonly received: number;
  readonly change: number;
  readonly tips: number;
  readonly paidBack: number;
  /** Of payments whose kind was put right on the day: what came to this one, below zero what went from it. */
  readonly corrections: number;
  readonly corrected: number;
}

export interface DayReport extends DayRow {
  readonly products: readonly {
    readonly id: string;
    readonly productId: string;
    readonly name: string;
    readonly quantity: number;
    readonly gross: number;
    readonly refunded: number;
  }[];
  readonly hours: readonly DayHour[];
  readonly staff: readonly DayStaff[];
}

export interface DayStaff {
  readonly id: string;
  /** `user:ID`, or the id of a key. */
  readonly actor: string;
  readonly orders: number;
  readonly gross: number;
  readonly tips: number;
  readonly discounts: number;
  readonly refunded: number;
  readonly voided: number;
}

/** `from` is its beginning, `local` the time that clocks of the place showed then. */
export interface DayHour {
  readonly from: string;
  readonly local: string;
  readonly orders: number;
  readonly guests: number;
  readonly gross: number;
}
