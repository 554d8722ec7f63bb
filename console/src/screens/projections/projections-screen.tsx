/** Read models and policies: how far they are, and what to do when one needs help. */
import { useState, type ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import {
  Badge,
  DataTable,
  EmptyState,
  ErrorNote,
  Page,
  ProgressBar,
  Tabs,
  useSetUrlSearch,
  useUrlSearch,
  type Column,
} from '../../design/index.ts';
import { formatNumber } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { durationText } from './duration.ts';
import { PoliciesTable } from './policies-table.tsx';
import { ProjectionDrawer } from './projection-drawer.tsx';
import { rateOf, readingOf, type Reading } from './rate.ts';
import { words } from './words.ts';
import type { Projection } from './projection-shape.ts';

const READ_EVERY_MS = 2000;
/** The business whose people look after the whole server. */
const INSTALLATION = 'default';

export function ProjectionsScreen(): ReactElement {
  const t = useWords(words);
  const search = useUrlSearch();
  const set = useSetUrlSearch();
  const { permissions, tenant } = useSession();
  const mayWrite = allows(permissions, 'projections:write');
  const tab = search['tab'] === 'policies' && mayWrite ? 'policies' : 'projections';
  // One tab alone is no choice.
  if (!mayWrite)
    return (
      <Page title={t('title')}>
        <p className="max-w-prose text-muted">{t('intro')}</p>
        {tenant === INSTALLATION ? null : (
          <p className="max-w-prose text-13 text-muted">{t('of-the-installation')}</p>
        )}
        <ReadModels mayWrite={false} />
      </Page>
    );
  return (
    <Page title={t('title')}>
      <p className="max-w-prose text-muted">{t(tab === 'policies' ? 'policies-text' : 'intro')}</p>
      <Tabs
        label={t('tabs')}
        tabs={[
          { value: 'projections', label: t('tab-projections') },
          { value: 'policies', label: t('tab-policies') },
        ]}
        value={tab}
        onChange={(next) => set({ tab: next === 'projections' ? null : next, name: null })}
      >
        {tab === 'policies' ? <PoliciesTable /> : <ReadModels mayWrite />}
      </Tabs>
    </Page>
  );
}

function ReadModels({ mayWrite }: { readonly mayWrite: boolean }): ReactElement {
  const t = useWords(words);
  const search = useUrlSearch();
  const set = useSetUrlSearch();
  const read = useRead('GET /v1/projections', {}, { everyMs: READ_EVERY_MS });
  const items = read.data?.items ?? [];
  const rates = useRates(read.data?.items, read.dataUpdatedAt);
  const open = items.find(({ name }) => name === search['name']);
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {read.error === null ? null : (
        <ErrorNote error={read.error} onRetry={() => void read.refetch()} />
      )}
      <DataTable
        label={t('tab-projections')}
        columns={useColumns(rates)}
        rows={items}
        rowKey={({ name }) => name}
        isLoading={read.isLoading}
        openKey={open?.name ?? null}
        onOpen={({ name }) => set({ name }, { push: true })}
        footer={<Total items={items} />}
        empty={
          read.error === null ? (
            <EmptyState title={t('empty-title')} text={t('empty-text')} command="comptoir doctor" />
          ) : undefined
        }
      />
      <ProjectionDrawer
        projection={open ?? null}
        rateOf={(generation) => rates(`${open?.name ?? ''} ${String(generation)}`)}
        mayWrite={mayWrite}
        onClose={() => set({ name: null })}
      />
    </div>
  );
}

function Total({ items }: { readonly items: readonly Projection[] }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const slowest = Math.max(0, ...items.map(({ lagSeconds }) => lagSeconds));
  return <>{t('lag-sum', { count: items.length, lag: durationText(slowest, language) })}</>;
}

/** Rates need two readings; a rate stands until the next one. */
function useRates(
  items: readonly Projection[] | undefined,
  atMs: number,
): (key: string) => number | null {
  const [readings, setReadings] = useState<readonly [Reading | null, Reading | null]>([null, null]);
  if (items !== undefined && readings[1]?.atMs !== atMs)
    setReadings([readings[1], readingOf(items, atMs)]);
  return (key) => rateOf(key, readings[0], readings[1]);
}

function useColumns(rates: (key: string) => number | null): readonly Column<Projection>[] {
  const t = useWords(words);
  const language = useLanguage();
  const activeOf = ({ generations }: Projection) =>
    generations.find(({ state }) => state === 'active');
  return [
    {
      key: 'name',
      title: t('name'),
      width: 'minmax(180px, 1.5fr)',
      sortable: true,
      cell: ({ name }) => name,
    },
    {
      key: 'state',
      title: t('state'),
      width: 'minmax(180px, 1fr)',
      cell: (row) => <StateCell projection={row} />,
    },
    {
      key: 'lagSeconds',
      title: t('lag'),
      numeric: true,
      width: 96,
      sortable: true,
      cell: ({ lagSeconds }) => durationText(lagSeconds, language),
    },
    {
      key: 'rate',
      title: t('rate'),
      numeric: true,
      width: 96,
      cell: (row) => {
        const rate = rates(`${row.name} ${String(activeOf(row)?.generation ?? '')}`);
        return rate === null
          ? '–'
          : formatNumber(rate, language, { maximumFractionDigits: rate < 10 ? 1 : 0 });
      },
    },
    {
      key: 'generation',
      title: t('generation'),
      numeric: true,
      width: 80,
      cell: (row) => activeOf(row)?.generation ?? '–',
    },
    {
      key: 'parkedEvents',
      title: t('parked'),
      numeric: true,
      width: 96,
      sortable: true,
      cell: ({ parkedEvents }) =>
        parkedEvents === 0 ? '0' : <Badge tone="bad">{formatNumber(parkedEvents, language)}</Badge>,
    },
  ];
}

/** Behind for longer than this is worth a word; less is the rhythm of batches. */
const CATCHING_UP_SECONDS = 2;

function StateCell({ projection }: { readonly projection: Projection }): ReactElement {
  const t = useWords(words);
  const filling = projection.generations.find(({ state }) => state === 'filling');
  if (projection.paused)
    return (
      <Badge tone="waiting" icon="pause">
        {t('paused')}
      </Badge>
    );
  if (filling !== undefined)
    return <ProgressBar label={t('rebuilding')} share={filling.progress} tone="brass" />;
  if (projection.lagSeconds > CATCHING_UP_SECONDS)
    return <Badge tone="waiting">{t('catching')}</Badge>;
  return <Badge tone="good">{t('running')}</Badge>;
}
