import type { Static } from 'typebox';
import type { ProductEvent, productFacts } from './events.ts';

export type ProductFacts = Static<typeof productFacts>;
export type Variant = ProductFacts['variants'][number];

export type KnownProduct = ProductFacts & {
  readonly status: 'active' | 'retired';
};

export type ProductState = { readonly status: 'unknown' } | KnownProduct;

export const initialState: ProductState = { status: 'unknown' };

export function evolve(state: ProductState, event: ProductEvent): ProductState {
  switch (event.type) {
    case 'ProductAdded':
      return { status: 'active', ...event.data.product };
    case 'ProductChanged':
      // All of it stands in the event, so nothing of before is needed but whether it is sold.
      return state.status === 'unknown' ? state : { status: state.status, ...event.data.product };
    case 'ProductRetired':
      return state.status === 'unknown' ? state : { ...state, status: 'retired' };
    case 'ProductBroughtBack':
      return state.status === 'unknown' ? state : { ...state, status: 'active' };
  }
}
