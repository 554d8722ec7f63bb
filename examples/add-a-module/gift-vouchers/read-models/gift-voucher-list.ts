import { defineReadModel } from '../../../../src/core/read-model.ts';
import type { Recorded } from '../../../../src/core/recorded-event.ts';
import { GIFT_VOUCHER_EVENTS, type GiftVoucherEvent } from '../events.ts';

/** A row of the list of gift vouchers. Amounts are minor units of `currency`. */
interface GiftVoucherRow {
  readonly recipient: string | null;
  readonly currency: string;
  readonly value: number;
  readonly left_over: number;
  readonly status: string;
  readonly issued_at: string;
  readonly expires_at: string;
  readonly [column: string]: unknown;
}

export const giftVoucherList = defineReadModel<Recorded<GiftVoucherEvent>, GiftVoucherRow>({
  name: 'gift-vouchers.list',
  version: 1,
  columns: {
    recipient: 'text',
    currency: 'text',
    value: 'bigint',
    left_over: 'bigint',
    status: 'text',
    issued_at: 'timestamptz',
    expires_at: 'timestamptz',
  },
  indexes: [['issued_at']],
  on: GIFT_VOUCHER_EVENTS,
  keys: (event) => [event.data.giftVoucherId],
  project(row, event) {
    if (event.type === 'GiftVoucherIssued') {
      const { recipient, value, expiresAt } = event.data;
      const { amount, currency } = value;
      const times = { issued_at: event.at, expires_at: expiresAt };
      return { recipient, currency, value: amount, left_over: amount, status: 'valid', ...times };
    }
    if (row === null) return null;
    switch (event.type) {
      case 'GiftVoucherRedeemed': {
        const left_over = row.left_over - event.data.amount;
        return { ...row, left_over, status: left_over > 0 ? 'valid' : 'spent' };
      }
      case 'GiftVoucherCancelled':
        return { ...row, left_over: 0, status: 'cancelled' };
      case 'GiftVoucherExpired':
        return { ...row, left_over: 0, status: 'expired' };
    }
  },
  personal: { person: 'key', columns: ['recipient'] },
  list: {
    filters: { status: 'status' },
    order: [{ column: 'issued_at', descending: true }],
  },
});
