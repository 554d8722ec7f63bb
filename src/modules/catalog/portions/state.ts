import type { PortionEvent } from './events.ts';

/** How much of one product one location can still sell. */
export type PortionsState =
  /** Not counted: as much as anybody wants. */
  | { readonly status: 'available' }
  /** "86": none, and nobody counts. */
  | { readonly status: 'sold-out' }
  /** Counted; sold out at 0. */
  | {
      readonly status: 'counted';
      readonly remaining: number;
      readonly locationId: string;
      readonly productId: string;
    };

export const initialState: PortionsState = { status: 'available' };

export function evolve(_state: PortionsState, event: PortionEvent): PortionsState {
  switch (event.type) {
    case 'ProductSoldOut':
      return { status: 'sold-out' };
    case 'ProductAvailable':
      return { status: 'available' };
    case 'RemainingSet':
    case 'PortionsAdded':
    case 'PortionsTaken':
    case 'PortionsGivenBack': {
      const { remaining, locationId, productId } = event.data;
      return { status: 'counted', remaining, locationId, productId };
    }
  }
}
