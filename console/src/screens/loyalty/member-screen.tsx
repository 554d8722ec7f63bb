/** One member: what there is to use now, lot by lot, and the story. */
import type { ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { TextLink } from '../../design/buttons.tsx';
import { DataTable } from '../../design/data-table.tsx';
import { type Column } from '../../design/table-parts.ts';
import { ErrorNote, Figure } from '../../design/marks.tsx';
import { formatMoney, formatNumber } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useLocations } from '../floor/locations.ts';
import { ThingScreen } from '../lists/thing-screen.tsx';
import { useTierNames } from './use-tier-names.ts';
import { words } from './words.ts';

export function MemberScreen(): ReactElement {
  const t = useWords(words);
  return (
    <ThingScreen
      category="loyalty.members"
      title={t('title')}
      back="/loyalty"
      titleOf={() => t('member')}
      above={(id) => <Balance id={id} />}
    />
  );
}

interface Lot {
  readonly lotId: string;
  readonly points: number;
  readonly earnedOn: string;
  readonly activeOn: string;
  readonly expiresOn: string | null;
  readonly orderId: string | null;
}

/** What Balance works with. */
function useBalance({ id }: { readonly id: string }) {
  const t = useWords(words);
  const language = useLanguage();
  const { here } = useLocations();
  const read = useRead('GET /v1/loyalty/members/{id}/balance', { params: { id } });
  const customer = useRead('GET /v1/customers/{id}', { params: { id } });
  const { data } = read;
  const name = customer.data?.['name'];
  const number = (value: number | undefined): string =>
    value === undefined ? '–' : formatNumber(value, language);
  const worth =
    data === undefined || here === null
      ? undefined
      : t('worth', {
          amount: formatMoney({ amount: data.value, currency: here.currency }, language),
        });
  return { t, read, data, name, number, worth };
}

function balanceColumns({
  t,
  number,
}: Pick<ReturnType<typeof useBalance>, 't' | 'number'>): readonly Column<Lot>[] {
  return [
    {
      key: 'points',
      title: t('lot-points'),
      numeric: true,
      width: 100,
      sortable: true,
      cell: (lot) => number(lot.points),
    },
    {
      key: 'earnedOn',
      title: t('earned'),
      width: 130,
      sortable: true,
      cell: (lot) => lot.earnedOn,
    },
    { key: 'activeOn', title: t('active'), width: 130, cell: (lot) => lot.activeOn },
    {
      key: 'expiresOn',
      title: t('expires'),
      width: 130,
      sortable: true,
      cell: (lot) => lot.expiresOn ?? t('never'),
    },
    {
      key: 'order',
      title: t('order'),
      cell: (lot) =>
        lot.orderId === null ? (
          '–'
        ) : (
          <TextLink to={`/orders/${lot.orderId}`}>{lot.orderId}</TextLink>
        ),
    },
  ];
}

function Balance({ id }: { readonly id: string }): ReactElement {
  const { t, read, data, name, number, worth } = useBalance({ id });
  const tierName = useTierNames();
  return (
    <>
      {read.error === null ? null : <ErrorNote error={read.error} />}
      <p dir="auto">
        <TextLink to={`/guests/${encodeURIComponent(id)}`}>
          {typeof name === 'string' ? name : t('guest')}
        </TextLink>
      </p>
      <div className="grid grid-cols-2 gap-3 md:grid-cols-4">
        <Figure label={t('points')} value={number(data?.points)} tone="waiting" trend={worth} />
        <Figure label={t('pending')} value={number(data?.pending)} />
        <Figure
          label={t('debt')}
          value={number(data?.debt)}
          tone={(data?.debt ?? 0) > 0 ? 'bad' : 'plain'}
        />
        <Figure
          label={t('tier')}
          value={<span dir="auto">{data === undefined ? '–' : tierName(data.tier)}</span>}
        />
      </div>
      <DataTable<Lot>
        label={t('lots')}
        rows={data?.lots ?? []}
        rowKey={({ lotId }) => lotId}
        isLoading={read.isPending}
        empty={<p className="text-muted">{t('lots-none')}</p>}
        columns={balanceColumns({ t, number })}
      />
    </>
  );
}
