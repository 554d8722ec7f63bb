/** What a cancellation or a no-show will cost, told before it is given. The server decides; this repeats its rule. Pure. */
import type { Money } from '../../words/format.ts';
import type { Booking } from './booking-types.ts';

export interface FeeSettings {
  readonly freeCancelMinutes: number;
  readonly lateCancelFeePerGuest: number;
  readonly noShowFeePerGuest: number;
}

/** Of a location that set nothing, as the server has it. */
export const FEES_DEFAULT: FeeSettings = {
  freeCancelMinutes: 120,
  lateCancelFeePerGuest: 0,
  noShowFeePerGuest: 0,
};

const MINUTE_MS = 60_000;

export interface Consequence {
  /** A fee may be owed: the house confirmed it, and it is late. */
  readonly isLate: boolean;
  /** Becomes due; null for nothing. */
  readonly fee: Money | null;
  /** Of a deposit that was paid: what the house keeps, and what goes back to the guest. */
  readonly kept: Money | null;
  readonly back: Money | null;
}

type Billed = Pick<Booking, 'status' | 'startsAt' | 'partySize' | 'amounts' | 'movedLate'>;

/** Only a guest cancels late; what the house never confirmed is given up at no cost. */
export function cancelConsequence(
  booking: Billed,
  settings: FeeSettings,
  given: { readonly by: 'guest' | 'house'; readonly nowMs: number; readonly currency: string },
): Consequence {
  const freeUntilMs = Date.parse(booking.startsAt) - settings.freeCancelMinutes * MINUTE_MS;
  const isPast = booking.movedLate || given.nowMs > freeUntilMs;
  const isLate = given.by === 'guest' && booking.status === 'confirmed' && isPast;
  return { isLate, ...costOf(booking, isLate ? settings.lateCancelFeePerGuest : 0, given) };
}

export function noShowConsequence(
  booking: Billed,
  settings: FeeSettings,
  currency: string,
): Omit<Consequence, 'isLate'> {
  const isConfirmed = booking.status === 'confirmed';
  return costOf(booking, isConfirmed ? settings.noShowFeePerGuest : 0, { currency });
}

/** A deposit that was paid counts towards the fee; what is above it goes back. */
function costOf(
  booking: Billed,
  feePerGuest: number,
  { currency }: { readonly currency: string },
): Omit<Consequence, 'isLate'> {
  const fee = feePerGuest * booking.partySize;
  const paid = depositPaid(booking);
  return {
    fee: moneyOf(fee - paid, currency),
    kept: moneyOf(Math.min(fee, paid), currency),
    back: moneyOf(paid - fee, currency),
  };
}

function depositPaid({ amounts }: Billed): number {
  return amounts.reduce(
    (sum, { kind, status, amount }) =>
      kind === 'deposit' && status === 'paid' ? sum + amount.amount : sum,
    0,
  );
}

function moneyOf(amount: number, currency: string): Money | null {
  return amount > 0 ? { amount, currency } : null;
}
