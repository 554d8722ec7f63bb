/** All orders of a location with their filters in the address. */
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { LinkButton } from '../../design/buttons.tsx';
import { DataTable } from '../../design/data-table.tsx';
import { type Column } from '../../design/table-parts.ts';
import { SelectField } from '../../design/fields.tsx';
import { Badge, EmptyState, ErrorNote } from '../../design/marks.tsx';
import { DateField } from '../../design/number-fields.tsx';
import { Page } from '../../design/page.tsx';
import { Tabs } from '../../design/tabs.tsx';
import { Moment } from '../../design/texts.tsx';
import { useAsOf, useSetUrlSearch, useUrlSearch } from '../../design/url-state.ts';
import type { Language } from '../../words/define-words.ts';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords, type Speak } from '../../words/language.ts';
import type { FloorAnswer } from '../floor/floor-state.ts';
import { LocationSwitch } from '../floor/location-switch.tsx';
import { useLocations, type Location } from '../floor/locations.ts';
import { billNumber, shaped, type OrderRow } from '../order/order-types.ts';
import { TONES } from './order-detail-screen.tsx';
import { useOrders, type OrdersRead } from './use-orders.ts';
import { words, type OrderWord } from './words.ts';

const STATES = ['', 'open', 'closed', 'cancelled', 'merged'] as const;
type State = (typeof STATES)[number];

export function OrdersScreen(): ReactElement {
  const t = useWords(words);
  const { permissions } = useSession();
  const locations = useLocations();
  const { here } = locations;
  return (
    <Page
      title={t('title')}
      actions={
        <>
          <LocationSwitch locations={locations} />
          {allows(permissions, 'business:read') ? (
            <LinkButton to="/tills" icon="cash">
              {t('tills')}
            </LinkButton>
          ) : null}
          {allows(permissions, 'reports:read') ? (
            <LinkButton to="/today/report" icon="chart">
              {t('report')}
            </LinkButton>
          ) : null}
        </>
      }
    >
      {locations.error === null ? null : <ErrorNote error={locations.error} />}
      {here === null ? null : <List key={here.id} location={here} />}
    </Page>
  );
}

function List({ location }: { readonly location: Location }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const navigate = useNavigate();
  const { at } = useAsOf();
  const search = useUrlSearch();
  const setSearch = useSetUrlSearch();
  const status: State = STATES.find((state) => state === search['status']) ?? '';
  const { day = '', table = '' } = search;
  const orders = useOrders(
    { locationId: location.id, status, businessDay: day, tableId: table },
    at,
  );
  const floor = useRead('GET /v1/orders/floor', { query: { locationId: location.id } });
  const tables = floor.data === undefined ? [] : shaped<FloorAnswer>(floor.data).tables;
  const nameOf = (tableId: string): string =>
    tables.find((each) => each.tableId === tableId)?.name ?? tableId;
  return (
    <>
      <Filters day={day} table={table} tables={tables} />
      <Tabs
        label={t('status')}
        value={status}
        onChange={(next) => setSearch({ status: next })}
        tabs={STATES.map((state) => ({ value: state, label: t(state === '' ? 'all' : state) }))}
      />
      {orders.error === null ? null : <ErrorNote error={orders.error} onRetry={orders.readAgain} />}
      <DataTable<OrderRow>
        label={t('title')}
        rows={orders.rows}
        rowKey={({ id }) => id}
        isLoading={orders.isLoading}
        loadMore={orders.more ? orders.loadMore : undefined}
        onOpen={({ id }) => {
          // safe because routes here take any texts, and the router checks them when it reads them
          void navigate({ to: `/orders/${id}`, search: (at === null ? {} : { at }) as never });
        }}
        empty={<NoOrders />}
        footer={<Sum orders={orders} currency={location.currency} />}
        columns={columnsOf({ t, language, zone: location.timeZone, nameOf })}
      />
    </>
  );
}

function NoOrders(): ReactElement {
  const t = useWords(words);
  return (
    <EmptyState
      title={t('empty-title')}
      text={t('empty-text')}
      icon="orders"
      action={<LinkButton to="/floor">{t('empty-action')}</LinkButton>}
      command="npm run comptoir -- events --type comptoir.order.*"
    />
  );
}

function Sum({
  orders,
  currency,
}: {
  readonly orders: OrdersRead;
  readonly currency: string;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { rows, more } = orders;
  const amount = rows.reduce((sum, { total }) => sum + total.amount, 0);
  const text = t('summary', {
    count: rows.length,
    total: formatMoney({ amount, currency }, language),
  });
  return <span className="text-13 text-muted">{more ? `${text} ${t('more')}` : text}</span>;
}

function Filters(props: {
  readonly day: string;
  readonly table: string;
  readonly tables: FloorAnswer['tables'];
}): ReactElement {
  const t = useWords(words);
  const setSearch = useSetUrlSearch();
  const { day, table, tables } = props;
  return (
    <div className="flex flex-wrap items-end gap-3">
      <DateField
        className="w-44"
        label={t('day')}
        value={day}
        onChange={(value) => setSearch({ day: value })}
      />
      <SelectField
        className="w-44"
        label={t('table')}
        value={table === '' ? '*' : table}
        onChange={(value) => setSearch({ table: value === '*' ? null : value })}
        options={[
          { value: '*', label: t('any-table') },
          ...tables.map(({ tableId, name }) => ({ value: tableId, label: name })),
        ]}
      />
    </div>
  );
}

function columnsOf({ t, language, zone, nameOf }: Telling): readonly Column<OrderRow>[] {
  return [
    {
      key: 'number',
      title: t('number'),
      width: 96,
      cell: (row) => <strong>{billNumber(row)}</strong>,
    },
    { key: 'status', title: t('status'), width: 200, cell: (row) => <Signs row={row} /> },
    {
      key: 'where',
      title: t('where'),
      cell: ({ tableId, channel }) => (
        <span dir="auto">{tableId === null ? t(channel) : nameOf(tableId)}</span>
      ),
    },
    {
      key: 'placed',
      title: t('placed'),
      width: 180,
      cell: ({ placedAt }) => <Moment at={placedAt} zone={zone} />,
    },
    { key: 'items', title: t('items'), numeric: true, width: 72, cell: ({ items }) => items },
    {
      key: 'total',
      title: t('total'),
      numeric: true,
      width: 120,
      cell: ({ total }) => formatMoney(total, language),
    },
    {
      key: 'due',
      title: t('due'),
      numeric: true,
      width: 120,
      cell: ({ due }) => (due.amount === 0 ? '–' : formatMoney(due, language)),
    },
  ];
}

interface Telling {
  readonly t: Speak<OrderWord>;
  readonly language: Language;
  readonly zone: string;
  nameOf(tableId: string): string;
}

function Signs({ row }: { readonly row: OrderRow }): ReactElement {
  const t = useWords(words);
  return (
    <span className="flex gap-1">
      <Badge tone={TONES[row.status]}>{t(row.status)}</Badge>
      {row.status === 'open' && row.billAsked ? (
        <Badge tone="waiting">{t('bill-asked')}</Badge>
      ) : null}
      {row.refunded.amount > 0 ? <Badge tone="bad">{t('refunded')}</Badge> : null}
      {row.imported ? <Badge>{t('imported')}</Badge> : null}
    </span>
  );
}
