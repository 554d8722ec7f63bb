/** What the sentences of a stream are filled with: the number of its order, names of tiers, its currency, the zone of its place. */
import { allows, useSession } from '../../api/session.ts';
import { useRead } from '../../api/api.ts';
import type { EventNames } from '../../words/event-words.ts';
import { useSentenceNames } from '../events/use-sentence-names.ts';
import { isObject } from '../generated/schema.ts';
import type { StreamRead } from './use-stream.ts';

/** More than anybody runs. */
const PLACES_MAX = 200;

export function useStreamNames(read: StreamRead): EventNames {
  const { permissions } = useSession();
  const places = useRead(
    'GET /v1/business/locations',
    { query: { limit: PLACES_MAX } },
    { enabled: allows(permissions, 'business:read') },
  );
  const { nameOf } = useSentenceNames(read.events);
  const place = inData(read, 'locationId');
  return {
    nameOf,
    currency: inData(read, 'currency'),
    zone: places.data?.items.find(({ id }) => id === place)?.timeZone ?? undefined,
  };
}

/** Of the state, or of the first event that tells it: one of them says it for all. */
function inData({ state, events }: StreamRead, name: string): string | undefined {
  return [state?.state, ...events.map(({ data }) => data)]
    .map((data) => (isObject(data) ? data[name] : undefined))
    .find((value) => typeof value === 'string');
}
