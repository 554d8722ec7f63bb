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
  readonly isLate: boolean;
  /** Becomes due; null for nothing. */
  readonly fee: Money | null;
  /** Goes back to the guest; null for nothing. */
  readonly back: Money | null;
}

type Billed = Pick<Booking, 'status' | 'startsAt' | 'partySize' | 'amounts'>;

/** Only a guest cancels late; what was never confirmed is given up at no cost. */
export function cancelConsequence(
  booking: Billed,
  settings: FeeSettings,
  given: { readonly by: 'guest' | 'house'; readonly nowMs: number; readonly currency: string },
): Consequence {
  const freeUntilMs = Date.parse(booking.startsAt) - settings.freeCancelMinutes * MINUTE_MS;
  const isLate = given.by === 'guest' && booking.status !== 'held' && given.nowMs > freeUntilMs;
  const paid = depositPaid(booking);
  const { currency } = given;
  if (!isLate) return { isLate, fee: null, back: moneyOf(paid, currency) };
  const left = settings.lateCancelFeePerGuest * booking.partySize - paid;
  return { isLate, fee: moneyOf(left, currency), back: null };
}

export function noShowFee(booking: Billed, settings: FeeSettings, currency: string): Money | null {
  return moneyOf(settings.noShowFeePerGuest * booking.partySize - depositPaid(booking), currency);
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
