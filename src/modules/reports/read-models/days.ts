/**
 * One row for each location and business day: everything that closed bills, refunds and voids of that day come to. Bills
 * count on the day they were closed, refunds on the day they were given. Of closed bills it holds (R1):
 *
 *   gross - refunds = payments (received less paid back) - tips - change
 *
 * where tips are net of tips given back. Payments and refunds whose kind was put right move between kinds (`corrected`), which add
 * up to nothing. The row is touched by every bill, so what grows with the menu or the staff has
 * rows of its own.
 */
import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { taxTotals, type TaxTotal } from '../../../core/tax.ts';
import {
  linesVoided,
  orderCancelled,
  orderClosed,
  orderPaymentCorrected,
  orderRefundCorrected,
  orderRefunded,
  type OrderEvent,
} from '../../orders/index.ts';
import { dayKey } from '../day-keys.ts';

/** Of one kind of payment: what closed bills received (tips and change included) and refunds paid back. */
export interface Tender {
  readonly payments: number;
  readonly received: number;
  readonly change: number;
  readonly tips: number;
  readonly refunds: number;
  readonly paidBack: number;
  /** Payments and refunds of this kind or another that were put right on this day, and what that brought to it or took from it. */
  readonly corrections: number;
  readonly corrected: number;
}

export interface DayRow {
  readonly location_id: string;
  readonly business_day: string;
  readonly currency: string | null;
  /** Bills closed. */
  readonly orders: number;
  readonly guests: number;
  /** Tax included, after discounts, points and voids. */
  readonly gross: number;
  readonly net: number;
  readonly tax: number;
  readonly taxes: readonly TaxTotal[];
  readonly discounts: number;
  readonly points_discounts: number;
  readonly tips: number;
  readonly refunds: number;
  /** Given back for lines, tax included. */
  readonly refunded: number;
  readonly refunded_tax: number;
  readonly refunded_tips: number;
  readonly refund_taxes: readonly TaxTotal[];
  /** Items taken off bills, and what they would have cost in the tax mode of the location. */
  readonly voids: number;
  readonly voided: number;
  readonly cancelled_orders: number;
  readonly cancelled: number;
  /** By `cash`, `card`, `other`. */
  readonly tenders: Readonly<Record<string, Tender>>;
  /** Gross by `eat-in`, `take-away`, `delivery`. */
  readonly channels: Readonly<Record<string, number>>;
  readonly [column: string]: unknown;
}

type Counted = Extract<
  OrderEvent,
  {
    type:
      | 'OrderClosed'
      | 'OrderRefunded'
      | 'OrderPaymentCorrected'
      | 'OrderRefundCorrected'
      | 'LinesVoided'
      | 'OrderCancelled';
  }
>;
type DataOf<Type extends Counted['type']> = Extract<Counted, { type: Type }>['data'];

export const days = defineReadModel<Recorded<Counted>, DayRow>({
  name: 'reports.days',
  version: 4,
  columns: {
    location_id: 'text',
    business_day: 'date',
    currency: 'text',
    orders: 'integer',
    guests: 'integer',
    gross: 'bigint',
    net: 'bigint',
    tax: 'bigint',
    taxes: 'jsonb',
    discounts: 'bigint',
    points_discounts: 'bigint',
    tips: 'bigint',
    refunds: 'integer',
    refunded: 'bigint',
    refunded_tax: 'bigint',
    refunded_tips: 'bigint',
    refund_taxes: 'jsonb',
    voids: 'integer',
    voided: 'bigint',
    cancelled_orders: 'integer',
    cancelled: 'bigint',
    tenders: 'jsonb',
    channels: 'jsonb',
  },
  // A few rows a day that every bill of the day writes again.
  fillFactor: 20,
  indexes: [['location_id', 'business_day'], ['business_day']],
  on: [
    orderClosed,
    orderRefunded,
    orderPaymentCorrected,
    orderRefundCorrected,
    linesVoided,
    orderCancelled,
  ],
  // Of a bill that is open nothing was counted: it will be with the kind it has by then.
  keys: (event) =>
    event.type === 'OrderPaymentCorrected' && !event.data.counted ? [] : [dayKey(event.data)],
  project(row, event) {
    const { locationId, businessDay } = event.data;
    const before = row ?? { ...NOTHING, location_id: locationId, business_day: businessDay };
    switch (event.type) {
      case 'OrderClosed':
        return withClosed(before, event.data);
      case 'OrderRefunded':
        return withRefund(before, event.data);
      case 'OrderPaymentCorrected':
        return withCorrection(before, event.data);
      case 'OrderRefundCorrected': {
        const { from: kind, kind: from, amount, currency } = event.data;
        return withCorrection(before, { from, kind, amount, currency });
      }
      case 'LinesVoided': {
        const { lines } = event.data;
        const quantity = lines.reduce((sum, line) => sum + line.quantity, 0);
        const amount = lines.reduce((sum, line) => sum + line.amount, 0);
        return { ...before, voids: before.voids + quantity, voided: before.voided + amount };
      }
      case 'OrderCancelled': {
        const { gross = 0, taken } = event.data;
        const cancelled_orders = before.cancelled_orders + 1;
        const after = { ...before, cancelled_orders, cancelled: before.cancelled + gross };
        return taken === undefined ? after : withSale(after, taken);
      }
    }
  },
  personal: 'none',
  list: {
    filters: { locationId: 'location_id' },
    order: [{ column: 'business_day' }],
    range: { column: 'business_day' },
    location: 'location_id',
  },
});

const NOTHING = {
  currency: null,
  orders: 0,
  guests: 0,
  gross: 0,
  net: 0,
  tax: 0,
  taxes: [],
  discounts: 0,
  points_discounts: 0,
  tips: 0,
  refunds: 0,
  refunded: 0,
  refunded_tax: 0,
  refunded_tips: 0,
  refund_taxes: [],
  voids: 0,
  voided: 0,
  cancelled_orders: 0,
  cancelled: 0,
  tenders: {},
  channels: {},
};

const NO_TENDER: Tender = {
  payments: 0,
  received: 0,
  change: 0,
  tips: 0,
  refunds: 0,
  paidBack: 0,
  corrections: 0,
  corrected: 0,
};

function withClosed(row: DayRow, closed: DataOf<'OrderClosed'>): DayRow {
  return {
    ...withSale(row, closed),
    orders: row.orders + 1,
    guests: row.guests + (closed.guests ?? 0),
    discounts: row.discounts + closed.discounts,
    points_discounts: row.points_discounts + closed.pointsDiscounts,
  };
}

type Sale = Pick<DataOf<'OrderClosed'>, 'currency' | 'channel' | 'gross' | 'taxes' | 'payments'>;

/** Of a bill that was closed, or of one on which money had been taken when it was cancelled. */
function withSale(row: DayRow, sale: Sale): DayRow {
  const { gross, channel, taxes, payments = [] } = sale;
  const tax = taxes.reduce((sum, each) => sum + each.tax, 0);
  // Tips as they were given: what was given back is counted where it happened, before the bill was closed or after.
  const tips = payments.reduce((sum, { tip }) => sum + tip, 0);
  const tenders = { ...row.tenders };
  for (const { kind, amount, change, tip } of payments) {
    const held = tenders[kind] ?? NO_TENDER;
    tenders[kind] = {
      ...held,
      payments: held.payments + 1,
      received: held.received + amount,
      change: held.change + change,
      tips: held.tips + tip,
    };
  }
  return {
    ...row,
    currency: sale.currency,
    gross: row.gross + gross,
    net: row.net + gross - tax,
    tax: row.tax + tax,
    taxes: taxTotals([...row.taxes, ...taxes]),
    tips: row.tips + tips,
    tenders,
    channels: { ...row.channels, [channel]: (row.channels[channel] ?? 0) + gross },
  };
}

function withRefund(row: DayRow, refund: DataOf<'OrderRefunded'>): DayRow {
  const { kind, amount, tip, taxes } = refund;
  const held = row.tenders[kind] ?? NO_TENDER;
  const paid = { ...held, refunds: held.refunds + 1, paidBack: held.paidBack + amount };
  return {
    ...row,
    currency: refund.currency,
    refunds: row.refunds + 1,
    refunded: row.refunded + amount - tip,
    refunded_tips: row.refunded_tips + tip,
    refunded_tax: row.refunded_tax + taxes.reduce((sum, each) => sum + each.tax, 0),
    refund_taxes: taxTotals([...row.refund_taxes, ...taxes]),
    tenders: { ...row.tenders, [kind]: paid },
  };
}

/** Sales, taxes and tips of their day stay: what moves from one kind to the other, on the day it was put right. */
function withCorrection(
  row: DayRow,
  correction: Pick<DataOf<'OrderPaymentCorrected'>, 'from' | 'kind' | 'amount' | 'currency'>,
): DayRow {
  const { from, kind, amount, currency } = correction;
  const [source, target] = [row.tenders[from] ?? NO_TENDER, row.tenders[kind] ?? NO_TENDER];
  const without = { ...source, corrections: source.corrections + 1 };
  return {
    ...row,
    currency,
    tenders: {
      ...row.tenders,
      [from]: { ...without, corrected: source.corrected - amount },
      [kind]: {
        ...target,
        corrections: target.corrections + 1,
        corrected: target.corrected + amount,
      },
    },
  };
}
