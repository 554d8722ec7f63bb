/**
 * Taking portions and giving them back: pure decisions over the stream of one location and product. An order lists that
 * stream among those it is decided over, so of two orders for the last portion the second sees what the first left.
 */
import type { StreamReference } from '../../../core/aggregate.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import type { PortionEvent } from './events.ts';
import type { PortionsState } from './state.ts';

export const PORTIONS_CATEGORY = 'catalog.portions';

/** Far more than any kitchen makes of one thing in a day. */
export const PORTIONS_MAX = 100_000;

export interface PortionsPlace {
  readonly locationId: string;
  readonly productId: string;
}

export function portionsStream({ locationId, productId }: PortionsPlace): StreamReference {
  return { category: PORTIONS_CATEGORY, id: `${locationId}~${productId}` };
}

/**
 * Whether an order must be decided over the stream: only counted portions can run out under it. For others it is enough
 * to have read the state.
 */
export function isCounted(state: PortionsState): boolean {
  return state.status === 'counted';
}

/** What is left; null where nobody counts. */
export function remainingOf(state: PortionsState): number | null {
  if (state.status === 'counted') return state.remaining;
  return state.status === 'sold-out' ? 0 : null;
}

export interface PortionsMove extends PortionsPlace {
  readonly orderId: string;
  /** From 1. All lines of the order with this product together. */
  readonly quantity: number;
}

/** No events where portions are not counted; SOLD_OUT {productId, remaining} when there are fewer than asked for. */
export function takePortions(state: PortionsState, move: PortionsMove): Decision<PortionEvent> {
  const remaining = remainingOf(state);
  if (remaining === null) return accepted([]);
  const { quantity, productId } = move;
  if (quantity > remaining) return rejected('SOLD_OUT', { productId, remaining });
  const data = { ...dataOf(move), remaining: remaining - quantity };
  return accepted([{ type: 'PortionsTaken', data }]);
}

/** What was ordered and is not made after all. No events where portions are not counted (any more). */
export function givePortionsBack(
  state: PortionsState,
  move: PortionsMove,
): readonly PortionEvent[] {
  if (state.status !== 'counted') return [];
  const remaining = Math.min(PORTIONS_MAX, state.remaining + move.quantity);
  return [{ type: 'PortionsGivenBack', data: { ...dataOf(move), remaining } }];
}

function dataOf({ locationId, productId, orderId, quantity }: PortionsMove): PortionsMove {
  return { locationId, productId, orderId, quantity };
}
