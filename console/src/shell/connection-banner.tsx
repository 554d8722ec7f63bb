/** Says that the server is away, and when it is back. */
import { useEffect, useRef, type ReactElement } from 'react';
import { readAgain } from '../api/api.ts';
import { useReachable } from '../api/connection.ts';
import { Icon } from '../design/icons.tsx';
import { toast } from '../design/toasts.tsx';
import { useWords } from '../words/language.ts';
import { AsOfBar } from './as-of-bar.tsx';
import { words } from './words.ts';

export function ConnectionBanner(): ReactElement {
  const t = useWords(words);
  const isReachable = useReachable();
  const wasAway = useRef(false);
  useEffect(() => {
    if (isReachable && wasAway.current) {
      toast(t('back'));
      void readAgain();
    }
    wasAway.current = !isReachable;
  }, [isReachable, t]);
  return (
    <>
      <div role="status" aria-live="polite">
        {isReachable ? null : (
          <p className="flex items-start gap-2 border-b border-wine bg-wine-soft px-4 py-2 text-13">
            <Icon name="warning" className="mt-0.5 text-wine" />
            <span className="min-w-0">
              <strong className="font-semibold">{t('away-title')}</strong> {t('away-text')}
            </span>
          </p>
        )}
      </div>
      <AsOfBar />
    </>
  );
}
