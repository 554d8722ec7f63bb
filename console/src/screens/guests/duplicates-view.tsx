/** Guests that share a phone, an e-mail or a messenger id. */
import { useState, type ReactElement } from 'react';
import { Button, TextLink } from '../../design/buttons.tsx';
import { EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Card } from '../../design/page.tsx';
import { useWords } from '../../words/language.ts';
import { usePages } from '../lists/use-pages.ts';
import { MergeDialog, type MergePerson } from './merge-dialog.tsx';
import { useLimits } from '../lists/use-limits.ts';
import { words } from './words.ts';

interface Group {
  readonly reason: 'phone' | 'email' | 'messenger';
  readonly value: string;
  readonly customers: readonly MergePerson[];
  readonly count: number;
}

export function DuplicatesView(): ReactElement {
  const t = useWords(words);
  const limits = useLimits()('customers:merge');
  const [merging, setMerging] = useState<readonly MergePerson[] | null>(null);
  const list = usePages<Group>('GET /v1/customers/duplicates', {}, { limit: 50 });
  if (list.error !== null) return <ErrorNote error={list.error} onRetry={list.readAgain} />;
  if (list.isLoading && list.rows.length === 0) return <Skeleton lines={5} />;
  if (list.rows.length === 0)
    return <EmptyState icon="merge" title={t('dup-empty-title')} text={t('dup-empty-text')} />;
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {list.rows.map((group) => (
          <Card
            key={`${group.reason}${group.value}`}
            title={`${t(`dup-reason-${group.reason}`)}: ${group.value}`}
            actions={
              <Button
                size="compact"
                icon="merge"
                {...limits}
                onClick={() => setMerging(group.customers)}
              >
                {t('dup-merge')}
              </Button>
            }
          >
            <ul className="flex flex-col gap-1">
              {group.customers.map(({ id, name }) => (
                <li key={id} className="min-w-0 truncate">
                  <TextLink to={`/guests/${encodeURIComponent(id)}`}>
                    {name ?? t('no-name')}
                  </TextLink>
                </li>
              ))}
            </ul>
          </Card>
        ))}
      </div>
      {list.loadMore === undefined ? null : <Button onClick={list.loadMore}>{t('more')}</Button>}
      {merging === null ? null : <MergeDialog people={merging} onClose={() => setMerging(null)} />}
    </>
  );
}
