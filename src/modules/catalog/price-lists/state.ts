import type { Static } from 'typebox';
import type { PriceListEvent, priceList, priceRule } from './events.ts';

export type PriceList = Static<typeof priceList>;
export type PriceRule = Static<typeof priceRule>;

/** All price lists of a tenant are one stream, so that an order reads one. */
export interface PriceListsState {
  /** By id. */
  readonly lists: readonly PriceList[];
}

export const initialState: PriceListsState = { lists: [] };

export function evolve(state: PriceListsState, event: PriceListEvent): PriceListsState {
  switch (event.type) {
    case 'PriceListSet': {
      const { priceList } = event.data;
      return { lists: [...without(state, priceList.priceListId), priceList].sort(byId) };
    }
    case 'PriceListRemoved':
      return { lists: without(state, event.data.priceListId) };
  }
}

function without({ lists }: PriceListsState, priceListId: string): readonly PriceList[] {
  return lists.filter((list) => list.priceListId !== priceListId);
}

const byId = (a: PriceList, b: PriceList): number => (a.priceListId < b.priceListId ? -1 : 1);
