import type { EarnedPart, EarningEvent } from './events.ts';

export const EARNINGS = 'loyalty.earnings';

export interface HeldPart extends EarnedPart {
  readonly memberId: string;
  /** Of `amount`: refunded so far. */
  readonly refunded: number;
  /** Of `points`: taken back so far. */
  readonly taken: number;
}

export interface EarningState {
  /** In the order of the payments. */
  readonly parts: readonly HeldPart[];
  readonly payments: readonly string[];
  readonly refunds: readonly {
    readonly refundId: string;
    readonly memberId: string;
    readonly lines: readonly { readonly lineId: string; readonly amount: number }[];
  }[];
}

export const initialState: EarningState = { parts: [], payments: [], refunds: [] };

export function evolve(state: EarningState, event: EarningEvent): EarningState {
  if (event.type === 'PaymentCredited') {
    const { memberId, paymentId } = event.data;
    const parts = event.data.parts.map((part) => ({ ...part, memberId, refunded: 0, taken: 0 }));
    return {
      ...state,
      parts: [...state.parts, ...parts],
      payments: [...state.payments, paymentId],
    };
  }
  const { refundId, memberId } = event.data;
  const debited = new Map(event.data.parts.map((each) => [each.part, each]));
  const parts = state.parts.map((held, index) => {
    const part = debited.get(index);
    if (part === undefined) return held;
    return { ...held, refunded: held.refunded + part.amount, taken: held.taken + part.points };
  });
  const lines = event.data.parts.map(({ part, amount }) => ({
    lineId: state.parts[part]?.lineId ?? '',
    amount,
  }));
  return { ...state, parts, refunds: [...state.refunds, { refundId, memberId, lines }] };
}
