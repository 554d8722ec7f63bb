/** A quiet note at the place that it is about, in the demo only, until it is dismissed. */
import type { ReactElement, ReactNode } from 'react';
import { useSession } from '../../api/session.ts';
import { IconButton } from '../../design/buttons.tsx';
import { Icon } from '../../design/icons.tsx';
import { useWords } from '../../words/language.ts';
import { useDemo } from '../break-it/use-demo.ts';
import { dismissHint, isDismissed, isHintShown, useDismissed, type HintName } from './hints.ts';
import { words } from './words.ts';

export interface DemoHintProps {
  readonly hint: HintName;
  /** Shown once this one was dismissed: one hint at a time. */
  readonly after?: HintName;
  /** What it leads to. */
  readonly action?: ReactNode;
}

export function DemoHint({ hint, after, action }: DemoHintProps): ReactElement | null {
  const t = useWords(words);
  const demo = useDemo() ?? null;
  const { permissions } = useSession();
  const dismissed = useDismissed();
  if (after !== undefined && !isDismissed(dismissed, after)) return null;
  if (!isHintShown(hint, { demo, permissions, dismissed })) return null;
  return (
    <aside
      aria-label={t('hint')}
      className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2 rounded-card border border-brass bg-brass-soft py-1 pr-1 pl-4"
    >
      <Icon name="info" className="text-brass-text" />
      <p className="min-w-0 flex-1 basis-40 py-1">{t(hint)}</p>
      {action}
      <IconButton icon="close" label={t('dismiss')} onClick={() => dismissHint(hint)} />
    </aside>
  );
}
