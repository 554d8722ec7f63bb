/** What people say about portions: sold out, so many left, as many as anybody wants. */
import type { PortionEvent } from './events.ts';
import type { PortionsState } from './state.ts';

export type Marking = { readonly id: string } & (
  | {
      readonly type: 'MarkSoldOut';
      readonly input: { readonly locationId: string; readonly reason?: string };
    }
  | {
      readonly type: 'SetRemaining';
      readonly input: { readonly locationId: string; readonly remaining: number };
    }
  | { readonly type: 'MarkAvailable'; readonly input: { readonly locationId: string } }
);

/** Nothing when it is so already. `id` of the command is that of the product. */
export function decidePortions(state: PortionsState, command: Marking): readonly PortionEvent[] {
  const place = { locationId: command.input.locationId, productId: command.id };
  switch (command.type) {
    case 'MarkSoldOut': {
      if (state.status === 'sold-out') return [];
      const { reason = null } = command.input;
      return [{ type: 'ProductSoldOut', data: { ...place, reason } }];
    }
    case 'SetRemaining': {
      const { remaining } = command.input;
      if (state.status === 'counted' && state.remaining === remaining) return [];
      return [{ type: 'RemainingSet', data: { ...place, remaining } }];
    }
    case 'MarkAvailable':
      if (state.status === 'available') return [];
      return [{ type: 'ProductAvailable', data: place }];
  }
}
