/** Asks before what was typed is lost by going elsewhere, to another tab of the screen, or by closing the page. */
import { useBlocker } from '@tanstack/react-router';
import { useWords } from '../../words/language.ts';
import { words } from './edit-words.ts';

/** Values of the address that decide which form is on the screen. */
const PLACES = ['view', 'part'] as const;

export function useUnsaved(isDirty: boolean): void {
  const t = useWords(words);
  useBlocker({
    shouldBlockFn: ({ current, next }) => {
      if (!isDirty) return false;
      const isElsewhere =
        current.pathname !== next.pathname ||
        PLACES.some((name) => textAt(current.search, name) !== textAt(next.search, name));
      // The browser's own question is the one that also guards against closing the tab.
      // oxlint-disable-next-line no-alert
      return isElsewhere && !globalThis.confirm(t('leave'));
    },
    enableBeforeUnload: isDirty,
  });
}

function textAt(search: unknown, name: string): unknown {
  if (typeof search !== 'object' || search === null) return undefined;
  return Object.entries(search).find(([key]) => key === name)?.[1];
}
