/** A menu as one place, channel and moment has it, in one language. Pure. */
import { money, type Currency, type Money } from '../../../core/money.ts';
import type { ImageSource } from '../images/variants.ts';
import type { PriceList } from '../price-lists/state.ts';
import { listsThatApply, priceUnder, type SaleMoment } from '../pricing/price-rules.ts';
import { isWithin, localMomentOf, type WeeklyWindow } from '../pricing/sale-windows.ts';
import { textIn } from '../pricing/texts.ts';
import type { ProductFacts } from '../products/state.ts';
import type { MenuSource } from './menu-source.ts';
import { sectionsOf, type Section } from './sections.ts';

export interface MenuQuestion extends SaleMoment {
  readonly currency: Currency;
  /** The most wanted first. */
  readonly languages: readonly string[];
}

export interface MenuProduct {
  readonly productId: string;
  readonly name: string;
  readonly description: string | null;
  /** What it costs now; null where its variants have the prices. */
  readonly price: Money | null;
  /** What it costs otherwise, where a price list holds now. */
  readonly regularPrice: Money | null;
  readonly variants: readonly MenuVariant[];
  readonly groups: readonly MenuGroup[];
  readonly ingredients: readonly string[];
  readonly allergens: readonly string[];
  /** Whether it is sold at this time of the week. */
  readonly soldNow: boolean;
  readonly windows: readonly WeeklyWindow[];
  readonly soldOut: boolean;
  /** Those that are published, in order. */
  readonly pictures: readonly MenuPicture[];
}

/** Its files lie under `/public/{slug}/images/{imageId}/{file}`. */
export interface MenuPicture {
  readonly imageId: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  readonly sources: readonly ImageSource[];
}

export interface MenuVariant {
  readonly variantId: string;
  readonly name: string;
  readonly price: Money;
  readonly regularPrice: Money | null;
}

export interface MenuGroup {
  readonly groupId: string;
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly options: readonly {
    readonly optionId: string;
    readonly name: string;
    readonly price: Money;
  }[];
}

export interface Menu {
  readonly locationId: string;
  readonly channel: string;
  readonly currency: Currency;
  readonly language: string;
  /** Wall clock of the location. */
  readonly localTime: string;
  readonly sections: readonly Section<MenuProduct>[];
}

export function renderMenu(source: MenuSource, question: MenuQuestion): Menu {
  const { locationId, channel, currency, languages, localTime } = question;
  const lists = listsThatApply(source.priceLists, question);
  const items = [...source.products].map(([productId, product]) => ({
    categoryId: product.categoryId,
    item: menuProduct({ productId, product, source, lists }, question),
  }));
  const sections = sectionsOf(items, source.categories, languages);
  return { locationId, channel, currency, language: languages[0] ?? '', localTime, sections };
}

interface Shown {
  readonly productId: string;
  readonly product: ProductFacts;
  readonly source: MenuSource;
  readonly lists: readonly PriceList[];
}

function menuProduct(shown: Shown, question: MenuQuestion): MenuProduct {
  const { productId, product, source } = shown;
  const { languages, localTime, locationId } = question;
  const { description, windows, ingredients, allergens, variants } = product;
  const priced = (variantId: string | null, price: number): Prices =>
    pricesOf(shown, { variantId, price }, question);
  const own = variants.length === 0 ? priced(null, product.price) : null;
  return {
    productId,
    name: textIn(product.name, languages),
    description: description === undefined ? null : textIn(description, languages),
    price: own?.price ?? null,
    regularPrice: own?.regularPrice ?? null,
    variants: variants.map(({ variantId, name, price }) => ({
      variantId,
      name: textIn(name, languages),
      ...priced(variantId, price),
    })),
    groups: groupsOf(shown, question),
    ingredients,
    allergens,
    soldNow: isWithin(windows, localMomentOf(localTime)),
    windows,
    soldOut: source.soldOut.has(`${locationId}~${productId}`),
    pictures: picturesOf(shown, languages),
  };
}

function picturesOf(
  { productId, source }: Shown,
  languages: readonly string[],
): readonly MenuPicture[] {
  return (source.pictures.get(productId) ?? []).flatMap((imageId) => {
    const image = source.images.get(imageId);
    if (image === undefined) return [];
    const { width, height, sources, alt } = image;
    return [{ imageId, alt: alt === null ? '' : textIn(alt, languages), width, height, sources }];
  });
}

interface Prices {
  readonly price: Money;
  readonly regularPrice: Money | null;
}

function pricesOf(
  { productId, product, lists }: Shown,
  { variantId, price }: { readonly variantId: string | null; readonly price: number },
  { currency }: MenuQuestion,
): Prices {
  const { categoryId } = product;
  const pricing = priceUnder(lists, { productId, variantId, categoryId, price });
  const regularPrice = pricing.price === price ? null : money(price, currency);
  return { price: money(pricing.price, currency), regularPrice };
}

/** A group that was retired is not asked for. */
function groupsOf({ product, source }: Shown, question: MenuQuestion): readonly MenuGroup[] {
  const { currency, languages } = question;
  return product.groupIds.flatMap((groupId) => {
    const group = source.groups.get(groupId);
    if (group === undefined) return [];
    const { min, max } = group;
    const options = group.options.map(({ optionId, name, price }) => ({
      optionId,
      name: textIn(name, languages),
      price: money(price, currency),
    }));
    return [{ groupId, name: textIn(group.name, languages), min, max, options }];
  });
}
