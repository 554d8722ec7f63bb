import { defineAggregate } from '../../../core/aggregate.ts';
import type { ModuleAggregate } from '../../../core/module.ts';
import { PRODUCTS_CATEGORY } from '../pricing/price-line.ts';
import { PRODUCT_COMMANDS, PRODUCT_REFUSALS, type ProductCommand } from './commands.ts';
import { attributes, consults, decide, streams } from './decide.ts';
import { PRODUCT_EVENTS, type ProductEvent } from './events.ts';
import { productList } from './read-models/product-list.ts';
import { evolve, initialState, type ProductState } from './state.ts';

export const products: ModuleAggregate = {
  aggregate: defineAggregate<ProductState, ProductCommand, ProductEvent>({
    category: PRODUCTS_CATEGORY,
    stateVersion: 1,
    events: PRODUCT_EVENTS,
    commands: PRODUCT_COMMANDS,
    refusals: PRODUCT_REFUSALS,
    initialState,
    decide,
    evolve,
    streams,
    consults,
    attributes,
  }),
  singular: 'product',
  list: productList,
};
