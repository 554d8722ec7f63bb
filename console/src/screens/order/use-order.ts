/** One order as it is now or was at a moment; follows what others and the stations do with it. */
import type { CallFailed } from '../../../../src/client/client.ts';
import { useRead } from '../../api/api.ts';
import { useRefresh } from '../floor/use-refresh.ts';
import { shaped, type OrderView } from './order-types.ts';

/** Also without a word of the feed, for prices and payments of other computers. */
const READ_AGAIN_MS = 30_000;

export interface OrderRead {
  readonly order: OrderView | null;
  readonly isLoading: boolean;
  readonly error: CallFailed | null;
  readAgain(): void;
}

export function useOrder(orderId: string | null, at: string | null = null): OrderRead {
  const isKnown = orderId !== null;
  const id = orderId ?? '';
  const { data, isPending, error, refetch } = useRead(
    'GET /v1/orders/{id}',
    { params: { id }, query: { at: at ?? undefined } },
    { enabled: isKnown, keep: at !== null, ...(at === null ? { everyMs: READ_AGAIN_MS } : {}) },
  );
  const order = data === undefined ? null : shaped<OrderView>(data);
  const isLive = isKnown && at === null;
  useRefresh(
    'GET /v1/orders/tickets/live',
    { query: { orderId: id, limit: 1 } },
    { again: ['GET /v1/orders/{id}'], enabled: isLive },
  );
  useRefresh(
    'GET /v1/orders/live',
    {
      query: {
        locationId: order?.locationId ?? '',
        businessDay: order?.businessDay ?? '',
        limit: 1,
      },
    },
    { again: ['GET /v1/orders/{id}', 'GET /v1/orders'], enabled: isLive && order !== null },
  );
  return { order, isLoading: isPending && isKnown, error, readAgain: () => void refetch() };
}
