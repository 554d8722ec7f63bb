/** How far an order is, for whoever waits for it. Pure. */
import type { LineState, OrderState } from '../../modules/orders/index.ts';

export type Stage = 'placed' | 'cooking' | 'ready' | 'done' | 'cancelled';
export type LineStage = 'placed' | 'cooking' | 'ready';

type KnownOrder = Exclude<OrderState, { readonly status: 'unknown' }>;

/**
 * Ready when everything that a station makes is; what needs no station waits for nobody. A bill that is paid at the
 * counter before it is made is not done before that.
 */
export function stageOf({ status, lines }: Pick<KnownOrder, 'status' | 'lines'>): Stage {
  if (status === 'cancelled') return 'cancelled';
  const made = lines.filter(({ kitchen }) => kitchen !== 'none');
  const isServed = made.every(({ kitchen }) => kitchen === 'served');
  if (isServed && (status !== 'open' || made.length > 0)) return 'done';
  const stages = made.map(lineStageOf);
  if (stages.length > 0 && stages.every((stage) => stage === 'ready')) return 'ready';
  return stages.some((stage) => stage !== 'placed') ? 'cooking' : 'placed';
}

export function lineStageOf({ kitchen }: Pick<LineState, 'kitchen'>): LineStage {
  switch (kitchen) {
    case 'held':
      return 'placed';
    case 'fired':
      return 'cooking';
    case 'none':
    case 'ready':
    case 'served':
      return 'ready';
  }
}
