/** Sections on the left, their products on the right. */
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { Button, IconButton } from '../../design/buttons.tsx';
import { classes } from '../../design/classes.ts';
import { DataTable } from '../../design/data-table.tsx';
import { type Column } from '../../design/table-parts.ts';
import { SearchField, SelectField } from '../../design/fields.tsx';
import { Badge, EmptyState } from '../../design/marks.tsx';
import { useUrlState } from '../../design/url-state.ts';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { hasWords } from '../guests/search.ts';
import { useLimits } from '../lists/use-limits.ts';
import { CategoryDialog } from './category-dialog.tsx';
import { inOrder, textIn, type Category, type ProductRow } from './menu-types.ts';
import { PortionBadge } from './portion-badge.tsx';
import type { Catalog, House } from './use-catalog.ts';
import { words } from './words.ts';

const ALL = '*';
const NO_SECTION = '-';

/** What ProductsView works with. */
function useProductsView({ house, catalog }: { readonly house: House; readonly catalog: Catalog }) {
  const t = useWords(words);
  const language = useLanguage();
  const navigate = useNavigate();
  const [section, setSection] = useUrlState('section', ALL);
  const [typed, setTyped] = useUrlState('q');
  const [status, setStatus] = useUrlState('status', 'active');
  const sections = inOrder(catalog.categories);
  const nameOf = (id: string | null): string =>
    textIn(sections.find((each) => each.id === id)?.name, language);
  const rows = catalog.products.filter(
    (product) =>
      (status === ALL || product.status === status) &&
      (section === ALL || (product.categoryId ?? NO_SECTION) === section) &&
      (typed.trim() === '' || hasWords(Object.values(product.name), typed)),
  );
  const price = (row: ProductRow): string => {
    const prices = row.variants.map((variant) => variant.price);
    const amount = row.price ?? (prices.length === 0 ? null : Math.min(...prices));
    if (amount === null) return '–';
    const text = formatMoney({ amount, currency: house.currency }, language);
    return prices.length > 1 ? `${t('from')} ${text}` : text;
  };
  return {
    t,
    language,
    navigate,
    section,
    setSection,
    typed,
    setTyped,
    status,
    setStatus,
    sections,
    nameOf,
    rows,
    price,
  };
}

function productsViewColumns({
  t,
  language,
  nameOf,
  price,
  catalog,
}: Pick<ReturnType<typeof useProductsView>, 't' | 'language' | 'nameOf' | 'price'> &
  Pick<Parameters<typeof ProductsView>[0], 'catalog'>): readonly Column<ProductRow>[] {
  return [
    {
      key: 'name',
      title: t('name'),
      width: 'minmax(160px, 3fr)',
      sortable: (row) => textIn(row.name, language),
      cell: (row) => (
        <span dir="auto" className="truncate font-medium">
          {textIn(row.name, language)}
        </span>
      ),
    },
    {
      key: 'section',
      title: t('section'),
      width: 'minmax(110px, 2fr)',
      cell: (row) => <span className="truncate">{nameOf(row.categoryId) || '–'}</span>,
    },
    {
      key: 'price',
      title: t('price'),
      numeric: true,
      width: 128,
      sortable: (row) => row.price,
      cell: price,
    },
    {
      key: 'variants',
      title: t('variants'),
      numeric: true,
      width: 76,
      cell: (row) => (row.variants.length === 0 ? '–' : row.variants.length),
    },
    {
      key: 'status',
      title: t('status'),
      width: 150,
      cell: (row) =>
        row.status === 'retired' ? (
          <Badge>{t('retired')}</Badge>
        ) : (
          <PortionBadge row={catalog.portions.get(row.id)} />
        ),
    },
  ];
}

function ProductFilters({
  t,
  typed,
  setTyped,
  status,
  setStatus,
}: Pick<
  ReturnType<typeof useProductsView>,
  't' | 'typed' | 'setTyped' | 'status' | 'setStatus'
>): ReactElement {
  return (
    <div className="flex flex-wrap gap-3">
      <SearchField
        className="w-full sm:w-72"
        label={t('search')}
        value={typed}
        onChange={setTyped}
      />
      <SelectField
        className="w-40"
        label={t('status')}
        isLabelHidden
        value={status}
        onChange={setStatus}
        options={[
          { value: 'active', label: t('active') },
          { value: 'retired', label: t('retired') },
          { value: ALL, label: t('any') },
        ]}
      />
    </div>
  );
}

export function ProductsView({
  house,
  catalog,
}: {
  readonly house: House;
  readonly catalog: Catalog;
}): ReactElement {
  const {
    t,
    language,
    navigate,
    section,
    setSection,
    typed,
    setTyped,
    status,
    setStatus,
    sections,
    nameOf,
    rows,
    price,
  } = useProductsView({ house, catalog });
  return (
    <div className="grid min-w-0 items-start gap-4 lg:grid-cols-[232px_minmax(0,1fr)]">
      <Sections sections={sections} catalog={catalog} section={section} onSection={setSection} />
      <div className="flex min-w-0 flex-col gap-3">
        <ProductFilters
          t={t}
          typed={typed}
          setTyped={setTyped}
          status={status}
          setStatus={setStatus}
        />
        <DataTable<ProductRow>
          label={t('products')}
          rows={rows}
          rowKey={({ id }) => id}
          isLoading={catalog.isLoading}
          onOpen={({ id }) => void navigate({ to: `/menu/${encodeURIComponent(id)}` })}
          footer={t('rows', { count: rows.length })}
          empty={
            catalog.products.length === 0 ? (
              <EmptyState
                icon="menu"
                title={t('empty-title')}
                text={t('empty-text')}
                command="comptoir import products FILE"
              />
            ) : (
              <EmptyState icon="search" title={t('none-title')} text={t('none-text')} />
            )
          }
          columns={productsViewColumns({ t, language, nameOf, price, catalog })}
        />
      </div>
    </div>
  );
}

/** What Sections works with. */
function useSections(props: {
  readonly sections: readonly (Category & { readonly depth: number })[];
  readonly catalog: Catalog;
  readonly section: string;
  onSection(section: string): void;
}) {
  const t = useWords(words);
  const language = useLanguage();
  const limits = useLimits()('catalog:edit');
  const { sections, catalog, section, onSection } = props;
  const [open, setOpen] = useState<Category | 'new' | null>(null);
  const chosen = sections.find(({ id }) => id === section) ?? null;
  const count = (id: string): number =>
    catalog.products.filter(
      ({ status, categoryId }) => status === 'active' && (categoryId ?? NO_SECTION) === id,
    ).length;
  const entries = [
    { id: ALL, name: t('all-sections'), depth: 0, count: null },
    ...sections.map((each) => ({
      id: each.id,
      name: textIn(each.name, language),
      depth: each.depth,
      count: count(each.id),
    })),
    ...(count(NO_SECTION) > 0
      ? [{ id: NO_SECTION, name: t('no-section'), depth: 0, count: count(NO_SECTION) }]
      : []),
  ];
  return { t, limits, sections, section, onSection, open, setOpen, chosen, entries };
}

function SectionField({
  t,
  section,
  onSection,
  entries,
}: Pick<ReturnType<typeof useSections>, 't' | 'section' | 'onSection' | 'entries'>): ReactElement {
  return (
    <SelectField
      className="lg:hidden"
      label={t('section')}
      isLabelHidden
      value={section}
      onChange={onSection}
      options={entries.map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}

function Sections(props: {
  readonly sections: readonly (Category & { readonly depth: number })[];
  readonly catalog: Catalog;
  readonly section: string;
  onSection(section: string): void;
}): ReactElement {
  const { t, limits, sections, section, onSection, open, setOpen, chosen, entries } =
    useSections(props);
  return (
    <nav aria-label={t('section')} className="flex min-w-0 flex-col gap-2">
      <SectionField t={t} section={section} onSection={onSection} entries={entries} />
      <ul className="hidden flex-col lg:flex">
        {entries.map((entry) => (
          <li key={entry.id}>
            <button
              type="button"
              aria-current={entry.id === section}
              onClick={() => onSection(entry.id)}
              className={classes(
                'flex h-9 w-full min-w-0 items-center gap-2 rounded-control px-3 text-left',
                entry.id === section ? 'bg-brand-soft font-medium text-brand' : 'hover:bg-sunken',
              )}
              style={{ paddingLeft: 12 + entry.depth * 16 }}
            >
              <span dir="auto" className="min-w-0 flex-1 truncate">
                {entry.name}
              </span>
              {entry.count === null ? null : (
                <span className="text-12 text-muted-on-soft">{entry.count}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
      <div className="flex gap-1">
        <Button size="compact" icon="plus" {...limits} onClick={() => setOpen('new')}>
          {t('section-new')}
        </Button>
        {chosen === null ? null : (
          <IconButton
            size="compact"
            icon="edit"
            label={t('section-change')}
            {...limits}
            onClick={() => setOpen(chosen)}
          />
        )}
      </div>
      {open === null ? null : (
        <CategoryDialog
          category={open === 'new' ? null : open}
          sections={sections}
          onClose={() => setOpen(null)}
          onRemoved={() => onSection(ALL)}
        />
      )}
    </nav>
  );
}
