/** All leads: who, how to reach them, how far they are, when somebody is to get back to them. */
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { DataTable } from '../../design/data-table.tsx';
import { type Column } from '../../design/table-parts.ts';
import { SelectField } from '../../design/fields.tsx';
import { Badge, EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Moment } from '../../design/texts.tsx';
import { useAsOf, useUrlState } from '../../design/url-state.ts';
import { useWords, type Speak } from '../../words/language.ts';
import { CommandBar } from '../generated/command-bar.tsx';
import { useAggregate } from '../generated/generic-calls.ts';
import { isObject } from '../generated/schema.ts';
import { usePages } from '../lists/use-pages.ts';
import { STAGES, STAGE_TONES, type LeadRow } from './lead-types.ts';
import { words } from './words.ts';
import { words as leadWords } from './words-lead.ts';

const PAGE_ROWS = 100;

export function LeadsList(): ReactElement {
  const t = useWords(words);
  const say = useWords(leadWords);
  const navigate = useNavigate();
  const { at } = useAsOf();
  const [chosen, choose] = useUrlState('stage', 'all');
  const stage = STAGES.find((each) => each === chosen);
  const list = usePages<LeadRow>(
    'GET /v1/leads',
    { stage, at: at ?? undefined },
    { limit: PAGE_ROWS, live: 'GET /v1/leads/live' },
  );
  const open = (id: string): void => void navigate({ to: `/leads/${encodeURIComponent(id)}` });
  return (
    <>
      <div className="flex min-w-0 flex-wrap items-end justify-between gap-3">
        <SelectField
          label={say('stage')}
          value={stage ?? 'all'}
          onChange={choose}
          options={[
            { value: 'all', label: say('all-stages') },
            ...STAGES.map((value) => ({ value, label: t(value) })),
          ]}
        />
        <Capture onMade={open} />
      </div>
      {list.error === null ? null : <ErrorNote error={list.error} onRetry={list.readAgain} />}
      <DataTable<LeadRow>
        label={t('title')}
        rows={list.rows}
        rowKey={({ id }) => id}
        isLoading={list.isLoading}
        loadMore={list.loadMore}
        onOpen={({ id }) => open(id)}
        empty={<EmptyState icon="leads" title={t('empty-title')} text={t('empty-text')} />}
        columns={[...whoColumns({ t, say }), ...whenColumns(say)]}
      />
    </>
  );
}

function Capture({ onMade }: { onMade(id: string): void }): ReactElement | null {
  const aggregate = useAggregate('leads');
  if (aggregate === undefined) return <Skeleton lines={1} />;
  if (aggregate === null) return null;
  return (
    <CommandBar
      aggregate={aggregate}
      id={null}
      onDone={(answer) => {
        const made = isObject(answer) ? answer['id'] : undefined;
        if (typeof made === 'string') onMade(made);
      }}
    />
  );
}

function whoColumns(of: {
  readonly t: Speak<keyof typeof words.en>;
  readonly say: Speak<keyof typeof leadWords.en>;
}): readonly Column<LeadRow>[] {
  const { t, say } = of;
  return [
    {
      key: 'name',
      title: say('name'),
      width: 'minmax(140px, 1.2fr)',
      sortable: true,
      cell: (row) => <bdi className="truncate font-medium">{row.name ?? t('no-name')}</bdi>,
    },
    {
      key: 'contact',
      title: say('contact'),
      width: 'minmax(160px, 1.6fr)',
      cell: (row) => <bdi className="truncate">{row.email ?? row.phone ?? '–'}</bdi>,
    },
    {
      key: 'stage',
      title: say('stage'),
      width: 140,
      cell: (row) => <Badge tone={STAGE_TONES[row.stage]}>{t(row.stage)}</Badge>,
    },
    {
      key: 'grade',
      title: say('grade'),
      width: 90,
      sortable: true,
      cell: (row) => <bdi>{row.grade ?? '–'}</bdi>,
    },
    {
      key: 'score',
      title: say('score'),
      numeric: true,
      width: 90,
      sortable: true,
      cell: (row) => row.score ?? '–',
    },
    {
      key: 'source',
      title: say('source'),
      width: 'minmax(100px, 1fr)',
      cell: (row) => <bdi className="truncate">{row.utmSource ?? sourceOf(row.source, say)}</bdi>,
    },
  ];
}

function whenColumns(say: Speak<keyof typeof leadWords.en>): readonly Column<LeadRow>[] {
  return [
    {
      key: 'followUpDueAt',
      title: say('follow-up'),
      width: 150,
      sortable: true,
      cell: (row) => <Moment at={row.followUpDueAt} relative />,
    },
    {
      key: 'capturedAt',
      title: say('captured'),
      width: 150,
      sortable: true,
      cell: (row) => <Moment at={row.capturedAt} relative />,
    },
  ];
}

export function sourceOf(source: string, say: Speak<keyof typeof leadWords.en>): string {
  const key = `source-${source}`;
  // safe because the words have the key
  return Object.hasOwn(leadWords.en, key) ? say(key as 'source-quiz') : source;
}
