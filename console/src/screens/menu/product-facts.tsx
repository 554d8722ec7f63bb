/** What a product is, as it is sold. */
import type { ReactElement } from 'react';
import { Facts } from '../../design/page.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { windowLine } from './hours-fields.tsx';
import { textIn, type Product } from './menu-types.ts';
import type { Catalog, House } from './use-catalog.ts';
import { words } from './words.ts';

export function ProductFacts(props: {
  readonly product: Product;
  readonly house: House;
  readonly catalog: Catalog;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { product, house, catalog } = props;
  const money = (amount: number): string =>
    formatMoney({ amount, currency: house.currency }, language);
  const nameOf = (
    list: readonly { readonly id: string; readonly name: Product['name'] }[],
    id: string,
  ): string => textIn(list.find((each) => each.id === id)?.name, language) || id;
  return (
    <Facts
      facts={[
        ...Object.entries(product.name).map(
          ([each, text]) => [t('name-in', { language: each }), text] as const,
        ),
        [t('price'), product.price === null ? null : money(product.price)],
        [
          t('variants'),
          product.variants.length === 0 ? null : (
            <ul key="variants">
              {product.variants.map((variant) => (
                <li key={variant.variantId} className="flex justify-between gap-3">
                  <span className="min-w-0 truncate">{textIn(variant.name, language)}</span>
                  <span>{money(variant.price)}</span>
                </li>
              ))}
            </ul>
          ),
        ],
        ...Object.entries(product.description ?? {}).map(
          ([each, text]) => [t('description-in', { language: each }), text] as const,
        ),
        [
          t('section'),
          product.categoryId === null ? null : nameOf(catalog.categories, product.categoryId),
        ],
        [t('tax'), product.taxClass],
        [
          t('station'),
          house.stations.find(({ stationId }) => stationId === product.stationId)?.name ??
            product.stationId,
        ],
        [t('groups'), product.groupIds.map((id) => nameOf(catalog.groups, id)).join(', ')],
        [t('ingredients'), product.ingredients.join(', ')],
        [t('allergens'), product.allergens.join(', ')],
        [t('hours'), product.windows.map((window) => windowLine(window, language)).join('; ')],
      ]}
    />
  );
}
