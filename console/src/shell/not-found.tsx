/** For addresses without a screen. */
import type { ReactElement } from 'react';
import { LinkButton } from '../design/buttons.tsx';
import { EmptyState } from '../design/marks.tsx';
import { Page } from '../design/page.tsx';
import { useWords } from '../words/language.ts';
import { words } from './words.ts';

export function NotFoundScreen(): ReactElement {
  const t = useWords(words);
  return (
    <Page title={t('not-found')}>
      <EmptyState
        title={t('not-found-title')}
        text={t('not-found-text')}
        action={
          <LinkButton kind="primary" to="/">
            {t('go-home')}
          </LinkButton>
        }
      />
    </Page>
  );
}
