import { describe, expect, test } from 'vitest';
import type { GroupState } from '../groups/state.ts';
import type { PriceList } from '../price-lists/state.ts';
import type { KnownProduct } from '../products/state.ts';
import { priceLine, type LineWish, type PriceSources } from './price-line.ts';
import { listsThatApply } from './price-rules.ts';

const PRODUCT: KnownProduct = {
  status: 'active',
  name: { en: 'Latte', pl: 'Kawa' },
  categoryId: 'coffee',
  price: 1000,
  variants: [],
  groupIds: ['milk', 'extras'],
  taxClass: 'standard',
  stationId: 'bar',
  ingredients: [],
  allergens: [],
  windows: [],
};
const SIZES = [
  { variantId: 'small', name: { en: 'small' }, price: 800 },
  { variantId: 'large', name: { en: 'large', pl: 'duża' }, price: 1200 },
];
const option = (optionId: string, price: number) => ({ optionId, name: { en: optionId }, price });
const GROUPS = new Map<string, GroupState>([
  [
    'milk',
    {
      status: 'active',
      name: { en: 'Milk' },
      min: 1,
      max: 1,
      options: [option('whole', 0), option('oat', 50)],
    },
  ],
  [
    'extras',
    {
      status: 'active',
      name: { en: 'Extras' },
      min: 0,
      max: 3,
      options: [option('shot', 200), option('syrup', 100)],
    },
  ],
]);
const whole = { optionId: 'whole', quantity: 1 };

const line = (wish: Partial<LineWish> = {}, sources: Partial<PriceSources> = {}) =>
  priceLine(
    { productId: 'latte', variantId: null, modifiers: [whole], ...wish },
    {
      product: PRODUCT,
      groups: GROUPS,
      priceLists: [],
      localTime: '2026-11-20T18:30:00',
      languages: ['en'],
      ...sources,
    },
  );
const codeOf = (wish: Partial<LineWish>, sources: Partial<PriceSources> = {}) => {
  const priced = line(wish, sources);
  return priced.outcome === 'rejected' ? [priced.code, priced.details] : priced.outcome;
};

describe('a line', () => {
  test('names everything that an order keeps of it', () => {
    const modifiers = [{ optionId: 'shot', quantity: 2 }, whole];
    expect(line({ modifiers })).toEqual({
      outcome: 'priced',
      productId: 'latte',
      variantId: null,
      categoryId: 'coffee',
      name: 'Latte',
      unitPrice: 1000,
      modifiers: [
        { groupId: 'milk', optionId: 'whole', name: 'whole', quantity: 1, price: 0 },
        { groupId: 'extras', optionId: 'shot', name: 'shot', quantity: 2, price: 200 },
      ],
      priceOfOne: 1400,
      taxClass: 'standard',
      stationId: 'bar',
      priceListId: null,
    });
  });

  test('has the price of its variant, and both names in the language wanted', () => {
    const product = { ...PRODUCT, variants: SIZES };
    expect(line({ variantId: 'large' }, { product, languages: ['pl-PL'] })).toMatchObject({
      name: 'Kawa, duża',
      unitPrice: 1200,
    });
  });

  test('K1: an unknown product, a retired one, an unknown or missing variant is refused', () => {
    expect(codeOf({}, { product: { status: 'unknown' } })).toMatchObject(['PRODUCT_UNKNOWN', {}]);
    const retired = { ...PRODUCT, status: 'retired' } as const;
    expect(codeOf({}, { product: retired })).toMatchObject(['PRODUCT_RETIRED', {}]);
    expect(codeOf({ variantId: 'large' })).toMatchObject(['VARIANT_UNKNOWN', { variantIds: [] }]);
    const product = { ...PRODUCT, variants: SIZES };
    const variantIds = ['small', 'large'];
    for (const variantId of [null, 'huge'])
      expect(codeOf({ variantId }, { product })).toMatchObject(['VARIANT_UNKNOWN', { variantIds }]);
  });

  test('K2: modifiers outside of their bounds, unknown or negative are refused', () => {
    expect(codeOf({ modifiers: [] })).toMatchObject([
      'MODIFIERS_OUT_OF_BOUNDS',
      { groupId: 'milk', min: 1, max: 1, given: 0 },
    ]);
    const both = [whole, { optionId: 'oat', quantity: 1 }];
    expect(codeOf({ modifiers: both })).toMatchObject(['MODIFIERS_OUT_OF_BOUNDS', { given: 2 }]);
    const tooMany = [whole, { optionId: 'shot', quantity: 4 }];
    expect(codeOf({ modifiers: tooMany })).toMatchObject(['MODIFIERS_OUT_OF_BOUNDS', { given: 4 }]);
    const hidden = [whole, { optionId: 'shot', quantity: 4 }, { optionId: 'syrup', quantity: -1 }];
    expect(codeOf({ modifiers: hidden })).toMatchObject(['MODIFIERS_OUT_OF_BOUNDS', { given: -1 }]);
    const gold = [whole, { optionId: 'gold', quantity: 1 }];
    expect(codeOf({ modifiers: gold })).toMatchObject(['MODIFIER_UNKNOWN', { optionId: 'gold' }]);
  });

  test('the same option twice counts together', () => {
    const shot = { optionId: 'shot', quantity: 1 };
    expect(line({ modifiers: [whole, shot, shot] })).toMatchObject({ priceOfOne: 1400 });
  });

  test('of two groups with an option of one id the wish says which; a retired group is not asked', () => {
    const milk = GROUPS.get('milk') as GroupState;
    const groups = new Map([...GROUPS, ['extras', milk]]);
    const modifiers = [
      { ...whole, groupId: 'milk' },
      { ...whole, groupId: 'extras' },
    ];
    expect(line({ modifiers }, { groups })).toMatchObject({ outcome: 'priced' });
    const without = new Map([...GROUPS, ['milk', { ...milk, status: 'retired' } as GroupState]]);
    expect(codeOf({ modifiers: [] }, { groups: without })).toBe('priced');
    expect(codeOf({}, { groups: without })).toMatchObject(['MODIFIER_UNKNOWN', {}]);
  });

  test('K3: outside of its hours it is refused', () => {
    const product = { ...PRODUCT, windows: [{ days: [5], from: '07:00', to: '11:00' }] };
    expect(codeOf({}, { product })).toMatchObject(['PRODUCT_NOT_SOLD_NOW', {}]);
    expect(codeOf({}, { product, localTime: '2026-11-20T10:59:59' })).toBe('priced');
    expect(codeOf({}, { product, localTime: '2026-11-21T10:59:59' })).not.toBe('priced');
  });

  test('K4: another price than was expected is refused with the one that holds', () => {
    const oat = [{ optionId: 'oat', quantity: 1 }];
    expect(codeOf({ modifiers: oat, expectedPrice: 1050 })).toBe('priced');
    expect(codeOf({ modifiers: oat, expectedPrice: 1000 })).toMatchObject([
      'PRICE_CHANGED',
      { current: 1050 },
    ]);
  });
});

const LIST: PriceList = {
  priceListId: 'a',
  name: { en: 'a' },
  priority: 0,
  channels: [],
  locationIds: [],
  windows: [],
  firstDay: null,
  lastDay: null,
  rules: [{ kind: 'percent', categoryId: null, off: 10_000 }],
};

describe('price lists', () => {
  const sale = { locationId: 'l1', channel: 'eat-in', localTime: '2026-11-20T18:30:00' } as const;
  const priceWith = (...lists: readonly PriceList[]): unknown => {
    const priced = line({}, { priceLists: listsThatApply({ lists }, sale) });
    return priced.outcome === 'priced' ? [priced.unitPrice, priced.priceListId] : priced.code;
  };

  test.each([
    ['channel', { channels: ['delivery'] }],
    ['place', { locationIds: ['l2'] }],
    ['hour', { windows: [{ days: [5], from: '19:00', to: '20:00' }] }],
    ['day of the week', { windows: [{ days: [6], from: '18:00', to: '20:00' }] }],
    ['first day', { firstDay: '2026-11-21' }],
    ['last day', { lastDay: '2026-11-19' }],
  ] as const)('of another %s do not hold', (_what, when) => {
    expect(priceWith({ ...LIST, ...(when as Partial<PriceList>) })).toEqual([1000, null]);
  });

  test('that name all of it hold', () => {
    const when: Partial<PriceList> = {
      channels: ['eat-in'],
      locationIds: ['l1'],
      windows: [{ days: [5], from: '18:30', to: '18:31' }],
      firstDay: '2026-11-20',
      lastDay: '2026-11-20',
    };
    expect(priceWith({ ...LIST, ...when })).toEqual([900, 'a']);
  });

  test('a window past midnight belongs to the day it begins on', () => {
    const night = { ...LIST, windows: [{ days: [5], from: '22:00', to: '02:00' }] };
    const at = (localTime: string) => listsThatApply({ lists: [night] }, { ...sale, localTime });
    expect(at('2026-11-21T01:59:00')).toHaveLength(1);
    expect(at('2026-11-21T02:00:00')).toHaveLength(0);
    expect(at('2026-11-20T01:59:00')).toHaveLength(0);
    expect(at('2026-11-21T22:00:00')).toHaveLength(0);
  });

  test('first and last days are those on which a window begins', () => {
    const windows = [{ days: [4, 5, 6], from: '22:00', to: '02:00' }];
    const only = { ...LIST, windows, firstDay: '2026-11-20', lastDay: '2026-11-20' };
    const at = (localTime: string) => listsThatApply({ lists: [only] }, { ...sale, localTime });
    expect(at('2026-11-20T01:00:00')).toHaveLength(0);
    expect(at('2026-11-20T23:00:00')).toHaveLength(1);
    expect(at('2026-11-21T01:59:00')).toHaveLength(1);
    expect(at('2026-11-21T23:00:00')).toHaveLength(0);
  });

  test('K5: the highest priority holds, of equal ones the first by id, and nothing is added up', () => {
    const other = (priceListId: string, priority: number): PriceList => ({
      ...LIST,
      priceListId,
      priority,
      rules: [{ kind: 'fixed', productId: 'latte', variantId: null, price: 500 + priority }],
    });
    expect(priceWith(LIST, other('b', 0))).toEqual([900, 'a']);
    expect(priceWith(LIST, other('b', 1), other('c', 2))).toEqual([502, 'c']);
    const elsewhere = { ...other('z', 9), rules: [{ ...LIST.rules[0]!, categoryId: 'tea' }] };
    expect(priceWith(elsewhere as PriceList, LIST)).toEqual([900, 'a']);
  });

  test('within a list the closest rule holds: variant, product, category, everything', () => {
    const rules: PriceList['rules'] = [
      { kind: 'percent', categoryId: null, off: 1000 },
      { kind: 'percent', categoryId: 'coffee', off: 2000 },
      { kind: 'fixed', productId: 'latte', variantId: null, price: 700 },
      { kind: 'fixed', productId: 'latte', variantId: 'large', price: 600 },
    ];
    const price = (count: number, variantId: string | null = null): unknown => {
      const priceLists = [{ ...LIST, rules: rules.slice(0, count) }];
      const product = variantId === null ? PRODUCT : { ...PRODUCT, variants: SIZES };
      const priced = line({ variantId }, { priceLists, product });
      return priced.outcome === 'priced' ? priced.unitPrice : priced.code;
    };
    expect([price(1), price(2), price(3), price(4)]).toEqual([990, 980, 700, 700]);
    expect([price(3, 'large'), price(4, 'large'), price(4, 'small')]).toEqual([700, 600, 700]);
  });

  test('a percentage is rounded half to even', () => {
    const half = { ...LIST, rules: [{ kind: 'percent' as const, categoryId: null, off: 50_000 }] };
    const price = (of: number): unknown => {
      const priced = line({}, { priceLists: [half], product: { ...PRODUCT, price: of } });
      return priced.outcome === 'priced' ? priced.unitPrice : priced.code;
    };
    expect([price(1), price(3), price(5)]).toEqual([0, 2, 2]);
  });
});
