import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import {
  linesVoided,
  orderCancelled,
  orderClosed,
  orderRefunded,
  type OrderEvent,
} from '../../orders/index.ts';
import { dayKey, partKey } from '../day-keys.ts';

/** What one person (or key) did on one business day: closed bills, gave money back, took lines off. */
export interface DayStaffRow {
  readonly day_key: string;
  /** `user:ID` or the id of a key: the actor of the events. */
  readonly actor: string;
  readonly orders: number;
  readonly gross: number;
  readonly tips: number;
  readonly discounts: number;
  readonly refunds: number;
  readonly refunded: number;
  readonly voids: number;
  readonly voided: number;
  readonly [column: string]: unknown;
}

type Counted = Extract<
  OrderEvent,
  { type: 'OrderClosed' | 'OrderRefunded' | 'LinesVoided' | 'OrderCancelled' }
>;

/** Events from before actors were recorded. */
const NOBODY = 'unknown';

export const dayStaff = defineReadModel<Recorded<Counted>, DayStaffRow>({
  name: 'reports.day-staff',
  version: 2,
  columns: {
    day_key: 'text',
    actor: 'text',
    orders: 'integer',
    gross: 'bigint',
    tips: 'bigint',
    discounts: 'bigint',
    refunds: 'integer',
    refunded: 'bigint',
    voids: 'integer',
    voided: 'bigint',
  },
  // A few rows a day that every bill of the day writes again.
  fillFactor: 20,
  indexes: [['day_key', 'actor']],
  on: [orderClosed, orderRefunded, linesVoided, orderCancelled],
  keys({ type, data, causation }) {
    // Who cancels what nothing had been paid for does nothing that is counted here.
    if (type === 'OrderCancelled' && data.taken === undefined) return [];
    return [partKey(data, 'staff', causation.actor ?? NOBODY)];
  },
  project(row, event) {
    const actor = event.causation.actor ?? NOBODY;
    const before = row ?? { ...NOTHING, day_key: dayKey(event.data), actor };
    switch (event.type) {
      case 'OrderClosed': {
        const { gross, payments = [], discounts } = event.data;
        const tips = payments.reduce((sum, { tip }) => sum + tip, 0);
        return {
          ...before,
          orders: before.orders + 1,
          gross: before.gross + gross,
          tips: before.tips + tips,
          discounts: before.discounts + discounts,
        };
      }
      case 'OrderCancelled': {
        const { gross = 0, payments = [] } = event.data.taken ?? {};
        const tips = payments.reduce((sum, { tip }) => sum + tip, 0);
        return { ...before, gross: before.gross + gross, tips: before.tips + tips };
      }
      case 'OrderRefunded': {
        const { amount } = event.data;
        return { ...before, refunds: before.refunds + 1, refunded: before.refunded + amount };
      }
      case 'LinesVoided': {
        const { lines } = event.data;
        const quantity = lines.reduce((sum, line) => sum + line.quantity, 0);
        const amount = lines.reduce((sum, line) => sum + line.amount, 0);
        return { ...before, voids: before.voids + quantity, voided: before.voided + amount };
      }
    }
  },
  personal: 'none',
  list: { filters: { dayKey: 'day_key' }, order: [{ column: 'actor' }] },
});

const NOTHING = {
  orders: 0,
  gross: 0,
  tips: 0,
  discounts: 0,
  refunds: 0,
  refunded: 0,
  voids: 0,
  voided: 0,
};
