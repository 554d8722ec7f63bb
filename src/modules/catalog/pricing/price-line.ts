/**
 * What one line of an order costs, or why it cannot be sold. Pure: an order reads the streams and passes the states in,
 * so the same line at the same moment has the same price wherever it is asked.
 */
import type { Refusal, StreamReference } from '../../../core/aggregate.ts';
import { rejected, type Rejected } from '../../../core/decision.ts';
import type { GroupState, KnownGroup } from '../groups/state.ts';
import type { PriceList } from '../price-lists/state.ts';
import type { KnownProduct, ProductState } from '../products/state.ts';
import { priceUnder } from './price-rules.ts';
import { isWithin, localMomentOf } from './sale-windows.ts';
import { textIn } from './texts.ts';

export const PRODUCTS_CATEGORY = 'catalog.products';
export const GROUPS_CATEGORY = 'catalog.groups';

/** Streams that a line is priced by: the product first; once its state is read, its modifier groups. */
export function productStream(productId: string): StreamReference {
  return { category: PRODUCTS_CATEGORY, id: productId };
}

export function groupStreams(product: ProductState): readonly StreamReference[] {
  if (product.status === 'unknown') return [];
  return product.groupIds.map((id) => ({ category: GROUPS_CATEGORY, id }));
}

export interface LineWish {
  readonly productId: string;
  readonly variantId: string | null;
  /** Choices for one of it. `groupId` only where two groups of the product have options of one id. */
  readonly modifiers: readonly ModifierWish[];
  /** Of one with its modifiers, minor units, as the buyer was shown it; undefined when nobody looked. */
  readonly expectedPrice?: number | undefined;
}

export interface ModifierWish {
  readonly groupId?: string | undefined;
  readonly optionId: string;
  readonly quantity: number;
}

export interface PriceSources {
  readonly product: ProductState;
  /** By id: the states of all groups the product names. */
  readonly groups: ReadonlyMap<string, GroupState>;
  /** What `listsThatApply` gave for place, channel and time of the sale. */
  readonly priceLists: readonly PriceList[];
  /** Wall clock of the location, `YYYY-MM-DDTHH:MM:SS`. */
  readonly localTime: string;
  /** For the names on the line, the most wanted first. */
  readonly languages: readonly string[];
}

export interface PricedModifier {
  readonly groupId: string;
  readonly optionId: string;
  readonly name: string;
  readonly quantity: number;
  /** Of one. */
  readonly price: number;
}

export interface PricedLine {
  readonly outcome: 'priced';
  readonly productId: string;
  readonly variantId: string | null;
  readonly categoryId: string | null;
  /** Of the product, and of the variant where there is one: `Latte, large`. */
  readonly name: string;
  /** Of one, without modifiers. */
  readonly unitPrice: number;
  readonly modifiers: readonly PricedModifier[];
  /** Of one, with its modifiers. */
  readonly priceOfOne: number;
  readonly taxClass: string;
  readonly stationId: string | null;
  /** Null for the price of the product itself. */
  readonly priceListId: string | null;
}

/** Refusals of `priceLine` and `takePortions`: a module that sells puts them into its own table. */
export const SALE_REFUSALS = {
  PRODUCT_UNKNOWN: {
    sentence: 'There is no such product.',
    remedy: 'Read the menu again and choose from it.',
  },
  PRODUCT_RETIRED: {
    sentence: 'The product is no longer sold.',
    remedy: 'Read the menu again and choose another one.',
  },
  PRODUCT_NOT_SOLD_NOW: {
    sentence: 'The product is not sold at this time.',
    remedy: 'Look at `windows` for when it is.',
  },
  VARIANT_UNKNOWN: {
    sentence: 'The product is sold in variants and this is none of them.',
    remedy: 'Choose one of `variantIds`; none when the list is empty.',
  },
  MODIFIER_UNKNOWN: {
    sentence: 'The product cannot be had with this option.',
    remedy: 'Choose options of its modifier groups.',
  },
  MODIFIERS_OUT_OF_BOUNDS: {
    sentence: 'Too few or too many options of a modifier group were chosen.',
    remedy: 'Choose at least `min` and at most `max` options of the group.',
  },
  PRICE_CHANGED: {
    sentence: 'The price is another one now.',
    remedy: 'Show the buyer the price in `current` and ask again with it.',
  },
  SOLD_OUT: {
    sentence: 'There is not enough of it left.',
    remedy: 'Order at most `remaining`, or something else.',
  },
} as const satisfies Record<string, Refusal>;

export function priceLine(wish: LineWish, sources: PriceSources): PricedLine | Rejected {
  const { productId } = wish;
  const { product, localTime, priceLists, languages } = sources;
  if (product.status === 'unknown') return rejected('PRODUCT_UNKNOWN', { productId });
  if (product.status === 'retired') return rejected('PRODUCT_RETIRED', { productId });
  const { windows, categoryId, taxClass, stationId } = product;
  if (windows.length > 0 && !isWithin(windows, localMomentOf(localTime)))
    return rejected('PRODUCT_NOT_SOLD_NOW', { productId, windows });
  const chosen = variantOf(product, wish);
  if ('outcome' in chosen) return chosen;
  const modifiers = modifiersOf(product, wish, sources);
  if ('outcome' in modifiers) return modifiers;
  const thing = { productId, variantId: wish.variantId, categoryId, price: chosen.price };
  const { price: unitPrice, priceListId } = priceUnder(priceLists, thing);
  const extras = modifiers.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const priceOfOne = unitPrice + extras;
  if (wish.expectedPrice !== undefined && wish.expectedPrice !== priceOfOne)
    return rejected('PRICE_CHANGED', { productId, current: priceOfOne });
  const named = textIn(product.name, languages);
  const name = chosen.name === null ? named : `${named}, ${textIn(chosen.name, languages)}`;
  const { variantId } = wish;
  const facts = { productId, variantId, categoryId, name, taxClass, stationId, priceListId };
  return { outcome: 'priced', ...facts, unitPrice, modifiers, priceOfOne };
}

interface Chosen {
  readonly name: KnownProduct['name'] | null;
  readonly price: number;
}

function variantOf(product: KnownProduct, { productId, variantId }: LineWish): Chosen | Rejected {
  const { variants, price } = product;
  if (variants.length === 0 && variantId === null) return { name: null, price };
  const variant = variants.find((each) => each.variantId === variantId);
  if (variant !== undefined) return { name: variant.name, price: variant.price };
  const variantIds = variants.map((each) => each.variantId);
  return rejected('VARIANT_UNKNOWN', { productId, variantId, variantIds });
}

/** In the order of groups and options, whatever the order of the wishes, each option once. */
function modifiersOf(
  product: KnownProduct,
  { productId, modifiers }: LineWish,
  { groups, languages }: PriceSources,
): readonly PricedModifier[] | Rejected {
  const asked = askedGroups(product, groups);
  // Of which group a wish is: two groups may have options of one id.
  const chosenFrom: string[] = [];
  for (const wish of modifiers) {
    const { optionId } = wish;
    const found = asked.find(
      ({ groupId, group }) =>
        (wish.groupId === undefined || wish.groupId === groupId) &&
        group.options.some((each) => each.optionId === optionId),
    );
    if (found === undefined) return rejected('MODIFIER_UNKNOWN', { productId, optionId });
    chosenFrom.push(found.groupId);
  }
  const priced: PricedModifier[] = [];
  for (const { groupId, group } of asked) {
    let given = 0;
    for (const option of group.options) {
      const { optionId, price } = option;
      let quantity = 0;
      modifiers.forEach((wish, index) => {
        if (wish.optionId === optionId && chosenFrom[index] === groupId) quantity += wish.quantity;
      });
      // Less than none of one option would make room for more of another.
      if (quantity < 0) return outOfBounds(group, { productId, groupId, given: quantity });
      given += quantity;
      if (quantity === 0) continue;
      const name = textIn(option.name, languages);
      priced.push({ groupId, optionId, name, quantity, price });
    }
    if (given < group.min || given > group.max)
      return outOfBounds(group, { productId, groupId, given });
  }
  return priced;
}

interface AskedGroup {
  readonly groupId: string;
  readonly group: KnownGroup;
}

/** A group that was retired, or never was, is not asked for. */
function askedGroups(
  { groupIds }: KnownProduct,
  groups: ReadonlyMap<string, GroupState>,
): readonly AskedGroup[] {
  return groupIds.flatMap((groupId) => {
    const group = groups.get(groupId);
    return group?.status === 'active' ? [{ groupId, group }] : [];
  });
}

function outOfBounds(
  { min, max }: KnownGroup,
  facts: { readonly productId: string; readonly groupId: string; readonly given: number },
): Rejected {
  return rejected('MODIFIERS_OUT_OF_BOUNDS', { ...facts, min, max });
}
