/** Guests found by phone, e-mail or name, as one types it into one field. */
import { useEffect } from 'react';
import { usePages, type Pages } from '../lists/use-pages.ts';
import type { GuestRow } from './guest-types.ts';
import { hasWords, searchOf, type GuestSearch } from './search.ts';

/** Names are sealed with the key of their person, so the server finds none; these many are looked through here. */
export const NAMES_LOOKED_AT = 5000;
const PAGE_OF_NAMES = 1000;
const PAGE_ROWS = 200;

export interface FoundGuests {
  readonly search: GuestSearch;
  readonly rows: readonly GuestRow[];
  readonly list: Pages<GuestRow>;
}

export function useGuestSearch(
  typed: string,
  asked: {
    /** Of those that are not asked for by phone or e-mail; undefined for all. */
    readonly status: string | undefined;
    readonly at: string | undefined;
    readonly enabled?: boolean;
  },
): FoundGuests {
  const search = searchOf(typed);
  const byName = search.by === 'name';
  const isAsked = search.by === 'phone' || search.by === 'email';
  const list = usePages<GuestRow>(
    'GET /v1/customers',
    {
      status: isAsked ? undefined : asked.status,
      phone: search.by === 'phone' ? search.phone : undefined,
      email: search.by === 'email' ? search.email : undefined,
      at: asked.at,
    },
    {
      ...(search.by === 'none' ? { live: 'GET /v1/customers/live' } : {}),
      limit: byName ? PAGE_OF_NAMES : PAGE_ROWS,
      enabled: asked.enabled ?? true,
    },
  );
  const { loadMore, rows: loaded, isLoading } = list;
  useEffect(() => {
    if (byName && !isLoading && loaded.length < NAMES_LOOKED_AT) loadMore?.();
  }, [byName, isLoading, loaded.length, loadMore]);
  const rows = byName
    ? loaded.filter(({ name, tags }) => hasWords([name, ...(tags ?? [])], search.text))
    : loaded;
  return { search, rows, list };
}
