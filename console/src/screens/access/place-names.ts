/** What locations are called, closed ones too. */
import { useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';

/** More than anybody runs; the ids of further ones are shown. */
const PLACES_MAX = 200;

export function usePlaceNames(): (id: string) => string {
  const { permissions } = useSession();
  const places = useRead(
    'GET /v1/business/locations',
    { query: { limit: PLACES_MAX } },
    { enabled: allows(permissions, 'business:read') },
  );
  return (id) => places.data?.items.find((each) => each.id === id)?.name ?? id;
}
