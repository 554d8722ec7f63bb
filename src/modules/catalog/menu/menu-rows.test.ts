import { describe, expect, test } from 'vitest';
import { rowAfter } from '../../../../test/support/given.ts';
import type { PortionEvent } from '../portions/events.ts';
import type { ProductEvent } from '../products/events.ts';
import type { ProductFacts } from '../products/state.ts';
import { menuRows, VERSION_KEY } from './menu-rows.ts';

type Event = ProductEvent | PortionEvent;
const row = (key: string, ...events: readonly Event[]) => rowAfter<Event>(menuRows, key, events);

const place = { locationId: 'l', productId: 'p' };
const product: ProductFacts = {
  name: { en: 'Tea' },
  categoryId: null,
  price: 1,
  variants: [],
  groupIds: [],
  taxClass: 'a',
  stationId: null,
  ingredients: [],
  allergens: [],
  windows: [],
};
const added: Event = { type: 'ProductAdded', data: { productId: 'p', product } };
const retired: Event = { type: 'ProductRetired', data: { productId: 'p', reason: 'r' } };
const taken = (remaining: number): Event => ({
  type: 'PortionsTaken',
  data: { ...place, orderId: 'o', quantity: 1, remaining },
});
const givenBack = (remaining: number): Event => ({
  type: 'PortionsGivenBack',
  data: { ...place, orderId: 'o', quantity: 1, remaining },
});
const set = (remaining: number): Event => ({ type: 'RemainingSet', data: { ...place, remaining } });

describe('rows of menus', () => {
  test('a retired product is kept but not offered until it is brought back', () => {
    expect(row('product:p', added, retired)).toMatchObject({ offered: false, data: product });
    const back: Event = { type: 'ProductBroughtBack', data: { productId: 'p' } };
    expect(row('product:p', added, retired, back)).toMatchObject({ offered: true });
  });

  test('a product is marked while it is sold out, however that came', () => {
    const key = 'sold-out:l~p';
    expect(row(key, set(2), taken(1))).toBeNull();
    expect(row(key, set(2), taken(1), taken(0))).toMatchObject({ kind: 'sold-out', data: place });
    expect(row(key, set(1), taken(0), givenBack(1))).toBeNull();
    const soldOut: Event = { type: 'ProductSoldOut', data: { ...place, reason: null } };
    expect(row(key, soldOut)).toMatchObject({ offered: true });
    expect(row(key, soldOut, { type: 'ProductAvailable', data: place })).toBeNull();
    expect(row(key, set(0))).not.toBeNull();
  });

  test('only what a menu shows counts as a change: of portions taken the last one', () => {
    expect(row(VERSION_KEY, added, set(3), taken(2), taken(1))).toMatchObject({ changes: 2 });
    expect(row(VERSION_KEY, added, set(3), taken(2), taken(1), taken(0))).toMatchObject({
      changes: 3,
    });
    expect(row(VERSION_KEY, set(1), taken(0), givenBack(1), givenBack(2))).toMatchObject({
      changes: 3,
    });
  });
});
