/** The list of orders under its filters, page after page, as it is now or was at a moment. */
import { useEffect, useMemo, useState } from 'react';
import { CallFailed } from '../../../../src/client/client.ts';
import { client, useRead } from '../../api/api.ts';
import { useRefresh } from '../floor/use-refresh.ts';
import { shaped, type OrderRow } from '../order/order-types.ts';

export interface OrderFilters {
  readonly locationId: string;
  readonly status: string;
  readonly businessDay: string;
  readonly tableId: string;
}

export interface OrdersRead {
  readonly rows: readonly OrderRow[];
  readonly more: boolean;
  readonly isLoading: boolean;
  readonly error: CallFailed | null;
  loadMore(): void;
  readAgain(): void;
}

const PAGE = 100;
/** More rows than anybody looks through; filters narrow it down. */
const ROWS_MAX = 5000;

export function useOrders(filters: OrderFilters, at: string | null): OrdersRead {
  const query = {
    locationId: filters.locationId || undefined,
    status: filters.status || undefined,
    businessDay: filters.businessDay || undefined,
    tableId: filters.tableId || undefined,
    limit: PAGE,
    at: at ?? undefined,
  };
  const first = useRead(
    'GET /v1/orders',
    { query },
    { keep: true, enabled: filters.locationId !== '' },
  );
  const { limit: _limit, at: _at, ...live } = query;
  useRefresh(
    'GET /v1/orders/live',
    { query: { ...live, limit: 1 } },
    { again: ['GET /v1/orders'], enabled: at === null && filters.locationId !== '' },
  );
  const key = JSON.stringify(query);
  const [later, setLater] = useState<Later>(NONE);
  useEffect(() => setLater({ ...NONE, key }), [key]);
  const pages = later.key === key ? later : NONE;
  const rows = useMemo(
    () => unique([...shaped<readonly OrderRow[]>(first.data?.items ?? []), ...pages.rows]),
    [first.data, pages.rows],
  );
  const after = pages.next ?? first.data?.next;
  const more = pages.next === null ? (first.data?.more ?? false) : pages.more;
  const loadMore = (): void => {
    if (!more || pages.isLoading || after === undefined || rows.length >= ROWS_MAX) return;
    setLater({ ...pages, key, isLoading: true });
    void client.call('GET /v1/orders', { query: { ...query, after } }).then(
      ({ body }) =>
        setLater((now) =>
          now.key === key
            ? {
                key,
                rows: [...now.rows, ...shaped<readonly OrderRow[]>(body.items)],
                next: body.next,
                more: body.more,
                isLoading: false,
                error: null,
              }
            : now,
        ),
      (error: unknown) =>
        setLater((now) => ({
          ...now,
          isLoading: false,
          error: error instanceof CallFailed ? error : null,
        })),
    );
  };
  return {
    rows,
    more,
    isLoading: first.isPending || pages.isLoading,
    error: first.error ?? pages.error,
    loadMore,
    readAgain: () => void first.refetch(),
  };
}

interface Later {
  readonly key: string;
  readonly rows: readonly OrderRow[];
  readonly next: string | null;
  readonly more: boolean;
  readonly isLoading: boolean;
  readonly error: CallFailed | null;
}

const NONE: Later = { key: '', rows: [], next: null, more: false, isLoading: false, error: null };

/** An order that moved between pages while they were read stands once. */
function unique(rows: readonly OrderRow[]): readonly OrderRow[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}
