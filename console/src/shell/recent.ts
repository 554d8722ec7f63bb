/** What was open lately in this tab: the palette offers it again. */
import { useLocation } from '@tanstack/react-router';
import { useEffect, useSyncExternalStore } from 'react';

export interface Recent {
  /** Address with its search. */
  readonly href: string;
  readonly title: string;
}

const RECENT_MAX = 8;
/** A screen sets its title once what it shows has loaded. */
const TITLE_SETTLES_MS = 1500;

let recent: readonly Recent[] = [];
const listeners = new Set<() => void>();

/** The same address moves to the front. Pure. */
export function withRecent(now: readonly Recent[], opened: Recent): readonly Recent[] {
  const path = opened.href.split('?')[0];
  return [opened, ...now.filter(({ href }) => href.split('?')[0] !== path)].slice(0, RECENT_MAX);
}

export function useNoteRecent(): void {
  const { href, pathname } = useLocation();
  useEffect(() => {
    if (pathname === '/') return undefined;
    const timer = setTimeout(() => {
      const title = document.title.replace(/ · Comptoir$/, '');
      recent = withRecent(recent, { href, title });
      for (const listener of listeners) listener();
    }, TITLE_SETTLES_MS);
    return () => clearTimeout(timer);
  }, [href, pathname]);
}

export function useRecent(): readonly Recent[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => recent,
  );
}
