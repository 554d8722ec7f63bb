/** Dictionaries for components: asked for when a screen needs one, kept as long as the page lives. */
import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useLanguage } from '../language.ts';
import { namesOf, type Names } from './lookup.ts';
import type { Dictionary } from './name.ts';
import { loadNames, NAMED_MODULES } from './parts.ts';

/** null where it could not be read: then identifiers are made readable. */
const known = new Map<string, Dictionary | null>();
const asked = new Set<string>();
const listeners = new Set<() => void>();

function ask(module: string): void {
  if (asked.has(module)) return;
  asked.add(module);
  loadNames(module)
    .catch(() => {
      // Without its words a screen still works; the next one asks again.
      asked.delete(module);
      return null;
    })
    .then((names) => {
      known.set(module, names);
      for (const listener of listeners) listener();
    })
    // Listeners only ask React to draw again.
    .catch(() => undefined);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the words of a category's module were read, or are known to be missing. */
export function useNamesReady(category: string): boolean {
  const [module = ''] = category.split('.');
  useEffect(() => ask(module), [module]);
  return useSyncExternalStore(subscribe, () => known.has(module));
}

/** How what belongs to a category is called, in the reader's language. */
export function useNamesOf(category: string): Names {
  const language = useLanguage();
  const [module = ''] = category.split('.');
  useEffect(() => ask(module), [module]);
  const names = useSyncExternalStore(subscribe, () => known.get(module));
  return useMemo(() => namesOf(names ?? null, language), [names, language]);
}

/** By module, for screens that show something of every one; what is not read yet is readable meanwhile. */
export function useEveryName(): (module: string) => Names {
  const language = useLanguage();
  useEffect(() => {
    for (const module of NAMED_MODULES) ask(module);
  }, []);
  const count = useSyncExternalStore(subscribe, () => known.size);
  return useMemo(() => {
    // Made anew whenever one more was read.
    const now = new Map(count === 0 ? [] : known);
    return (module) => namesOf(now.get(module) ?? null, language);
  }, [count, language]);
}

export interface Amounts {
  readonly fields: ReadonlySet<string>;
  readonly currency: string;
}

/** What the fields and values within a screen of one aggregate are called, and where they stand. */
export interface Naming {
  readonly names: Names;
  /** The command and the aggregate, the nearest first. */
  readonly within: readonly string[];
  /** Of the place they belong to (IANA): moments are told as the clock there shows them. */
  readonly zone?: string | undefined;
  /** What the thing is called that a field has the id of; undefined where nobody knows. */
  readonly called?: ((field: string, id: string) => string | undefined) | undefined;
  /** Fields that hold minor units without a currency beside them, and the currency they are in. */
  readonly amounts?: Amounts | undefined;
}

export const NamingContext = createContext<Naming | null>(null);

const NONE: Naming = { names: namesOf(null, 'en'), within: [] };

export function useNaming(): Naming {
  return useContext(NamingContext) ?? NONE;
}
