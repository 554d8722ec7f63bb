/** Amounts without a currency beside them: which fields they are, and the currency of the place or of the house. */
import { useMemo } from 'react';
import { useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { useHouseCurrency } from '../../design/house-currency.ts';
import type { Amounts } from '../../words/names/use-names.ts';
import type { AggregateItem } from './generic-calls.ts';
import { currencyAmong } from './currencies.ts';

export interface AmountsOf {
  readonly fields: ReadonlySet<string>;
  /** For what stands in these things, the first that says something counts. */
  within(...things: readonly unknown[]): Amounts;
}

export function useAmounts({ money }: AggregateItem): AmountsOf {
  const house = useHouseCurrency();
  const { permissions } = useSession();
  // Asked for by the shell too, so it is mostly there.
  const places = useRead(
    'GET /v1/business/locations',
    {},
    { enabled: money.length > 0 && allows(permissions, 'business:read') },
  );
  const items = places.data?.items;
  return useMemo(() => {
    const fields = new Set(money);
    const byPlace = new Map((items ?? []).map(({ id, currency }) => [id, String(currency)]));
    return {
      fields,
      within: (...things) => ({ fields, currency: currencyAmong(things, byPlace) ?? house }),
    };
  }, [money, items, house]);
}
