import type { LotPoints } from '../members/lots.ts';
import type { BurnEvent } from './events.ts';

export const BURNS = 'loyalty.burns';

export interface KnownBurn {
  readonly status: 'noted';
  readonly memberId: string;
  readonly orderId: string;
  readonly points: number;
  readonly amount: number;
  /** In the order in which they were used. */
  readonly lots: readonly LotPoints[];
  readonly returned: number;
  /** Refunds and cancellations that were answered. */
  readonly causes: readonly string[];
}

export type BurnState = { readonly status: 'unknown' } | KnownBurn;

export const initialState: BurnState = { status: 'unknown' };

export function evolve(state: BurnState, event: BurnEvent): BurnState {
  if (event.type === 'BurnNoted') {
    const { memberId, orderId, points, amount, lots } = event.data;
    return { status: 'noted', memberId, orderId, points, amount, lots, returned: 0, causes: [] };
  }
  if (state.status === 'unknown') return state;
  const { points, causeId } = event.data;
  return { ...state, returned: state.returned + points, causes: [...state.causes, causeId] };
}

/** The next points to give back: those that were used last first, since they expire last. */
export function nextReturned({ lots, returned }: KnownBurn, points: number): readonly LotPoints[] {
  let before = returned;
  let left = points;
  return lots.toReversed().flatMap((lot) => {
    const skipped = Math.min(before, lot.points);
    before -= skipped;
    const some = Math.min(left, lot.points - skipped);
    left -= some;
    return some === 0 ? [] : [{ ...lot, points: some }];
  });
}
