/** What an error says to people, by its code and by its fields, in the reader's language. */
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { InputError } from '../../../../src/client/client.ts';
import { LANGUAGES } from '../define-words.ts';
import { useLanguage } from '../language.ts';
import type { fieldMessages, PROBLEMS } from './all.ts';
import type { ValueWords } from './field-messages.ts';

interface Part {
  readonly PROBLEMS: typeof PROBLEMS;
  readonly fieldMessages: typeof fieldMessages;
}

let known: Part | null = null;
let isAsked = false;
const listeners = new Set<() => void>();

function ask(): void {
  if (isAsked) return;
  isAsked = true;
  import('./all.ts')
    .then((part) => {
      known = part;
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

function usePart(isNeeded: boolean): Part | null {
  useEffect(() => {
    if (isNeeded) ask();
  }, [isNeeded]);
  return useSyncExternalStore(subscribe, () => known);
}

/** undefined for a code without words, and until the words are read. */
export function useProblem(code: string | undefined): string | undefined {
  const language = useLanguage();
  const problems = usePart(code !== undefined && code !== '')?.PROBLEMS;
  if (code === undefined || problems === undefined || !Object.hasOwn(problems, code))
    return undefined;
  return problems[code]?.[LANGUAGES.indexOf(language)];
}

const NONE: readonly InputError[] = [];

/** One sentence for each field that was refused, by its JSON Pointer; the server's own until the words are read. */
export function useFieldMessages(
  errors: readonly InputError[] = NONE,
  valueWords?: ValueWords,
): ReadonlyMap<string, string> {
  const language = useLanguage();
  const part = usePart(errors.length > 0);
  return useMemo(
    () =>
      part?.fieldMessages(errors, language, valueWords) ??
      new Map(errors.map(({ at, message }) => [at, message])),
    [part, errors, language, valueWords],
  );
}
