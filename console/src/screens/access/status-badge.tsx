/** Whether a person can sign in. */
import type { ReactElement } from 'react';
import { Badge } from '../../design/marks.tsx';
import { useWords } from '../../words/language.ts';
import { words } from './words.ts';

export function StatusBadge({ status }: { readonly status: string }): ReactElement {
  const t = useWords(words);
  if (status === 'disabled') return <Badge tone="bad">{t('disabled')}</Badge>;
  return status === 'invited' ? (
    <Badge tone="waiting">{t('invited')}</Badge>
  ) : (
    <Badge tone="good">{t('active')}</Badge>
  );
}
