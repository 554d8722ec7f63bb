/** What an error says to people, by its code, in the reader's language. */
import { useEffect, useSyncExternalStore } from 'react';
import { LANGUAGES } from '../define-words.ts';
import { useLanguage } from '../language.ts';
import type { Problems } from './problem.ts';

let known: Problems | null = null;
let isAsked = false;
const listeners = new Set<() => void>();

function ask(): void {
  if (isAsked) return;
  isAsked = true;
  import('./all.ts')
    .then(({ PROBLEMS }) => {
      known = PROBLEMS;
      for (const listener of listeners) listener();
    })
    .catch(() => {
      // The server may be away, which is what the error is about; the next error asks again.
      isAsked = false;
    });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** undefined for a code without words, and until the words are read. */
export function useProblem(code: string | undefined): string | undefined {
  const language = useLanguage();
  useEffect(() => {
    if (code !== undefined && code !== '') ask();
  }, [code]);
  const problems = useSyncExternalStore(subscribe, () => known);
  if (code === undefined || problems === null || !Object.hasOwn(problems, code)) return undefined;
  return problems[code]?.[LANGUAGES.indexOf(language)];
}
