/** In the demo: that nothing leaves it, and that whoever answers is invented. */
import type { ReactElement } from 'react';
import { Icon } from '../../design/icons.tsx';
import { useWords } from '../../words/language.ts';
import { useDemo } from '../break-it/use-demo.ts';
import { words } from './words-conversations.ts';

export function DemoNote(): ReactElement | null {
  const t = useWords(words);
  const demo = useDemo();
  if (demo === null || demo === undefined) return null;
  return (
    <p className="flex items-start gap-2 text-13 text-muted">
      <Icon name="info" className="mt-0.5 shrink-0" />
      {t('demo-sends-nothing')}
    </p>
  );
}
