import { expect, test } from 'vitest';
import { givenEvents } from '../../../../test/support/given.ts';
import { PRICE_LISTS_MAX, type PriceListCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { PriceListEvent } from './events.ts';
import { evolve, initialState, type PriceList, type PriceListsState } from './state.ts';

const given = (...events: readonly PriceListEvent[]) =>
  givenEvents<PriceListsState, PriceListCommand, PriceListEvent>(
    { initialState, decide, evolve },
    ...events,
  );
const rules: PriceList['rules'] = [{ kind: 'percent', categoryId: null, off: 20_000 }];
const input = (priceListId: string) => ({ priceListId, name: { en: 'x' }, rules });
const list = (priceListId: string): PriceList => ({
  ...input(priceListId),
  priority: 0,
  channels: [],
  locationIds: [],
  windows: [],
  firstDay: null,
  lastDay: null,
});
const set = (priceListId: string): PriceListEvent => ({
  type: 'PriceListSet',
  data: { priceList: list(priceListId) },
});

test('a list of the same id is replaced, the same list again is no change', () => {
  expect(given().when({ type: 'SetPriceList', input: input('a') })).toEqual([set('a')]);
  expect(given(set('a')).when({ type: 'SetPriceList', input: input('a') })).toEqual([]);
  const urgent = { ...input('a'), priority: 5 };
  expect(given(set('a')).when({ type: 'SetPriceList', input: urgent })).toEqual([
    { type: 'PriceListSet', data: { priceList: { ...list('a'), priority: 5 } } },
  ]);
  expect(given(set('b'), set('a'), set('b')).state).toEqual({ lists: [list('a'), list('b')] });
});

test('there are fifty at most, and one more can still be replaced', () => {
  const full = given(...Array.from({ length: PRICE_LISTS_MAX }, (_, index) => set(`l${index}`)));
  expect(full.when({ type: 'SetPriceList', input: input('one-more') })).toBe('PRICE_LISTS_FULL');
  expect(full.when({ type: 'SetPriceList', input: { ...input('l7'), priority: 1 } })).toHaveLength(
    1,
  );
});

test('the last day is not before the first one', () => {
  const days = { firstDay: '2026-12-24', lastDay: '2026-12-23' };
  expect(given().when({ type: 'SetPriceList', input: { ...input('a'), ...days } })).toBe(
    'PRICE_LIST_DAYS',
  );
});

test('only a list that is there can be removed', () => {
  const remove = { type: 'RemovePriceList', input: { priceListId: 'a' } } as const;
  expect(given(set('a')).when(remove)).toMatchObject([{ type: 'PriceListRemoved' }]);
  expect(given().when(remove)).toBe('PRICE_LIST_UNKNOWN');
});
