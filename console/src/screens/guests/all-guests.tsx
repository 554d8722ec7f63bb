/** The list of guests under its filters; one field finds by phone, e-mail or name. */
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { DataTable } from '../../design/data-table.tsx';
import { type Column } from '../../design/table-parts.ts';
import { SearchField, SelectField } from '../../design/fields.tsx';
import { Badge, EmptyState, ErrorNote } from '../../design/marks.tsx';
import { Moment } from '../../design/texts.tsx';
import { useAsOf, useUrlState } from '../../design/url-state.ts';
import { useWords, type Speak } from '../../words/language.ts';
import type { GuestRow } from './guest-types.ts';
import { NAMES_LOOKED_AT, useGuestSearch } from './use-guest-search.ts';
import { words } from './words.ts';

/** What AllGuests works with. */
function useAllGuests() {
  const t = useWords(words);
  const navigate = useNavigate();
  const { at } = useAsOf();
  const [typed, setTyped] = useUrlState('q');
  const [status, setStatus] = useUrlState('status', 'active');
  const { search, rows, list } = useGuestSearch(typed, {
    status: status === '*' ? undefined : status,
    at: at ?? undefined,
  });
  const byName = search.by === 'name';
  const { loadMore, isLoading } = list;
  const count = t('rows', { count: rows.length });
  return {
    t,
    navigate,
    typed,
    setTyped,
    status,
    setStatus,
    search,
    byName,
    list,
    loadMore,
    isLoading,
    rows,
    count,
  };
}

export function AllGuests(): ReactElement {
  const {
    t,
    navigate,
    typed,
    setTyped,
    status,
    setStatus,
    search,
    byName,
    list,
    loadMore,
    isLoading,
    rows,
    count,
  } = useAllGuests();
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <SearchField
          className="w-full sm:w-80"
          label={t('search')}
          value={typed}
          onChange={setTyped}
        />
        <SelectField
          className="w-44"
          label={t('status')}
          isLabelHidden
          value={status}
          onChange={setStatus}
          options={[
            { value: '*', label: t('any') },
            ...(['active', 'archived', 'merged'] as const).map((value) => ({
              value: String(value),
              label: t(value),
            })),
          ]}
        />
      </div>
      {list.error === null ? null : <ErrorNote error={list.error} onRetry={list.readAgain} />}
      <DataTable<GuestRow>
        label={t('title')}
        rows={rows}
        rowKey={({ id }) => id}
        isLoading={isLoading}
        loadMore={byName ? undefined : loadMore}
        onOpen={({ id }) => void navigate({ to: `/guests/${encodeURIComponent(id)}` })}
        footer={loadMore === undefined ? count : t('rows-more', { rows: count })}
        empty={<Empty isSearch={search.by !== 'none'} />}
        columns={guestColumns(t)}
      />
    </div>
  );
}

function Empty({ isSearch }: { readonly isSearch: boolean }): ReactElement {
  const t = useWords(words);
  if (isSearch)
    return (
      <EmptyState
        icon="search"
        title={t('none-title')}
        text={t('none-text', { count: NAMES_LOOKED_AT })}
      />
    );
  return (
    <EmptyState
      icon="guests"
      title={t('empty-title')}
      text={t('empty-text')}
      command="comptoir import customers FILE"
    />
  );
}

export function guestColumns(t: Speak<keyof typeof words.en>): readonly Column<GuestRow>[] {
  return [
    {
      key: 'name',
      title: t('name'),
      width: 'minmax(150px, 1.8fr)',
      sortable: true,
      cell: (row) => (
        <span dir="auto" className="truncate font-medium">
          {row.name ?? t('erased')}
        </span>
      ),
    },
    { key: 'phone', title: t('phone'), width: 128, cell: (row) => row.phone ?? '–' },
    {
      key: 'email',
      title: t('email'),
      width: 'minmax(170px, 2.2fr)',
      cell: (row) => <span className="truncate">{row.email ?? '–'}</span>,
    },
    {
      key: 'tags',
      title: t('tags'),
      width: 'minmax(96px, 0.8fr)',
      cell: (row) => (
        <span className="flex gap-1">
          {(row.tags ?? []).length === 0 ? '–' : null}
          {(row.tags ?? []).slice(0, 3).map((tag) => (
            <Badge key={tag} icon="tag">
              {tag}
            </Badge>
          ))}
        </span>
      ),
    },
    {
      key: 'consents',
      title: t('consents'),
      width: 'minmax(130px, 1.2fr)',
      cell: (row) =>
        (row.consents ?? []).map((channel) => t(`channel-${channel}`)).join(', ') || '–',
    },
    {
      key: 'status',
      title: t('status'),
      width: 104,
      cell: (row) => (
        <Badge tone={row.status === 'active' ? 'good' : 'plain'}>{t(row.status)}</Badge>
      ),
    },
    {
      key: 'registeredAt',
      title: t('since'),
      width: 120,
      sortable: true,
      cell: (row) => <Moment at={row.registeredAt} only="date" />,
    },
  ];
}
