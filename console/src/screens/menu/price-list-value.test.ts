import { describe, expect, test } from 'vitest';
import { priceUnder } from '../../../../src/modules/catalog/pricing/price-rules.ts';
import type { PriceList } from './menu-types.ts';
import { listBodyOf, listFault, listValueOf, NEW_LIST, saidOf } from './price-list-value.ts';

const LIST: PriceList = {
  priceListId: 'happy-hour',
  name: { en: 'Happy hour' },
  priority: 10,
  channels: ['eat-in'],
  locationIds: ['a1'],
  windows: [{ days: [1, 2], from: '17:00', to: '19:00' }],
  firstDay: '2026-06-01',
  lastDay: null,
  rules: [
    { kind: 'fixed', productId: 'tea', variantId: null, price: 250 },
    { kind: 'fixed', productId: 'beer', variantId: 'small', price: 300 },
    { kind: 'percent', categoryId: null, off: 10_000 },
    { kind: 'percent', categoryId: 'wine', off: 12_500 },
  ],
};

describe('a price list', () => {
  test('survives being typed', () => {
    const { priceListId: _id, ...body } = LIST;
    expect(listBodyOf(listValueOf(LIST))).toEqual(body);
    expect(listFault(listValueOf(LIST))).toBeNull();
  });

  test('needs a name, something that it says, and days that follow each other', () => {
    const named = { ...NEW_LIST, name: { en: 'Night' }, prices: { tea: 100 } };
    expect(listFault(named)).toBeNull();
    expect(listFault({ ...named, name: { en: ' ' } })).toBe('name');
    expect(listFault({ ...named, prices: {} })).toBe('empty');
    expect(listFault({ ...named, firstDay: '2026-06-02', lastDay: '2026-06-01' })).toBe('days');
    expect(listFault({ ...named, percents: [{ categoryId: null, off: null }] })).toBe('percent');
    expect(listFault({ ...named, priority: null })).toBe('priority');
    expect(listFault({ ...named, windows: [{ days: [], from: '', to: '' }] })).toBe('windows');
  });
});

test.each([
  ['tea', null, null],
  ['tea', 'large', 'wine'],
  ['beer', 'small', null],
  ['beer', 'large', null],
  ['merlot', null, 'wine'],
  ['soup', null, 'food'],
])('what it says of %s (%s, %s) is what the server charges', (id, variantId, categoryId) => {
  const price = 1000;
  const said = saidOf(LIST, { id, variantId, categoryId });
  const charged = priceUnder(
    // safe because the shapes are the same but for readonly
    [LIST as never],
    { productId: id, variantId, categoryId, price },
  ).price;
  const told =
    said === null
      ? price
      : said.kind === 'price'
        ? said.price
        : Math.round((price * (100 - said.off)) / 100);
  expect(told).toBe(charged);
});
