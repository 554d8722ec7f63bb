import { defineAggregate } from '../../../core/aggregate.ts';
import type { ModuleAggregate } from '../../../core/module.ts';
import { PRICE_LIST_COMMANDS, PRICE_LIST_REFUSALS, type PriceListCommand } from './commands.ts';
import { decide } from './decide.ts';
import { PRICE_LIST_EVENTS, type PriceListEvent } from './events.ts';
import { priceListBook } from './read-models/price-list-book.ts';
import { evolve, initialState, type PriceListsState } from './state.ts';
import { PRICE_LISTS_CATEGORY } from './stream.ts';

export const priceLists: ModuleAggregate = {
  aggregate: defineAggregate<PriceListsState, PriceListCommand, PriceListEvent>({
    category: PRICE_LISTS_CATEGORY,
    stateVersion: 1,
    events: PRICE_LIST_EVENTS,
    commands: PRICE_LIST_COMMANDS,
    refusals: PRICE_LIST_REFUSALS,
    initialState,
    decide,
    evolve,
  }),
  singular: 'book of price lists',
  plural: 'books of price lists',
  list: priceListBook,
};
