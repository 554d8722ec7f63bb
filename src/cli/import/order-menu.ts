/** The menu that order lines speak of: products with their usual prices, modifier groups with what was chosen. Pure. */
import { createHash } from 'node:crypto';
import { divideHalfEven } from '../../core/money.ts';
import type { OrderLine } from './order-lines.ts';

/** As the catalog has it: fewest and most choices of one product. */
const CHOICES_MAX = 50;
/** A group of the catalog holds so many options; what is chosen beyond them stays in the orders. */
const OPTIONS_MAX = 200;
const ID_LENGTH = 40;
/** Parts of a choice: what it is, and what comes with it. */
const PARTS = [
  { part: 0, title: 'choice' },
  { part: 1, title: 'extras' },
] as const;

interface MenuProduct {
  readonly name: string;
  /** Of one, as it was paid most often, in minor units. */
  readonly price: number;
  /** Names of its groups. */
  readonly groups: readonly string[];
}

export interface MenuGroup {
  readonly name: string;
  readonly part: 0 | 1;
  readonly products: ReadonlySet<string>;
  readonly min: number;
  readonly max: number;
  readonly options: readonly { readonly optionId: string; readonly name: string }[];
}

export interface OrderMenu {
  readonly products: readonly MenuProduct[];
  readonly groups: readonly MenuGroup[];
}

export function menuOf(lines: readonly OrderLine[]): OrderMenu {
  const byItem = Map.groupBy(lines, ({ item }) => item);
  const groups = PARTS.flatMap((of) => groupsOf(byItem, of));
  const products = [...byItem].map(([name, sold]) => ({
    name,
    price: usualPrice(sold),
    groups: groups.filter((group) => group.products.has(name)).map((group) => group.name),
  }));
  return { products, groups };
}

/** Of equally frequent ones the lowest; what was corrected downwards is no price. */
function usualPrice(sold: readonly OrderLine[]): number {
  const counts = new Map<number, number>();
  for (const { amount, quantity } of sold) {
    const price = divideHalfEven(BigInt(amount), BigInt(quantity));
    if (price >= 0) counts.set(price, (counts.get(price) ?? 0) + 1);
  }
  const [usual] = [...counts].sort(([a, often], [b, seldom]) => seldom - often || a - b);
  return usual?.[0] ?? 0;
}

/** Products that share a choice share a group: what can be chosen for one can be for the others. */
function groupsOf(
  byItem: ReadonlyMap<string, readonly OrderLine[]>,
  { part, title }: (typeof PARTS)[number],
): readonly MenuGroup[] {
  let groups: { readonly products: Set<string>; readonly options: Set<string> }[] = [];
  for (const [item, sold] of byItem) {
    const options = new Set(sold.flatMap(({ choices }) => choices[part]));
    if (options.size === 0) continue;
    const sharing = groups.filter((each) => [...options].some((name) => each.options.has(name)));
    const [kept = { products: new Set<string>(), options: new Set<string>() }, ...others] = sharing;
    if (sharing.length === 0) groups.push(kept);
    for (const from of [...others, { products: [item], options }]) {
      for (const name of from.products) kept.products.add(name);
      for (const name of from.options) kept.options.add(name);
    }
    groups = groups.filter((each) => !others.includes(each));
  }
  return groups.map(({ products, options }) => {
    const sold = [...products].flatMap((item) => byItem.get(item) ?? []);
    const counts = sold.map(({ choices }) => choices[part].length);
    const least = counts.reduce((before, count) => Math.min(before, count), CHOICES_MAX);
    const most = counts.reduce((before, count) => Math.max(before, count), 1);
    const [first = ''] = products;
    return {
      name: `${first}: ${title}`,
      part,
      products,
      min: least,
      max: Math.min(most, CHOICES_MAX),
      options: optionsOf([...options].slice(0, OPTIONS_MAX)),
    };
  });
}

function optionsOf(names: readonly string[]): MenuGroup['options'] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain = idFromName(name);
    const optionId = taken.has(plain) ? `${plain}-${digestOf(name)}` : plain;
    taken.add(optionId);
    return { optionId, name };
  });
}

/** `Tomato Salsa (Mild)` is `tomato-salsa-mild`; a name without Latin letters is known by its digest. */
export function idFromName(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, ID_LENGTH);
  return words === '' ? `option-${digestOf(name)}` : words;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
