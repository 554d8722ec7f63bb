/** Names of guests by their id, as far as they are read: the list of members has none of its own. */
import { useEffect, useMemo } from 'react';
import { allows, useSession } from '../../api/session.ts';
import type { GuestRow } from '../guests/guest-types.ts';
import { NAMES_LOOKED_AT } from '../guests/use-guest-search.ts';
import { usePages } from '../lists/use-pages.ts';

const PAGE_ROWS = 1000;

/** As they are called now, whatever moment is looked at; null where the reader may not know guests. */
export function useGuestNames(): ReadonlyMap<string, string> | null {
  const { permissions } = useSession();
  const may = allows(permissions, 'customers:read');
  const { rows, isLoading, loadMore } = usePages<GuestRow>(
    'GET /v1/customers',
    {},
    { limit: PAGE_ROWS, enabled: may },
  );
  useEffect(() => {
    if (!isLoading && rows.length < NAMES_LOOKED_AT) loadMore?.();
  }, [isLoading, rows.length, loadMore]);
  return useMemo(
    () =>
      may
        ? new Map(rows.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])))
        : null,
    [may, rows],
  );
}
