/** A price list as it is typed, and what of it holds for a product. Pure. */
import type { PriceList, Texts, Window } from './menu-types.ts';
import { filled } from './product-value.ts';

/** Rates are thousandths of a per cent; people write per cent. */
const RATE_PER_PERCENT = 1000;
const PERCENT_MAX = 100;
/** As the server takes them. */
export const PRIORITY_MAX = 1000;

export interface Percent {
  /** Null for every product. */
  readonly categoryId: string | null;
  /** Per cent that are taken off; null while it is typed. */
  readonly off: number | null;
}

export interface PriceListValue {
  readonly name: Texts;
  readonly priority: number | null;
  readonly channels: PriceList['channels'];
  readonly locationIds: readonly string[];
  readonly windows: readonly Window[];
  /** YYYY-MM-DD, or empty for no bound. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly percents: readonly Percent[];
  /** Minor units by `priceKey`. */
  readonly prices: Readonly<Record<string, number>>;
}

export const NEW_LIST: PriceListValue = {
  name: {},
  priority: 0,
  channels: [],
  locationIds: [],
  windows: [],
  firstDay: '',
  lastDay: '',
  percents: [],
  prices: {},
};

/** A product as a whole, or one of its sizes. Neither id has a slash. */
export function priceKey(productId: string, variantId: string | null): string {
  return variantId === null ? productId : `${productId}/${variantId}`;
}

export function listValueOf(list: PriceList): PriceListValue {
  const { name, priority, channels, locationIds, windows, firstDay, lastDay, rules } = list;
  return {
    name,
    priority,
    channels,
    locationIds,
    windows,
    firstDay: firstDay ?? '',
    lastDay: lastDay ?? '',
    percents: rules.flatMap((rule) =>
      rule.kind === 'percent'
        ? [{ categoryId: rule.categoryId, off: rule.off / RATE_PER_PERCENT }]
        : [],
    ),
    prices: Object.fromEntries(
      rules.flatMap((rule) =>
        rule.kind === 'fixed' ? [[priceKey(rule.productId, rule.variantId), rule.price]] : [],
      ),
    ),
  };
}

/** As the server takes it. */
export function listBodyOf(value: PriceListValue) {
  return {
    name: filled(value.name),
    priority: value.priority ?? 0,
    channels: value.channels,
    locationIds: value.locationIds,
    windows: value.windows,
    firstDay: value.firstDay === '' ? null : value.firstDay,
    lastDay: value.lastDay === '' ? null : value.lastDay,
    rules: [
      ...Object.entries(value.prices).map(([key, price]) => {
        const [productId = '', variantId = null] = key.split('/');
        return { kind: 'fixed' as const, productId, variantId, price };
      }),
      ...value.percents.map(({ categoryId, off }) => ({
        kind: 'percent' as const,
        categoryId,
        off: Math.round((off ?? 0) * RATE_PER_PERCENT),
      })),
    ],
  };
}

export type ListFault = 'name' | 'days' | 'percent' | 'empty' | 'priority' | 'windows';

/** What is missing before it can be saved; null for nothing. */
export function listFault(value: PriceListValue): ListFault | null {
  const { firstDay, lastDay, percents, prices, priority, windows } = value;
  if (Object.keys(filled(value.name)).length === 0) return 'name';
  if (firstDay !== '' && lastDay !== '' && lastDay < firstDay) return 'days';
  if (priority === null || priority < 0 || priority > PRIORITY_MAX) return 'priority';
  const isOpen = windows.some(({ days, from, to }) => days.length === 0 || !from || !to);
  if (isOpen) return 'windows';
  if (percents.some(({ off }) => off === null || off <= 0 || off > PERCENT_MAX)) return 'percent';
  return percents.length === 0 && Object.keys(prices).length === 0 ? 'empty' : null;
}

/** What a list says of a product or size: a price of its own, per cent off, or nothing. */
export type Said =
  | { readonly kind: 'price'; readonly price: number }
  | { readonly kind: 'percent'; readonly off: number }
  | null;

/** The closest rule counts: of the size, of the product, of its section, of everything. */
export function saidOf(
  { rules }: Pick<PriceList, 'rules'>,
  of: {
    readonly id: string;
    readonly variantId: string | null;
    readonly categoryId: string | null;
  },
): Said {
  const fixed = (variantId: string | null) =>
    rules.find(
      (rule) => rule.kind === 'fixed' && rule.productId === of.id && rule.variantId === variantId,
    );
  const percent = (categoryId: string | null) =>
    rules.find((rule) => rule.kind === 'percent' && rule.categoryId === categoryId);
  const rule =
    fixed(of.variantId) ??
    fixed(null) ??
    (of.categoryId === null ? undefined : percent(of.categoryId)) ??
    percent(null);
  if (rule === undefined) return null;
  if (rule.kind === 'fixed') return { kind: 'price', price: rule.price };
  return { kind: 'percent', off: rule.off / RATE_PER_PERCENT };
}
