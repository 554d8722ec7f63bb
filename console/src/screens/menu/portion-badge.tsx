/** Whether a product can be had here now, in a word. */
import type { ReactElement } from 'react';
import { Badge } from '../../design/marks.tsx';
import { useWords } from '../../words/language.ts';
import type { PortionRow } from './menu-types.ts';
import { words } from './words.ts';

/** Fewer than these are worth a look. */
const FEW = 5;

export function PortionBadge({ row }: { readonly row: PortionRow | undefined }): ReactElement {
  const t = useWords(words);
  if (row === undefined || (!row.soldOut && row.remaining === null))
    return <Badge tone="good">{t('available')}</Badge>;
  if (row.soldOut || row.remaining === 0) return <Badge tone="bad">{t('sold-out')}</Badge>;
  const remaining = row.remaining ?? 0;
  return (
    <Badge tone={remaining <= FEW ? 'waiting' : 'good'}>{t('left', { count: remaining })}</Badge>
  );
}
