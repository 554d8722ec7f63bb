import { describe, expect, test } from 'vitest';
import type { StreamReference } from '../../../core/aggregate.ts';
import type { DecidedEvent, Decision } from '../../../core/decision.ts';
import type { ProductCommand } from './commands.ts';
import { attributes, consults, decide, streams } from './decide.ts';
import type { ProductEvent } from './events.ts';
import { evolve, initialState, type ProductFacts, type ProductState } from './state.ts';

type Said = ProductCommand extends infer Command
  ? Command extends ProductCommand
    ? Pick<Command, 'type' | 'input'>
    : never
  : never;

/** States of other streams by `category/id`. */
type Around = Readonly<Record<string, unknown>>;

const commandOf = (said: Said): ProductCommand => ({
  ...said,
  id: 'p1',
  at: '2026-11-21T09:30:00.000Z',
  commandId: 'c',
  secret: 's',
  actor: 'key',
  approver: null,
  number: 0,
});

function decided(state: ProductState, said: Said, around: Around = {}): Decision<ProductEvent> {
  const command = commandOf(said);
  const listed = [...consults(command), ...streams(command)];
  return decide(state, command, {
    stateOf({ category, id }: StreamReference) {
      if (!listed.some((each) => each.category === category && each.id === id))
        throw new Error(`${category}/${id} was not listed`);
      return around[`${category}/${id}`] ?? { status: 'unknown' };
    },
    versionOf: () => 0,
  });
}

function outcome(state: ProductState, said: Said, around: Around = {}): unknown {
  const decision = decided(state, said, around);
  return decision.outcome === 'accepted' ? decision.events : decision.code;
}

const TEA: ProductFacts = {
  name: { en: 'Tea' },
  categoryId: null,
  price: 500,
  variants: [],
  groupIds: [],
  taxClass: 'standard',
  stationId: null,
  ingredients: [],
  allergens: [],
  windows: [],
};
const after = (...events: readonly ProductEvent[]): ProductState =>
  events.reduce(evolve, initialState);
const added: ProductEvent = { type: 'ProductAdded', data: { productId: 'p1', product: TEA } };
const retired: ProductEvent = { type: 'ProductRetired', data: { productId: 'p1', reason: 'r' } };
const add = (more: object = {}) =>
  ({
    type: 'AddProduct',
    input: { name: { en: 'Tea' }, taxClass: 'standard', price: 500, ...more },
  }) as const;
const change = (input: object): Said => ({ type: 'ChangeProduct', input });

describe('adding', () => {
  test('a product has everything that was not said empty', () => {
    expect(outcome(initialState, add())).toEqual([added]);
  });

  test('K7: a product is added once', () => {
    expect(outcome(after(added), add())).toBe('PRODUCT_EXISTS');
    expect(outcome(after(added, retired), add())).toBe('PRODUCT_EXISTS');
  });

  test('without a price it needs variants', () => {
    const said = { type: 'AddProduct', input: { name: { en: 'Tea' }, taxClass: 'a' } } as const;
    expect(outcome(initialState, said)).toBe('PRICE_MISSING');
  });

  test('two variants cannot have one id', () => {
    const small = { variantId: 's', name: { en: 's' }, price: 1 };
    expect(outcome(initialState, add({ variants: [small, small] }))).toBe('VARIANT_TWICE');
  });

  test('K8: what it names must be there', () => {
    const named = add({ categoryId: 'hot', groupIds: ['milk'] });
    expect(outcome(initialState, named)).toBe('CATEGORY_UNKNOWN');
    const hot = { 'catalog.categories/hot': { status: 'active' } };
    expect(outcome(initialState, named, hot)).toBe('GROUP_UNKNOWN');
    const gone = { ...hot, 'catalog.groups/milk': { status: 'retired' } };
    expect(outcome(initialState, named, gone)).toBe('GROUP_UNKNOWN');
    const all = { ...hot, 'catalog.groups/milk': { status: 'active' } };
    expect(outcome(initialState, named, all)).toMatchObject([{ type: 'ProductAdded' }]);
  });
});

describe('changing', () => {
  test('the event has the whole product, what was left out as it was', () => {
    expect(outcome(after(added), change({ price: 550 }))).toEqual([
      { type: 'ProductChanged', data: { productId: 'p1', product: { ...TEA, price: 550 } } },
    ]);
  });

  test('what is as it was is accepted without an event', () => {
    expect(outcome(after(added), change({ price: 500, name: { en: 'Tea' } }))).toEqual([]);
  });

  test('a group that was retired since does not stop a change of price', () => {
    const product = { ...TEA, groupIds: ['milk'], categoryId: 'hot' };
    const state = after({ type: 'ProductAdded', data: { productId: 'p1', product } });
    expect(outcome(state, change({ price: 1 }))).toMatchObject([{ type: 'ProductChanged' }]);
  });

  test('a product that loses its variants needs a price', () => {
    const variants = [{ variantId: 's', name: { en: 's' }, price: 1 }];
    const product = { ...TEA, variants, price: 0 };
    const state = after({ type: 'ProductAdded', data: { productId: 'p1', product } });
    expect(outcome(state, change({ variants: [] }))).toBe('PRICE_MISSING');
    expect(outcome(state, change({ variants: [], price: 9 }))).toHaveLength(1);
  });

  test('a retired product keeps being retired while it is changed, until it is brought back', () => {
    const changed: ProductEvent = {
      type: 'ProductChanged',
      data: { productId: 'p1', product: { ...TEA, price: 1 } },
    };
    expect(after(added, retired, changed)).toMatchObject({ status: 'retired', price: 1 });
    const back = { type: 'BringProductBack', input: {} } as const;
    expect(outcome(after(added, retired), back)).toMatchObject([{ type: 'ProductBroughtBack' }]);
    expect(outcome(after(added), back)).toEqual([]);
  });
});

describe('what is sold out', () => {
  const locationId = 'l1';
  const place = 'catalog.portions/l1~p1';
  const elsewhere = (said: Said, portions: unknown): readonly DecidedEvent[] | string => {
    const decision = decided(after(added), said, { [place]: portions });
    return decision.outcome === 'accepted'
      ? decision.elsewhere.flatMap(({ events }) => events)
      : decision.code;
  };

  test('is said on the stream of the place and product, not on that of the product', () => {
    const said = { type: 'MarkSoldOut', input: { locationId } } as const;
    const decision = decided(after(added), said, { [place]: { status: 'available' } });
    expect(decision).toEqual({
      outcome: 'accepted',
      events: [],
      elsewhere: [
        {
          category: 'catalog.portions',
          id: 'l1~p1',
          events: [{ type: 'ProductSoldOut', data: { locationId, productId: 'p1', reason: null } }],
        },
      ],
    });
    expect(attributes(initialState, commandOf(said))).toMatchObject({ locationId });
  });

  test('said again changes nothing', () => {
    const soldOut = { type: 'MarkSoldOut', input: { locationId } } as const;
    expect(elsewhere(soldOut, { status: 'sold-out' })).toEqual([]);
    const counted = { status: 'counted', remaining: 2, locationId, productId: 'p1' };
    const two = { type: 'SetRemaining', input: { locationId, remaining: 2 } } as const;
    expect(elsewhere(two, counted)).toEqual([]);
    const available = { type: 'MarkAvailable', input: { locationId } } as const;
    expect(elsewhere(available, { status: 'available' })).toEqual([]);
    expect(elsewhere(available, counted)).toMatchObject([{ type: 'ProductAvailable' }]);
  });

  test('is not said of a retired product', () => {
    const said = { type: 'MarkSoldOut', input: { locationId } } as const;
    expect(outcome(after(added, retired), said)).toBe('PRODUCT_RETIRED');
  });
});
