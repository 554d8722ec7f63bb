import type { EventMoment } from '../../../src/core/aggregate.ts';
import type { GiftVoucherEvent } from './events.ts';

export interface KnownGiftVoucher {
  readonly status: 'valid' | 'spent' | 'cancelled' | 'expired';
  readonly currency: string;
  /** Minor units, both. */
  readonly value: number;
  readonly left: number;
  readonly recipient: string | null;
  /** RFC 3339, all three; `endedAt` null while it is valid. */
  readonly issuedAt: string;
  readonly expiresAt: string;
  readonly endedAt: string | null;
}

export type GiftVoucherState = { readonly status: 'unknown' } | KnownGiftVoucher;

export const initialState: GiftVoucherState = { status: 'unknown' };

export function evolve(
  state: GiftVoucherState,
  event: GiftVoucherEvent,
  { at }: EventMoment,
): GiftVoucherState {
  if (event.type === 'GiftVoucherIssued') {
    const { value, expiresAt, recipient } = event.data;
    const { amount, currency } = value;
    const times = { issuedAt: at, expiresAt, endedAt: null };
    return { status: 'valid', currency, value: amount, left: amount, recipient, ...times };
  }
  if (state.status === 'unknown') return state;
  switch (event.type) {
    case 'GiftVoucherRedeemed': {
      const left = state.left - event.data.amount;
      if (left > 0) return { ...state, left };
      return { ...state, left, status: 'spent', endedAt: at };
    }
    case 'GiftVoucherCancelled':
      return { ...state, left: 0, status: 'cancelled', endedAt: at };
    case 'GiftVoucherExpired':
      return { ...state, left: 0, status: 'expired', endedAt: at };
  }
}
