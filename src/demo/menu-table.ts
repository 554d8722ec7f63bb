/** How the demo's menu is written down: one line for each product, so that it can be read as a menu. Pure. */

export interface DemoProduct {
  readonly id: string;
  readonly categoryId: string;
  /** Cents of one; that of the first variant where there are some. */
  readonly price: number;
  readonly names: { readonly fr: string; readonly en: string; readonly pl: string };
  readonly variants: readonly DemoVariant[];
  readonly allergens: readonly string[];
  readonly groupIds: readonly string[];
  readonly ingredients: readonly string[];
  /** How often it is ordered beside the others of its category. */
  readonly weight: number;
}

interface DemoVariant {
  readonly variantId: string;
  readonly name: string;
  readonly price: number;
}

/**
 * `# category`, then lines of `id | price | fr | en | pl | allergens | choices | ingredients | weight`, where the price is
 * cents, or a list of sizes with their cents: `25 cl 390, 50 cl 720`.
 */
export function readMenuTable(text: string): readonly DemoProduct[] {
  const products: DemoProduct[] = [];
  let categoryId = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('# ')) categoryId = line.slice(2);
    else if (line !== '') products.push(productOf(line, categoryId));
  }
  return products;
}

function productOf(line: string, categoryId: string): DemoProduct {
  const [id = '', prices = '', fr = '', en = '', pl = '', ...rest] = line.split(/ *\| */);
  const [allergens = '', groups = '', ingredients = '', weight = ''] = rest;
  const variants = variantsOf(prices);
  return {
    id,
    categoryId,
    price: variants[0]?.price ?? Number(prices),
    names: { fr, en, pl },
    variants,
    allergens: listOf(allergens),
    groupIds: listOf(groups),
    ingredients: listOf(ingredients),
    weight: Number(weight),
  };
}

function variantsOf(prices: string): readonly DemoVariant[] {
  if (/^\d+$/.test(prices)) return [];
  return listOf(prices).map((text) => {
    const [, name = '', price] = /^(.+) (\d+)$/.exec(text) ?? [];
    const variantId = name.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase();
    return { variantId, name, price: Number(price) };
  });
}

function listOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(', ');
}
