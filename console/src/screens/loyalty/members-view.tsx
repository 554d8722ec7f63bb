/** Members as they are looked for at a counter: by phone or tier, with what they have. */
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { DataTable } from '../../design/data-table.tsx';
import { type Column } from '../../design/table-parts.ts';
import { SearchField } from '../../design/fields.tsx';
import { Badge, EmptyState, ErrorNote } from '../../design/marks.tsx';
import { Moment } from '../../design/texts.tsx';
import { useAsOf, useUrlState } from '../../design/url-state.ts';
import { shortId } from '../../words/event-values.ts';
import { formatNumber } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { hasWords } from '../guests/search.ts';
import { NAMES_LOOKED_AT } from '../guests/use-guest-search.ts';
import { useLimits } from '../lists/use-limits.ts';
import { usePages } from '../lists/use-pages.ts';
import { EnrolDialog } from './enrol-dialog.tsx';
import { STANDARD } from './tier-names.ts';
import { useGuestNames } from './use-guest-names.ts';
import { useTierNames } from './use-tier-names.ts';
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

/** A number as people write it, long enough to be one: the server looks for the whole number. */
const PHONE = /^\+?[\d\s()./-]{6,}$/;

/** What MembersView works with. */
function useMembers() {
  const { at } = useAsOf();
  const [typed, setTyped] = useUrlState('q');
  const names = useGuestNames();
  const phone = PHONE.test(typed.trim()) ? typed.replaceAll(/[^\d+]/g, '') : undefined;
  const list = usePages<MemberRow>(
    'GET /v1/loyalty/members',
    { phone, at: at ?? undefined },
    { live: 'GET /v1/loyalty/members/live' },
  );
  const byName = phone === undefined && typed.trim() !== '' && names !== null;
  const { loadMore, isLoading, rows: loaded } = list;
  useEffect(() => {
    if (byName && !isLoading && loaded.length < NAMES_LOOKED_AT) loadMore?.();
  }, [byName, isLoading, loaded.length, loadMore]);
  const rows = byName
    ? loaded.filter(({ id }) => hasWords([names.get(id) ?? null], typed))
    : loaded;
  return { typed, setTyped, names, list, rows, byName, isSearch: byName || phone !== undefined };
}

export function MembersView(): ReactElement {
  const t = useWords(words);
  const navigate = useNavigate();
  const limits = useLimits()('loyalty:enrol');
  const [isEnrolling, setEnrolling] = useState(false);
  const { typed, setTyped, names, list, rows, byName, isSearch } = useMembers();
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <SearchField
          className="w-full sm:w-72"
          label={t('search')}
          value={typed}
          onChange={setTyped}
        />
        <Button kind="primary" icon="plus" {...limits} onClick={() => setEnrolling(true)}>
          {t('enrol')}
        </Button>
      </div>
      {list.error === null ? null : <ErrorNote error={list.error} onRetry={list.readAgain} />}
      <DataTable<MemberRow>
        label={t('members')}
        rows={rows}
        rowKey={({ id }) => id}
        isLoading={list.isLoading}
        loadMore={byName ? undefined : list.loadMore}
        onOpen={({ id }) => void navigate({ to: `/loyalty/${encodeURIComponent(id)}` })}
        empty={
          isSearch ? (
            <EmptyState icon="search" title={t('none-title')} text={t('none-text')} />
          ) : (
            <EmptyState icon="loyalty" title={t('empty-title')} text={t('empty-text')} />
          )
        }
        columns={useColumns(names)}
      />
      {isEnrolling ? <EnrolDialog onClose={() => setEnrolling(false)} /> : null}
    </div>
  );
}

function useColumns(names: ReadonlyMap<string, string> | null): readonly Column<MemberRow>[] {
  const t = useWords(words);
  const language = useLanguage();
  const tierName = useTierNames();
  const figure = (key: 'pending' | 'debt'): Column<MemberRow> => ({
    key,
    title: t(key),
    numeric: true,
    width: 'minmax(88px, 1fr)',
    sortable: true,
    cell: ({ [key]: value }) => (value === 0 ? '–' : formatNumber(value, language)),
  });
  return [
    ...(names === null ? [] : [nameColumn(t('name'), names)]),
    {
      key: 'phone',
      title: t('phone'),
      width: 'minmax(140px, 1.4fr)',
      sortable: true,
      cell: ({ phone, id }) => (
        <span className="truncate">
          {phone ?? <span className="text-muted">{t('no-phone', { id: shortId(id) })}</span>}
        </span>
      ),
    },
    {
      key: 'tier',
      title: t('tier'),
      width: 'minmax(100px, 1fr)',
      sortable: true,
      cell: ({ tier }) =>
        tier === STANDARD ? (
          <span className="text-muted">{tierName(tier)}</span>
        ) : (
          <Badge tone="waiting" icon="star">
            <bdi>{tierName(tier)}</bdi>
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

function nameColumn(title: string, names: ReadonlyMap<string, string>): Column<MemberRow> {
  return {
    key: 'name',
    title,
    width: 'minmax(140px, 2fr)',
    sortable: ({ id }) => names.get(id) ?? null,
    cell: ({ id }) => <bdi className="truncate font-medium">{names.get(id) ?? '–'}</bdi>,
  };
}
