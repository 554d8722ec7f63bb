/** Members as they are looked for at a counter: by phone or tier, with what they have. */
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { DataTable, type Column } from '../../design/data-table.tsx';
import { SearchField } from '../../design/fields.tsx';
import { Badge, EmptyState, ErrorNote } from '../../design/marks.tsx';
import { Moment } from '../../design/texts.tsx';
import { useAsOf, useUrlState } from '../../design/url-state.ts';
import { formatNumber } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { CommandBar } from '../generated/command-bar.tsx';
import { useAggregate } from '../generated/generic-calls.ts';
import { usePages } from '../lists/use-pages.ts';
import { words } from './words.ts';

interface MemberRow {
  readonly id: string;
  /** Null where the guest has none, or was erased. */
  readonly phone: string | null;
  readonly points: number;
  readonly pending: number;
  readonly debt: number;
  readonly tier: string;
  readonly enrolledOn: string;
}

/** The tier that everybody begins in. */
const STANDARD = 'standard';
/** A number as people write it, long enough to be one: the server looks for the whole number. */
const PHONE = /^\+?[\d\s()./-]{6,}$/;

export function MembersView(): ReactElement {
  const t = useWords(words);
  const navigate = useNavigate();
  const { at } = useAsOf();
  const aggregate = useAggregate('loyalty.members');
  const [typed, setTyped] = useUrlState('q');
  const phone = PHONE.test(typed.trim()) ? typed.replaceAll(/[^\d+]/g, '') : undefined;
  const list = usePages<MemberRow>(
    'GET /v1/loyalty/members',
    { phone, at: at ?? undefined },
    { live: 'GET /v1/loyalty/members/live' },
  );
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap gap-3">
        <SearchField
          className="w-full sm:w-72"
          label={t('search')}
          value={typed}
          onChange={setTyped}
        />
        {aggregate === undefined || aggregate === null ? null : (
          <CommandBar aggregate={aggregate} id={null} />
        )}
      </div>
      {list.error === null ? null : <ErrorNote error={list.error} onRetry={list.readAgain} />}
      <DataTable<MemberRow>
        label={t('members')}
        rows={list.rows}
        rowKey={({ id }) => id}
        isLoading={list.isLoading}
        loadMore={list.loadMore}
        onOpen={({ id }) => void navigate({ to: `/loyalty/${encodeURIComponent(id)}` })}
        empty={
          phone === undefined ? (
            <EmptyState icon="loyalty" title={t('empty-title')} text={t('empty-text')} />
          ) : (
            <EmptyState icon="search" title={t('none-title')} text={t('none-text')} />
          )
        }
        columns={useColumns()}
      />
    </div>
  );
}

function useColumns(): readonly Column<MemberRow>[] {
  const t = useWords(words);
  const language = useLanguage();
  const figure = (key: 'pending' | 'debt'): Column<MemberRow> => ({
    key,
    title: t(key),
    numeric: true,
    width: 'minmax(88px, 1fr)',
    sortable: true,
    cell: ({ [key]: value }) => (value === 0 ? '–' : formatNumber(value, language)),
  });
  return [
    {
      key: 'phone',
      title: t('phone'),
      width: 'minmax(140px, 2fr)',
      sortable: true,
      cell: ({ phone, id }) => <span className="truncate font-medium">{phone ?? id}</span>,
    },
    {
      key: 'tier',
      title: t('tier'),
      width: 'minmax(100px, 1fr)',
      sortable: true,
      cell: ({ tier }) =>
        tier === STANDARD ? (
          <span className="text-muted">{t('standard')}</span>
        ) : (
          <Badge tone="waiting" icon="star">
            {tier}
          </Badge>
        ),
    },
    {
      key: 'points',
      title: t('points'),
      numeric: true,
      width: 'minmax(88px, 1fr)',
      sortable: true,
      cell: ({ points }) => (
        <strong className="font-semibold">{formatNumber(points, language)}</strong>
      ),
    },
    figure('pending'),
    figure('debt'),
    {
      key: 'enrolledOn',
      title: t('member-since'),
      width: 140,
      sortable: true,
      cell: ({ enrolledOn }) => <Moment at={`${enrolledOn}T12:00:00`} only="date" />,
    },
  ];
}
