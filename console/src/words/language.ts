/** The reader's language: what they chose, else what the browser prefers. */
import { useCallback, useSyncExternalStore } from 'react';
import { LANGUAGES, say, type Language, type Values, type Words } from './define-words.ts';

const KEPT_AS = 'comptoir.language';
const listeners = new Set<() => void>();
let current: Language = firstLanguage();

export function languageNow(): Language {
  return current;
}

/** Whether somebody chose the language in this browser. */
export function languageIsChosen(): boolean {
  return localStorage.getItem(KEPT_AS) !== null;
}

export function chooseLanguage(
  language: Language,
  { keep = true }: { readonly keep?: boolean } = {},
): void {
  current = language;
  if (keep) localStorage.setItem(KEPT_AS, language);
  document.documentElement.lang = language === 'pt' ? 'pt-BR' : language;
  for (const listener of listeners) listener();
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, languageNow);
}

/** How a component speaks: `t('title')`, `t('guests', { count: 3 })`. */
export type Speak<Key extends string> = (key: Key, values?: Values) => string;

export function useWords<Key extends string>(words: Words<Key>): Speak<Key> {
  const language = useLanguage();
  return useCallback(
    (key, values) => say(words, language, values === undefined ? { key } : { key, values }),
    [words, language],
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function firstLanguage(): Language {
  const wanted = [localStorage.getItem(KEPT_AS), ...navigator.languages];
  const known = wanted
    .map((each) => LANGUAGES.find((language) => each?.toLowerCase().startsWith(language)))
    .find((each) => each !== undefined);
  const language = known ?? 'en';
  document.documentElement.lang = language === 'pt' ? 'pt-BR' : language;
  return language;
}
