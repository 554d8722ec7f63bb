/** All orders of a location with their filters in the address. */
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { LinkButton } from '../../design/buttons.tsx';
import { DataTable } from '../../design/data-table.tsx';
import { SelectField } from '../../design/fields.tsx';
import { Badge, EmptyState, ErrorNote, type Tone } from '../../design/marks.tsx';
import { DateField } from '../../design/number-fields.tsx';
import { Page } from '../../design/page.tsx';
import { Tabs } from '../../design/tabs.tsx';
import { Moment } from '../../design/texts.tsx';
import { useAsOf, useSetUrlSearch, useUrlSearch } from '../../design/url-state.ts';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import type { FloorAnswer } from '../floor/floor-state.ts';
import { LocationSwitch } from '../floor/location-switch.tsx';
import { useLocations, type Location } from '../floor/locations.ts';
import { billNumber, shaped, type OrderRow } from '../order/order-types.ts';
import { useOrders } from './use-orders.ts';
import { words } from './words.ts';

const STATES = ['', 'open', 'closed', 'cancelled', 'merged'] as const;
type State = (typeof STATES)[number];
const TONES: Readonly<Record<OrderRow['status'], Tone>> = {
  open: 'info',
  closed: 'good',
  cancelled: 'bad',
  merged: 'plain',
};

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
  const amount = orders.rows.reduce((sum, { total }) => sum + total.amount, 0);
  const sum = t('summary', {
    count: orders.rows.length,
    total: formatMoney({ amount, currency: location.currency }, language),
  });
  return (
    <>
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
        onOpen={({ id }) =>
          void navigate({ to: `/orders/${id}`, search: (at === null ? {} : { at }) as never })
        }
        empty={
          <EmptyState
            title={t('empty-title')}
            text={t('empty-text')}
            icon="orders"
            action={<LinkButton to="/floor">{t('empty-action')}</LinkButton>}
            command="npm run comptoir -- events --type comptoir.order.*"
          />
        }
        footer={
          orders.rows.length === 0 ? undefined : (
            <span className="text-13 text-muted">{orders.more ? `${sum} ${t('more')}` : sum}</span>
          )
        }
        columns={columnsOf({ t, language, zone: location.timeZone, nameOf })}
      />
    </>
  );
}

function columnsOf(of: {
  readonly t: ReturnType<typeof useWords<keyof typeof words.en>>;
  readonly language: ReturnType<typeof useLanguage>;
  readonly zone: string;
  nameOf(tableId: string): string;
}) {
  const { t, language, zone, nameOf } = of;
  return [
    {
      key: 'number',
      title: t('number'),
      width: 96,
      cell: (row: OrderRow) => <span className="font-semibold">{billNumber(row)}</span>,
    },
    {
      key: 'status',
      title: t('status'),
      width: 200,
      cell: (row: OrderRow) => (
        <span className="flex gap-1">
          <Badge tone={TONES[row.status]}>{t(row.status)}</Badge>
          {row.status === 'open' && row.billAsked ? (
            <Badge tone="waiting">{t('bill-asked')}</Badge>
          ) : null}
          {row.refunded.amount > 0 ? <Badge tone="bad">{t('refunded')}</Badge> : null}
          {row.imported ? <Badge>{t('imported')}</Badge> : null}
        </span>
      ),
    },
    {
      key: 'where',
      title: t('where'),
      cell: (row: OrderRow) => (
        <span dir="auto">{row.tableId === null ? t(row.channel) : nameOf(row.tableId)}</span>
      ),
    },
    {
      key: 'placed',
      title: t('placed'),
      width: 180,
      cell: (row: OrderRow) => <Moment at={row.placedAt} zone={zone} />,
    },
    {
      key: 'items',
      title: t('items'),
      numeric: true,
      width: 72,
      cell: (row: OrderRow) => row.items,
    },
    {
      key: 'total',
      title: t('total'),
      numeric: true,
      width: 120,
      cell: (row: OrderRow) => formatMoney(row.total, language),
    },
    {
      key: 'due',
      title: t('due'),
      numeric: true,
      width: 120,
      cell: (row: OrderRow) => (row.due.amount === 0 ? '–' : formatMoney(row.due, language)),
    },
  ];
}
