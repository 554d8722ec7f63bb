/** How much of each product this location has left: 86, counts, available again. */
import { useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { DataTable } from '../../design/data-table.tsx';
import { type Column } from '../../design/table-parts.ts';
import { SearchField } from '../../design/fields.tsx';
import { EmptyState } from '../../design/marks.tsx';
import { useUrlState } from '../../design/url-state.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { hasWords } from '../guests/search.ts';
import { textIn, type ProductRow } from './menu-types.ts';
import { PortionActions } from './portion-actions.tsx';
import { PortionBadge } from './portion-badge.tsx';
import type { Catalog, House } from './use-catalog.ts';
import { words } from './words.ts';

/** What PortionsView works with. */
function usePortionsView({ catalog }: { readonly house: House; readonly catalog: Catalog }) {
  const t = useWords(words);
  const language = useLanguage();
  const [typed, setTyped] = useUrlState('q');
  const [isAll, setAll] = useState(false);
  const { portions } = catalog;
  const isLow = (row: ProductRow): boolean => {
    const portion = portions.get(row.id);
    return portion !== undefined && (portion.soldOut || portion.remaining !== null);
  };
  const rows = catalog.products
    .filter(
      (row) =>
        row.status === 'active' &&
        (typed.trim() === '' ? isAll || isLow(row) : hasWords(Object.values(row.name), typed)),
    )
    .toSorted((a, b) => Number(isLow(b)) - Number(isLow(a)));
  return { t, language, typed, setTyped, isAll, setAll, portions, rows };
}

function portionsViewColumns({
  t,
  language,
  portions,
  house,
}: Pick<ReturnType<typeof usePortionsView>, 't' | 'language' | 'portions'> &
  Pick<Parameters<typeof PortionsView>[0], 'house'>): readonly Column<ProductRow>[] {
  return [
    {
      key: 'name',
      title: t('name'),
      width: 'minmax(160px, 2fr)',
      cell: (row) => (
        <span dir="auto" className="truncate font-medium">
          {textIn(row.name, language)}
        </span>
      ),
    },
    {
      key: 'state',
      title: t('status'),
      width: 150,
      cell: (row) => <PortionBadge row={portions.get(row.id)} />,
    },
    {
      key: 'reason',
      title: t('reason'),
      width: 'minmax(100px, 1fr)',
      cell: (row) => <span dir="auto">{portions.get(row.id)?.reason ?? '–'}</span>,
    },
    {
      key: 'actions',
      title: '',
      width: 330,
      cell: (row) =>
        house.locationId === null ? null : (
          <PortionActions
            locationId={house.locationId}
            productId={row.id}
            name={textIn(row.name, language)}
            portion={portions.get(row.id)}
          />
        ),
    },
  ];
}

export function PortionsView({
  house,
  catalog,
}: {
  readonly house: House;
  readonly catalog: Catalog;
}): ReactElement {
  const { t, language, typed, setTyped, isAll, setAll, portions, rows } = usePortionsView({
    house,
    catalog,
  });
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap gap-3">
        <SearchField
          className="w-full sm:w-72"
          label={t('search')}
          value={typed}
          onChange={setTyped}
        />
        <Button isPressed={isAll} onClick={() => setAll(!isAll)}>
          {t('any')}
        </Button>
      </div>
      <DataTable<ProductRow>
        label={t('portions')}
        density="touch"
        rows={rows}
        rowKey={({ id }) => id}
        isLoading={catalog.isLoading}
        empty={
          <EmptyState
            icon="check"
            title={t('available')}
            text={t('none-text')}
            action={
              <Button icon="list" onClick={() => setAll(true)}>
                {t('any')}
              </Button>
            }
          />
        }
        columns={portionsViewColumns({ t, language, portions, house })}
      />
    </div>
  );
}
