/** All lists beside the usual prices: a line for each product that any of them says something of. */
import type { ReactElement } from 'react';
import { DataTable } from '../../design/data-table.tsx';
import { type Column } from '../../design/table-parts.ts';
import { formatMoney, formatNumber } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { textIn, type PriceList } from './menu-types.ts';
import { saidOf } from './price-list-value.ts';
import { pricedOf, type Priced } from './priced.ts';
import { words } from './prices-words.ts';
import type { Catalog, House } from './use-catalog.ts';

export function PricesBeside(props: {
  readonly lists: readonly PriceList[];
  readonly house: House;
  readonly catalog: Catalog;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { lists, house, catalog } = props;
  const rows = pricedOf(catalog, language).filter((row) =>
    lists.some((list) => saidOf(list, row) !== null),
  );
  const money = (amount: number): string =>
    formatMoney({ amount, currency: house.currency }, language);
  const columns: readonly Column<Priced>[] = [
    {
      key: 'name',
      title: t('product'),
      width: 'minmax(160px, 3fr)',
      sortable: (row) => row.name,
      cell: (row) => (
        <span dir="auto" className="truncate font-medium">
          {row.name}
        </span>
      ),
    },
    {
      key: 'usual',
      title: t('usual'),
      numeric: true,
      width: 'minmax(96px, 1fr)',
      sortable: (row) => row.price,
      cell: (row) => money(row.price),
    },
    ...lists.map((list): Column<Priced> => ({
      key: list.priceListId,
      title: textIn(list.name, language),
      numeric: true,
      width: 'minmax(112px, 1fr)',
      cell: (row) => <SaidOf list={list} row={row} currency={house.currency} />,
    })),
  ];
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <h2 className="text-16">{t('beside')}</h2>
      <DataTable<Priced>
        label={t('beside')}
        rows={rows}
        rowKey={({ key }) => key}
        columns={columns}
        empty={<p className="text-muted">{t('beside-none')}</p>}
      />
    </section>
  );
}

function SaidOf(props: {
  readonly list: PriceList;
  readonly row: Priced;
  readonly currency: string;
}): ReactElement {
  const language = useLanguage();
  const { list, row, currency } = props;
  const said = saidOf(list, row);
  if (said === null) return <span className="text-muted">–</span>;
  if (said.kind === 'percent') return <span>{`−${formatNumber(said.off, language)}%`}</span>;
  const price = formatMoney({ amount: said.price, currency }, language);
  return <strong className="font-semibold">{price}</strong>;
}
