/** The menu of a place as it is sold at this moment. */
import { useMemo } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { useRead } from '../../api/api.ts';
import { useLanguage } from '../../words/language.ts';
import { menuLanguage, type Location } from '../floor/locations.ts';
import { flatSections, productsById, type FlatSection } from './menu-search.ts';
import { shaped, type Channel, type Menu, type MenuProduct } from './order-types.ts';

/** Prices and what is sold out change by the minute at most. */
const READ_AGAIN_MS = 60_000;

export interface MenuHere {
  readonly sections: readonly FlatSection[];
  readonly products: ReadonlyMap<string, MenuProduct>;
  readonly currency: string;
  readonly isLoading: boolean;
  readonly error: CallFailed | null;
  readAgain(): Promise<ReadonlyMap<string, MenuProduct>>;
}

export function useMenu(location: Location | null, channel: Channel): MenuHere {
  const language = useLanguage();
  const query = {
    locationId: location?.id ?? '',
    channel,
    language: location === null ? language : menuLanguage(location, language),
  };
  const { data, isPending, error, refetch } = useRead(
    'GET /v1/catalog/menu',
    { query },
    { enabled: location !== null, everyMs: READ_AGAIN_MS, keep: true },
  );
  const menu = useMemo(() => {
    const known = shaped<Menu>(data ?? { sections: [] });
    return { sections: flatSections(known), products: productsById(known) };
  }, [data]);
  return {
    ...menu,
    currency: data?.currency ?? location?.currency ?? 'EUR',
    isLoading: isPending,
    error,
    readAgain: async () => productsById(shaped<Menu>((await refetch()).data ?? { sections: [] })),
  };
}
