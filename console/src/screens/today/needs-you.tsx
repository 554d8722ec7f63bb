/** What waits for somebody, as a short list that leads there. */
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { classes } from '../../design/classes.ts';
import { Icon } from '../../design/icons.tsx';
import { Card } from '../../design/page.tsx';
import type { Tone } from '../../design/marks.tsx';
import { useWords } from '../../words/language.ts';
import type { Need } from './use-needs.ts';
import { words } from './words.ts';

const COLOURS: Readonly<Record<Tone, string>> = {
  good: 'text-brand',
  waiting: 'text-brass-text',
  bad: 'text-wine',
  info: 'text-blue',
  plain: 'text-muted',
};

export function NeedsYou({ needs }: { readonly needs: readonly Need[] }): ReactElement {
  const t = useWords(words);
  return (
    <Card title={needs.length === 0 ? t('needs') : `${t('needs')} (${needs.length})`}>
      {needs.length === 0 ? <p className="text-muted">{t('needs-nothing')}</p> : null}
      <ul className="-mx-2 flex flex-col">
        {needs.map((need) => (
          <li key={need.key}>
            <Link
              to={need.to}
              className="flex min-h-10 min-w-0 items-center gap-3 rounded-control px-2 py-1 hover:bg-sunken"
            >
              <Icon name={need.icon} size={20} className={COLOURS[need.tone]} />
              <span dir="auto" className={classes('line-clamp-2 min-w-0 flex-1 break-words')}>
                {need.words}
              </span>
              <Icon name="chevron-right" className="text-muted" />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
