/** What one party of the demo orders at an hour of the day. Pure. */
import type { DemoRandom } from './demo-random.ts';
import { DEMO_CATEGORIES, DEMO_GROUPS, DEMO_PRODUCTS, HAPPY_HOUR } from './menu.ts';
import type { DemoProduct } from './menu-table.ts';

/** What each guest takes, as often as its percentage says. */
type Course = readonly [categoryId: string, percent: number];

const MORNING: readonly Course[] = [
  ['hot-drinks', 95],
  ['breakfast', 70],
  ['soft-drinks', 15],
];
const LUNCH: readonly Course[] = [
  ['starters', 25],
  ['mains', 92],
  ['sides', 12],
  ['desserts', 30],
  ['soft-drinks', 45],
  ['wine', 20],
  ['hot-drinks', 55],
];
const AFTERNOON: readonly Course[] = [
  ['hot-drinks', 55],
  ['desserts', 30],
  ['soft-drinks', 25],
  ['beer', 35],
];
const DINNER: readonly Course[] = [
  ['cocktails', 25],
  ['starters', 50],
  ['mains', 90],
  ['sides', 20],
  ['desserts', 42],
  ['wine', 55],
  ['beer', 20],
  ['soft-drinks', 25],
  ['hot-drinks', 25],
];
const LATE: readonly Course[] = [
  ['cocktails', 75],
  ['beer', 40],
  ['starters', 15],
];

const PARTY_SIZES = [1, 1, 2, 2, 2, 2, 3, 4, 4, 5];
const LARGE_SIZE_PERCENT = 35;
const OPTION_PERCENT = 35;

interface Occasion {
  /** Since midnight. */
  readonly minute: number;
  readonly weekday: number;
  readonly channel: string;
}

/** Lines as an import takes them; at least one. */
export function orderLines(occasion: Occasion, random: DemoRandom): readonly object[] {
  const guests = random.one(PARTY_SIZES);
  const quantities = new Map<string, { readonly chosen: Chosen; quantity: number }>();
  const add = (chosen: Chosen): void => {
    const key = JSON.stringify([chosen.product.id, chosen.variantId, chosen.options]);
    const held = quantities.get(key) ?? { chosen, quantity: 0 };
    held.quantity += 1;
    quantities.set(key, held);
  };
  for (let guest = 0; guest < guests; guest += 1)
    for (const [categoryId, percent] of coursesAt(occasion.minute))
      if (random.chance(percent)) add(choose(categoryId, random));
  if (quantities.size === 0) add(choose('hot-drinks', random));
  return [...quantities.values()].map(({ chosen, quantity }) => lineOf(chosen, quantity, occasion));
}

function coursesAt(minute: number): readonly Course[] {
  if (minute < 11 * 60 + 30) return MORNING;
  if (minute < 15 * 60) return LUNCH;
  if (minute < 18 * 60 + 30) return AFTERNOON;
  return minute < 22 * 60 ? DINNER : LATE;
}

export interface Chosen {
  readonly product: DemoProduct;
  readonly variantId: string | undefined;
  readonly name: string;
  /** Of one, options included. */
  readonly price: number;
  readonly options: readonly {
    readonly groupId: string;
    readonly optionId: string;
    readonly name: string;
    readonly price: number;
  }[];
}

const BY_CATEGORY = Map.groupBy(DEMO_PRODUCTS, ({ categoryId }) => categoryId);

/** A product of the category with what must be chosen about it. */
export function choose(categoryId: string, random: DemoRandom): Chosen {
  const of = BY_CATEGORY.get(categoryId) ?? [];
  const product = random.one(of.flatMap((each) => Array.from({ length: each.weight }, () => each)));
  const { names, variants } = product;
  const [small, large] = variants;
  const variant = large !== undefined && random.chance(LARGE_SIZE_PERCENT) ? large : small;
  const options = product.groupIds.flatMap((groupId) => optionsOf(groupId, random));
  const price = options.reduce((sum, each) => sum + each.price, variant?.price ?? product.price);
  const name = variant === undefined ? names.fr : `${names.fr} ${variant.name}`;
  return { product, variantId: variant?.variantId, name, price, options };
}

/** As many as must be, and sometimes one more. */
function optionsOf(groupId: string, random: DemoRandom): Chosen['options'] {
  const group = DEMO_GROUPS.find(({ id }) => id === groupId);
  if (group === undefined) return [];
  const extra = group.min < group.max && random.chance(OPTION_PERCENT) ? 1 : 0;
  const first = random.below(group.options.length);
  return Array.from({ length: group.min + extra }, (_, index) => {
    const option = group.options[(first + index) % group.options.length];
    const { optionId = '', name, price = 0 } = option ?? {};
    return { groupId, optionId, name: name?.fr ?? optionId, price };
  });
}

function lineOf(
  { product, variantId, name, price, options }: Chosen,
  quantity: number,
  occasion: Occasion,
): object {
  const { id, categoryId } = product;
  const full = price * quantity;
  return {
    productId: id,
    categoryId,
    ...(variantId === undefined ? {} : { variantId }),
    name,
    quantity,
    amount: full - Math.round((full * percentOff(categoryId, occasion)) / 100),
    taxClass: DEMO_CATEGORIES.find((each) => each.id === categoryId)?.taxClass ?? 'food',
    modifiers: options,
  };
}

function percentOff(categoryId: string, { minute, weekday, channel }: Occasion): number {
  const { from, to, lastWeekday, channels, percent } = HAPPY_HOUR;
  const isThen = minute >= from * 60 && minute < to * 60 && weekday <= lastWeekday;
  return isThen && channels.includes(channel) ? (percent.get(categoryId) ?? 0) : 0;
}
