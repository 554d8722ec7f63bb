/** A product as it is typed, and what of it differs from what was there. Pure. */
import type { Product, Texts, Variant, Window } from './menu-types.ts';

export interface ProductValue {
  readonly name: Texts;
  readonly description: Texts;
  readonly categoryId: string;
  readonly price: number | null;
  readonly variants: readonly Variant[];
  readonly groupIds: readonly string[];
  readonly taxClass: string;
  readonly stationId: string;
  readonly ingredients: string;
  readonly allergens: string;
  readonly windows: readonly Window[];
}

export const NONE = '-';

export function valueOf(
  product: Product | null,
  first: { readonly taxClass: string; readonly categoryId: string },
): ProductValue {
  return {
    name: product?.name ?? {},
    description: product?.description ?? {},
    categoryId: (product === null ? first.categoryId : product.categoryId) ?? NONE,
    price: product?.price ?? null,
    variants: product?.variants ?? [],
    groupIds: product?.groupIds ?? [],
    taxClass: product?.taxClass ?? first.taxClass,
    stationId: product?.stationId ?? NONE,
    ingredients: (product?.ingredients ?? []).join(', '),
    allergens: (product?.allergens ?? []).join(', '),
    windows: product?.windows ?? [],
  };
}

/** As the interface takes it. */
export function bodyOf(value: ProductValue) {
  return {
    name: filled(value.name),
    description: filled(value.description),
    categoryId: value.categoryId === NONE ? null : value.categoryId,
    ...(value.price === null ? {} : { price: value.price }),
    variants: value.variants.map((variant) => ({ ...variant, name: filled(variant.name) })),
    groupIds: value.groupIds,
    taxClass: value.taxClass,
    stationId: value.stationId === NONE ? null : value.stationId,
    ingredients: listOf(value.ingredients),
    allergens: listOf(value.allergens),
    windows: value.windows,
  };
}

export type ProductBody = ReturnType<typeof bodyOf>;

/** Only what was changed, so that two people who change different fields do not undo each other. */
export function changesOf(value: ProductValue, before: ProductValue): Partial<ProductBody> {
  const [now, then] = [bodyOf(value), bodyOf(before)];
  const changed = Object.entries(now).filter(
    // safe because both have the same fields
    ([key, field]) => JSON.stringify(field) !== JSON.stringify(then[key as keyof ProductBody]),
  );
  // safe because the fields are those of the body
  return Object.fromEntries(changed) as Partial<ProductBody>;
}

export function listOf(text: string): readonly string[] {
  return [
    ...new Set(
      text
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== ''),
    ),
  ];
}

/** Ids of sizes and options: a short name that no other one has. */
export function idFor(text: string, taken: readonly string[]): string {
  const base =
    text
      .normalize('NFD')
      .replaceAll(/\p{Diacritic}/gu, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
      .slice(0, ID_LENGTH) || 'x';
  let id = base;
  for (let count = 2; taken.includes(id); count += 1) id = `${base}-${count}`;
  return id;
}

const ID_LENGTH = 40;

export function filled(texts: Texts): Texts {
  return Object.fromEntries(
    Object.entries(texts)
      .map(([language, text]) => [language, text.trim()] as const)
      .filter(([, text]) => text !== ''),
  );
}
