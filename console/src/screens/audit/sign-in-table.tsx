/** Where refused sign-ins came from, the most frequent first. */
import type { ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { DataTable, EmptyState, ErrorNote, Moment } from '../../design/index.ts';
import { formatNumber } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import type { Filters } from './audit-query.ts';
import { words } from './words.ts';

export function SignInTable({ query }: { readonly query: Filters }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const read = useRead('GET /v1/audit/reports/failed-sign-ins', { query: { from: query.from } });
  return (
    <>
      {read.error === null ? null : (
        <ErrorNote error={read.error} onRetry={() => void read.refetch()} />
      )}
      <DataTable
        label={t('tab-sign-ins')}
        rows={read.data?.items ?? []}
        rowKey={({ address }) => address ?? ''}
        isLoading={read.isLoading}
        columns={[
          {
            key: 'address',
            title: t('column-address'),
            cell: ({ address }) => <code>{address ?? t('unknown-address')}</code>,
          },
          {
            key: 'count',
            title: t('column-count'),
            numeric: true,
            sortable: true,
            width: 96,
            cell: ({ count }) => formatNumber(count, language),
          },
          {
            key: 'firstTime',
            title: t('column-first'),
            cell: ({ firstTime }) => <Moment at={firstTime} />,
          },
          {
            key: 'lastTime',
            title: t('column-last'),
            sortable: true,
            cell: ({ lastTime }) => <Moment at={lastTime} />,
          },
        ]}
        empty={
          read.error === null ? (
            <EmptyState icon="audit" title={t('empty-title')} text={t('empty-text')} />
          ) : undefined
        }
      />
    </>
  );
}
