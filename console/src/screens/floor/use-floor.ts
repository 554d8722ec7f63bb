/** The floor of a location, with what its open bills come to; follows what happens there. */
import type { CallFailed } from '../../../../src/client/client.ts';
import { useRead } from '../../api/api.ts';
import { shaped, type OrderRow } from '../order/order-types.ts';
import { amountsByTable, type FloorAnswer, type TableAmounts } from './floor-state.ts';
import { useRefresh } from './use-refresh.ts';

/** Reservations come near by the clock alone, which no feed tells. */
const READ_AGAIN_MS = 60_000;
/** Open bills of one house. */
const BILLS_MAX = 1000;

export interface Floor {
  readonly floor: FloorAnswer | null;
  readonly amounts: ReadonlyMap<string, TableAmounts>;
  readonly orders: readonly OrderRow[];
  readonly error: CallFailed | null;
  readAgain(): void;
}

/** `isLive`: false for a screen that is told of changes otherwise, since browsers open few connections to one server. */
export function useFloor(
  locationId: string | null,
  { isLive = true }: { readonly isLive?: boolean } = {},
): Floor {
  const isKnown = locationId !== null;
  const query = { locationId: locationId ?? '' };
  const open = { ...query, status: 'open', limit: BILLS_MAX };
  const options = { enabled: isKnown, everyMs: READ_AGAIN_MS, keep: true };
  const floor = useRead('GET /v1/orders/floor', { query }, options);
  const bills = useRead('GET /v1/orders', { query: open }, options);
  useRefresh(
    'GET /v1/orders/tables/live',
    { query: { ...query, limit: 1 } },
    { again: ['GET /v1/orders/floor'], enabled: isKnown && isLive },
  );
  useRefresh(
    'GET /v1/orders/live',
    { query: { ...query, status: 'open', limit: 1 } },
    { again: ['GET /v1/orders', 'GET /v1/orders/floor'], enabled: isKnown && isLive },
  );
  const orders = shaped<readonly OrderRow[]>(bills.data?.items ?? []);
  return {
    floor: floor.data === undefined ? null : shaped<FloorAnswer>(floor.data),
    amounts: amountsByTable(orders),
    orders,
    error: floor.error,
    readAgain: () => void floor.refetch(),
  };
}
