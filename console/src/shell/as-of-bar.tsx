/** What stands above a screen that shows the past: that it does, how far its lists are prepared, and the way back. */
import type { ReactElement } from 'react';
import { Button } from '../design/buttons.tsx';
import { Icon } from '../design/icons.tsx';
import { ProgressBar } from '../design/progress-bar.tsx';
import { useAsOf } from '../design/url-state.ts';
import { formatNumber } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { useProblem } from '../words/problems/use-problem.ts';
import { useCopies, type CopiesState } from './as-of-copies.ts';
import { words } from './words-as-of.ts';

export function AsOfBar(): ReactElement | null {
  const { at } = useAsOf();
  return at === null ? null : <Bar at={at} />;
}

function Bar({ at }: { readonly at: string }): ReactElement {
  const t = useWords(words);
  const { setAt } = useAsOf();
  const copies = useCopies(at);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-brass bg-brass-soft px-4 py-1.5 text-13 text-brass-text">
      <Icon name="history" />
      <span className="min-w-0 flex-1 basis-48">{t('banner')}</span>
      <Button size="compact" icon="undo" onClick={() => setAt(null)}>
        {t('back')}
      </Button>
      {copies === null ? null : (
        <div className="w-full pb-1" role="status" aria-live="polite">
          <Copies copies={copies} />
        </div>
      )}
    </div>
  );
}

function Copies({ copies }: { readonly copies: CopiesState }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { count, eventsDone, events, refused } = copies;
  if (refused !== null) return <Refused copies={copies} />;
  const share = events === 0 ? 0 : eventsDone / events;
  const number = (value: number): string => formatNumber(value, language);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <p className="min-w-0">
        <span className="font-medium">{t('preparing', { count })}</span>{' '}
        {events === 0 ? null : (
          <span>{t('looked', { done: number(eventsDone), all: number(events) })}</span>
        )}
      </p>
      <div className="min-w-40 flex-1 basis-52 text-ink">
        <ProgressBar label={t('preparing', { count })} share={share} tone="brass" />
      </div>
    </div>
  );
}

const MINUTE_MS = 60_000;

function Refused({
  copies: { refused, askAgain },
}: {
  readonly copies: CopiesState;
}): ReactElement | null {
  const t = useWords(words);
  const said = useProblem(refused?.code);
  if (refused === null) return null;
  const minutes = Math.max(1, Math.ceil((refused.retryAfterMs ?? MINUTE_MS) / MINUTE_MS));
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <p className="min-w-0 flex-1 basis-64">
        {refused.code === 'AS_OF_COPIES_IN_USE'
          ? t('in-use', { count: minutes })
          : t('failed', { detail: said ?? refused.detail })}
      </p>
      <Button size="compact" icon="refresh" onClick={askAgain}>
        {t('again')}
      </Button>
    </div>
  );
}
