/** What stands in the place of a screen that loads or broke. */
import { useRouter } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { ErrorNote, Skeleton } from '../design/marks.tsx';
import { Page } from '../design/page.tsx';
import { useWords } from '../words/language.ts';
import { words } from './words.ts';

export function RoutePending(): ReactElement {
  return (
    <div className="p-4 md:p-6">
      <Skeleton lines={8} />
    </div>
  );
}

export function RouteError({
  error,
  reset,
}: {
  readonly error: unknown;
  reset(): void;
}): ReactElement {
  const t = useWords(words);
  const router = useRouter();
  return (
    <Page title={t('broken-title')}>
      <div className="max-w-2xl">
        <ErrorNote
          title={t('broken-text')}
          error={error instanceof Error ? error : new Error(String(error))}
          onRetry={() => {
            reset();
            void router.invalidate();
          }}
        />
      </div>
    </Page>
  );
}
