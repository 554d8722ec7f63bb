/** Which price holds: that of the product, or that of the one price list that applies with the highest priority. */
import { divideHalfEven } from '../../../core/money.ts';
import { RATE_UNIT, type ServiceChannel } from '../../../core/tax.ts';
import type { PriceList, PriceListsState, PriceRule } from '../price-lists/state.ts';
import type { ProductFacts } from '../products/state.ts';
import { isWithin, localMomentOf, type LocalMoment } from './sale-windows.ts';

/** Where and when something is sold. */
export interface SaleMoment {
  readonly locationId: string;
  readonly channel: ServiceChannel;
  /** Wall clock of the location, `YYYY-MM-DDTHH:MM:SS`, as `localOf` gives it. */
  readonly localTime: string;
}

/** The lists that apply, the one that wins first. The same for every product, so a menu or order asks once. */
export function listsThatApply({ lists }: PriceListsState, sale: SaleMoment): readonly PriceList[] {
  if (lists.length === 0) return lists;
  const moment = localMomentOf(sale.localTime);
  return lists.filter((list) => applies(list, sale, moment)).sort(byPriority);
}

function applies(list: PriceList, sale: SaleMoment, moment: LocalMoment): boolean {
  const { channels, locationIds, windows, firstDay, lastDay } = list;
  return (
    (channels.length === 0 || channels.includes(sale.channel)) &&
    (locationIds.length === 0 || locationIds.includes(sale.locationId)) &&
    isWithin(windows, moment, { firstDay, lastDay })
  );
}

/** Priorities that are equal leave the order by id, so that the same sale has the same price everywhere. */
function byPriority(a: PriceList, b: PriceList): number {
  return b.priority - a.priority || (a.priceListId < b.priceListId ? -1 : 1);
}

export interface Pricing {
  /** Minor units, of one, without modifiers. */
  readonly price: number;
  /** Null for the price of the product itself. */
  readonly priceListId: string | null;
}

/** What is sold, of which price rules speak. */
export interface PricedThing {
  readonly productId: string;
  readonly variantId: string | null;
  readonly categoryId: ProductFacts['categoryId'];
  /** Of the product or variant itself. */
  readonly price: number;
}

/** The first list with a rule for it decides; lists are never added up. */
export function priceUnder(lists: readonly PriceList[], thing: PricedThing): Pricing {
  for (const { priceListId, rules } of lists) {
    const rule = closestRule(rules, thing);
    if (rule !== undefined) return { price: priceBy(rule, thing.price), priceListId };
  }
  return { price: thing.price, priceListId: null };
}

/** The variant, the product, its category, everything: the first that a rule names; of equal ones the first in order. */
function closestRule(rules: readonly PriceRule[], thing: PricedThing): PriceRule | undefined {
  let best: PriceRule | undefined;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const rule of rules) {
    const rank = rankOf(rule, thing);
    if (rank < bestRank) [best, bestRank] = [rule, rank];
  }
  return best;
}

function rankOf(rule: PriceRule, thing: PricedThing): number {
  if (rule.kind === 'fixed') {
    if (rule.productId !== thing.productId) return Number.POSITIVE_INFINITY;
    if (rule.variantId === null) return 1;
    return rule.variantId === thing.variantId ? 0 : Number.POSITIVE_INFINITY;
  }
  if (rule.categoryId === null) return 3;
  return rule.categoryId === thing.categoryId ? 2 : Number.POSITIVE_INFINITY;
}

function priceBy(rule: PriceRule, price: number): number {
  if (rule.kind === 'fixed') return rule.price;
  return divideHalfEven(BigInt(price) * BigInt(RATE_UNIT - rule.off), BigInt(RATE_UNIT));
}
