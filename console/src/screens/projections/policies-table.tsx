/** Policies: how far they are, what they did, and what they could not answer. */
import { type ReactElement } from 'react';
import type { Operations } from '../../../../src/client/client.ts';
import { useCommand, useRead } from '../../api/api.ts';
import {
  Badge,
  Button,
  DataTable,
  Drawer,
  EmptyState,
  ErrorNote,
  Facts,
  toast,
  useSetUrlSearch,
  useUrlSearch,
  type Column,
} from '../../design/index.ts';
import { formatNumber } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { durationText } from './duration.ts';
import { ParkedEvents } from './parked-events.tsx';
import { words } from './words.ts';

type Policy = Operations['GET /v1/policies']['answer']['items'][number];

const READ_EVERY_MS = 3000;

export function PoliciesTable(): ReactElement {
  const t = useWords(words);
  const search = useUrlSearch();
  const set = useSetUrlSearch();
  const read = useRead('GET /v1/policies', {}, { everyMs: READ_EVERY_MS });
  const items = read.data?.items ?? [];
  const open = items.find(({ name }) => name === search['name']) ?? null;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {read.error === null ? null : (
        <ErrorNote error={read.error} onRetry={() => void read.refetch()} />
      )}
      <DataTable
        label={t('tab-policies')}
        columns={useColumns()}
        rows={items}
        rowKey={({ name }) => name}
        isLoading={read.isLoading}
        openKey={open?.name ?? null}
        onOpen={({ name }) => set({ name }, { push: true })}
        empty={
          read.error === null ? (
            <EmptyState title={t('tab-policies')} text={t('empty-policies')} />
          ) : undefined
        }
      />
      <PolicyDrawer policy={open} onClose={() => set({ name: null })} />
    </div>
  );
}

function useColumns(): readonly Column<Policy>[] {
  const t = useWords(words);
  const language = useLanguage();
  const number = (
    key: 'done' | 'refused' | 'timers' | 'behindEvents',
    title: string,
  ): Column<Policy> => ({
    key,
    title,
    numeric: true,
    width: 96,
    sortable: true,
    cell: (row) => formatNumber(row[key], language),
  });
  return [
    {
      key: 'name',
      title: t('name'),
      width: 'minmax(200px, 1.5fr)',
      sortable: true,
      cell: ({ name }) => name,
    },
    { key: 'state', title: t('state'), width: 140, cell: (row) => <State policy={row} /> },
    {
      key: 'lagSeconds',
      title: t('lag'),
      numeric: true,
      width: 96,
      sortable: true,
      cell: ({ lagSeconds }) => durationText(lagSeconds, language),
    },
    number('done', t('done')),
    number('refused', t('refused')),
    number('timers', t('timers')),
    {
      key: 'parked',
      title: t('parked'),
      numeric: true,
      width: 96,
      sortable: true,
      cell: ({ parked }) =>
        parked === 0 ? '0' : <Badge tone="bad">{formatNumber(parked, language)}</Badge>,
    },
  ];
}

function State({ policy: { suspended, behindEvents } }: { readonly policy: Policy }): ReactElement {
  const t = useWords(words);
  if (suspended) return <Badge tone="bad">{t('suspended')}</Badge>;
  return behindEvents > 0 ? (
    <Badge tone="waiting">{t('catching')}</Badge>
  ) : (
    <Badge tone="good">{t('running')}</Badge>
  );
}

function PolicyDrawer({
  policy,
  onClose,
}: {
  readonly policy: Policy | null;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const resume = useCommand('POST /v1/policies/{name}/resume', { again: ['GET /v1/policies'] });
  return (
    <Drawer title={policy?.name ?? ''} isOpen={policy !== null} onClose={onClose} width="wide">
      {policy === null ? null : (
        <div className="flex flex-col gap-6">
          <Facts
            facts={[
              [t('state'), <State key="state" policy={policy} />],
              [t('lag'), durationText(policy.lagSeconds, language)],
              [t('behind'), t('events-behind', { count: policy.behindEvents })],
              [t('done'), formatNumber(policy.done, language)],
              [t('refused'), formatNumber(policy.refused, language)],
              [t('last-refusal'), policy.lastRefusal],
              [t('timers'), formatNumber(policy.timers, language)],
            ]}
          />
          {policy.suspended ? (
            <div className="flex flex-wrap items-center gap-3">
              <p className="max-w-prose">{t('suspended-text')}</p>
              <Button
                kind="primary"
                icon="play"
                isBusy={resume.isPending}
                onClick={() =>
                  resume.mutate(
                    { params: { name: policy.name } },
                    { onSuccess: () => toast(t('resumed-now', { name: policy.name })) },
                  )
                }
              >
                {t('resume')}
              </Button>
            </div>
          ) : null}
          {resume.error === null ? null : <ErrorNote error={resume.error} />}
          <ParkedEvents of="policy" name={policy.name} count={policy.parked} />
        </div>
      )}
    </Drawer>
  );
}
