/** What the server answers about the menu, where the description of the interface leaves it open. */
import { LOCALES, type Language } from '../../words/define-words.ts';

export type Texts = Readonly<Record<string, string>>;

export interface Variant {
  readonly variantId: string;
  readonly name: Texts;
  readonly price: number;
}

export interface Window {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}

export interface Product {
  readonly id: string;
  readonly name: Texts;
  readonly description: Texts | null;
  readonly categoryId: string | null;
  /** Minor units. */
  readonly price: number | null;
  readonly variants: readonly Variant[];
  readonly groupIds: readonly string[];
  readonly taxClass: string;
  readonly stationId: string | null;
  readonly ingredients: readonly string[];
  readonly allergens: readonly string[];
  readonly windows: readonly Window[];
  readonly status: 'active' | 'retired';
}

export interface ProductRow extends Product {
  readonly title: string;
}

export interface Category {
  readonly id: string;
  readonly title: string;
  readonly name: Texts;
  readonly parentId: string | null;
  readonly positionInParent: number;
}

export interface Group {
  readonly id: string;
  readonly title: string;
  readonly name: Texts;
  readonly min: number;
  readonly max: number;
  readonly options: readonly {
    readonly optionId: string;
    readonly name: Texts;
    readonly price: number;
  }[];
  readonly status: 'active' | 'retired';
}

export interface PriceList {
  readonly priceListId: string;
  readonly name: Texts;
  readonly priority: number;
  readonly channels: readonly ('eat-in' | 'take-away' | 'delivery')[];
  readonly locationIds: readonly string[];
  readonly windows: readonly Window[];
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly rules: readonly (
    | {
        readonly kind: 'fixed';
        readonly productId: string;
        readonly variantId: string | null;
        readonly price: number;
      }
    | { readonly kind: 'percent'; readonly categoryId: string | null; readonly off: number }
  )[];
}

export interface PortionRow {
  readonly id: string;
  readonly productId: string;
  readonly soldOut: boolean;
  readonly remaining: number | null;
  readonly reason: string | null;
  readonly changedAt: string;
}

export interface RecipeRow {
  readonly id: string;
  readonly title: string;
  readonly name: Texts;
  readonly kind: string | null;
  readonly glass: string | null;
  readonly ingredients: readonly {
    readonly name: string;
    readonly label: string | null;
    readonly amount: number | null;
    readonly unit: string | null;
  }[];
  readonly garnish: Texts | null;
  readonly method: Texts | null;
  readonly productId: string | null;
  readonly status: 'active' | 'retired';
}

export interface ImageRow {
  readonly id: string;
  readonly status: 'private' | 'published' | 'removed';
  readonly personId: string | null;
  readonly width: number;
  readonly height: number;
  readonly sources: readonly {
    readonly file: string;
    readonly type: string;
    readonly width: number;
  }[];
  readonly alt: Texts | null;
  readonly uploadedAt: string;
}

export interface Album {
  readonly id: string;
  readonly title: string;
  readonly name: Texts;
  readonly imageIds: readonly string[];
  readonly status: 'private' | 'published' | 'removed';
}

/** In the reader's language, else in the first there is. */
export function textIn(texts: Texts | null | undefined, language: string): string {
  if (texts === null || texts === undefined) return '';
  const near = Object.keys(texts).find((key) => key.startsWith(language));
  return (
    texts[language] ??
    (near === undefined ? undefined : texts[near]) ??
    Object.values(texts)[0] ??
    ''
  );
}

/** In the order that the reader looks names up in: of their language, which is that of the names they see. */
export function byName<Row extends { readonly name: Texts }>(
  rows: readonly Row[],
  language: Language,
): readonly Row[] {
  const { compare } = new Intl.Collator(LOCALES[language], { numeric: true });
  return rows.toSorted((a, b) => compare(textIn(a.name, language), textIn(b.name, language)));
}

/** Categories in the order of the menu, each with how deep it stands. */
export function inOrder(
  categories: readonly Category[],
): readonly (Category & { readonly depth: number })[] {
  const under = (
    parentId: string | null,
    depth: number,
  ): readonly (Category & { readonly depth: number })[] =>
    depth > DEPTH_MAX
      ? []
      : categories
          .filter((category) => category.parentId === parentId)
          .toSorted((a, b) => a.positionInParent - b.positionInParent)
          .flatMap((category) => [{ ...category, depth }, ...under(category.id, depth + 1)]);
  return under(null, 0);
}

/** Categories are nested four deep at most. */
const DEPTH_MAX = 4;
