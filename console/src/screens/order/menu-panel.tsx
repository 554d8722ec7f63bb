/** The menu to tap on: sections, a search, and tiles with price and what is sold out. */
import { useState, type ReactElement } from 'react';
import { classes } from '../../design/classes.ts';
import { SearchField } from '../../design/fields.tsx';
import { EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { found } from './menu-search.ts';
import type { MenuProduct } from './order-types.ts';
import type { MenuHere } from './use-menu.ts';
import { words } from './words-menu.ts';

export interface MenuPanelProps {
  readonly menu: MenuHere;
  /** How many of a product are in the basket. */
  countOf(productId: string): number;
  onTap(product: MenuProduct): void;
  /** Options, notes and courses are chosen first. */
  onChoose(product: MenuProduct): void;
}

export function MenuPanel({ menu, countOf, onTap, onChoose }: MenuPanelProps): ReactElement {
  const t = useWords(words);
  const [search, setSearch] = useState('');
  const [section, setSection] = useState<string | null>(null);
  if (menu.error !== null && menu.sections.length === 0)
    return <ErrorNote error={menu.error} onRetry={() => void menu.readAgain()} />;
  if (menu.isLoading) return <Skeleton lines={8} />;
  if (menu.sections.length === 0)
    return <EmptyState title={t('empty-title')} text={t('empty-text')} icon="menu" />;
  const chosen = menu.sections.find(({ key }) => key === section) ?? firstSelling(menu.sections);
  const products = search.trim() === '' ? (chosen?.products ?? []) : found(menu.sections, search);
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <SearchField label={t('search')} value={search} onChange={setSearch} />
      {search.trim() === '' ? (
        <nav
          aria-label={t('sections')}
          className="-mx-1 flex gap-2 overflow-x-auto px-1 py-1 md:flex-wrap md:overflow-x-visible"
        >
          {menu.sections.map(({ key, name }) => (
            <button
              key={key}
              type="button"
              aria-pressed={key === chosen?.key}
              onClick={() => setSection(key)}
              className={classes(
                'h-11 max-w-56 shrink-0 truncate rounded-control border px-4 text-14 font-medium',
                key === chosen?.key
                  ? 'border-brand bg-brand text-on-brand'
                  : 'border-control bg-raised text-ink hover:bg-sunken',
              )}
            >
              {name}
            </button>
          ))}
        </nav>
      ) : (
        <output className="text-13 text-muted">{t('found', { count: products.length })}</output>
      )}
      <div className="grid grid-cols-[repeat(auto-fill,minmax(132px,1fr))] gap-2">
        {products.map((product) => (
          <ProductTile
            key={product.productId}
            product={product}
            count={countOf(product.productId)}
            onTap={() => onTap(product)}
            onChoose={() => onChoose(product)}
          />
        ))}
      </div>
    </div>
  );
}

/** In the evening that is not the breakfast; when nothing is sold, the first of all. */
function firstSelling(sections: MenuHere['sections']): MenuHere['sections'][number] | undefined {
  const sells = ({ soldOut, soldNow }: MenuProduct): boolean => soldNow && !soldOut;
  return sections.find(({ products }) => products.some((each) => sells(each))) ?? sections[0];
}

function ProductTile(props: {
  readonly product: MenuProduct;
  readonly count: number;
  onTap(): void;
  onChoose(): void;
}): ReactElement {
  const t = useWords(words);
  const { product, count, onTap, onChoose } = props;
  const { soldOut, soldNow, name } = product;
  const why = soldOut ? t('sold-out') : soldNow ? null : t('not-now');
  return (
    <div
      className={classes(
        'relative flex min-w-0 rounded-card border',
        count > 0
          ? 'border-brand bg-brand-soft'
          : why === null
            ? 'border-line bg-raised'
            : 'border-line bg-sunken',
      )}
    >
      <button
        type="button"
        disabled={why !== null}
        onClick={onTap}
        className="flex min-h-20 min-w-0 flex-1 flex-col items-start gap-1 rounded-card p-3 text-left hover:brightness-[0.98] disabled:cursor-not-allowed"
      >
        <span dir="auto" className="line-clamp-2 w-full pr-6 text-14 font-medium break-words">
          {name}
        </span>
        <span
          className={classes(
            'mt-auto truncate text-13',
            why === null ? 'text-muted-on-soft' : 'text-wine',
          )}
        >
          {why ?? <Price product={product} />}
        </span>
      </button>
      {count === 0 ? null : (
        <span className="pointer-events-none absolute right-2 bottom-2 rounded-full bg-brand px-2 text-13 font-semibold text-on-brand">
          {count}
        </span>
      )}
      {why !== null ? null : (
        <button
          type="button"
          aria-label={t('choose', { name: name.slice(0, 100) })}
          title={t('choose', { name: name.slice(0, 100) })}
          onClick={onChoose}
          className="absolute top-0 right-0 size-10 rounded-card text-16 leading-none text-muted-on-soft hover:bg-sunken"
        >
          …
        </button>
      )}
    </div>
  );
}

function Price({ product: { price, variants } }: { readonly product: MenuProduct }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const [cheapest] = variants.map((each) => each.price).toSorted((a, b) => a.amount - b.amount);
  const shown = price ?? cheapest;
  if (shown === undefined) return <>–</>;
  const text = formatMoney(shown, language);
  return <>{price === null && variants.length > 1 ? t('from', { price: text }) : text}</>;
}
