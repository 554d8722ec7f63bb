/** When the tax rates of a location were set, from its history. */
import { useQuery } from '@tanstack/react-query';
import { client } from '../../api/api.ts';
import { shaped } from '../order/order-types.ts';
import type { LocationState } from './location-types.ts';
import { sinceOf, type TaxStep } from './tax-rates.ts';

const SETTING = new Set(['LocationOpened', 'LocationTaxesSet']);
const PAGE_EVENTS = 1000;
/** A location has some hundreds of events; its rates change every few years. */
const PAGES_MAX = 10;
const STEPS_MAX = 30;

const READ = 'GET /v1/business/locations/{id}/history';

/** Since when each rate holds, by its key; empty while it is read. */
export function useTaxSince({ id, version }: LocationState): ReadonlyMap<string, string> {
  const steps = useQuery<readonly TaxStep[]>({
    queryKey: [READ, { params: { id }, taxesOf: version }],
    queryFn: ({ signal }) => readSteps(id, signal),
    placeholderData: (before) => before,
  });
  return sinceOf(steps.data ?? []);
}

async function readSteps(id: string, signal: AbortSignal): Promise<readonly TaxStep[]> {
  const versions: { readonly at: string; readonly version: number }[] = [];
  let after = 0;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const query = { after, limit: PAGE_EVENTS };
    const { body } = await client.call(READ, { params: { id }, query, signal });
    versions.push(...body.items.filter(({ type }) => SETTING.has(type)));
    after = Number(body.next);
    if (!body.more) break;
  }
  return await Promise.all(
    versions.slice(-STEPS_MAX).map(async ({ at, version }) => {
      const { body } = await client.call('GET /v1/business/locations/{id}', {
        params: { id },
        query: { version },
        signal,
      });
      return { at, taxes: shaped<LocationState>(body).taxes };
    }),
  );
}
