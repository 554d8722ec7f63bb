/** What a screen shows, kept in its address: filters, tabs, the moment of "as of". */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** All of the address's search values, as text. */
export function useUrlSearch(): Readonly<Record<string, string>> {
  // safe because the router's parseSearch gives texts only
  return useSearch({ strict: false }) as Readonly<Record<string, string>>;
}

/** Sets search values; empty and null ones leave the address. `push` makes the back button return to what was. */
export function useSetUrlSearch(): (
  values: Readonly<Record<string, string | null>>,
  options?: { readonly push?: boolean },
) => void {
  const navigate = useNavigate();
  return useCallback(
    (values, options = {}) => {
      // safe because routes here take any texts, and the router checks them when it reads them
      const search = changed(values) as never;
      void navigate({
        to: '.',
        replace: options.push !== true,
        resetScroll: false,
        search,
      });
    },
    [navigate],
  );
}

type Search = Readonly<Record<string, string>>;

function changed(values: Readonly<Record<string, string | null>>): (now: Search) => Search {
  return (now) => {
    const filled: Record<string, string> = {};
    for (const [name, value] of Object.entries({ ...now, ...values }))
      if (value !== null && value !== '') filled[name] = value;
    return filled;
  };
}

/** One search value of the address, as useState would give it. */
export function useUrlState(
  name: string,
  initial = '',
): readonly [string, (value: string) => void] {
  const value = useUrlSearch()[name] ?? initial;
  const set = useSetUrlSearch();
  return [
    value,
    useCallback((next) => set({ [name]: next === initial ? null : next }), [set, name, initial]),
  ];
}

export interface AsOf {
  /** The moment in the past that the screen shows; null is now. */
  readonly at: string | null;
  setAt(at: string | null): void;
}

/** The time chip's moment, in the address as `?at=`. */
export function useAsOf(): AsOf {
  const at = useUrlSearch()['at'] ?? null;
  const set = useSetUrlSearch();
  return { at, setAt: useCallback((next) => set({ at: next }, { push: true }), [set]) };
}
