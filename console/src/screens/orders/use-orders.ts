/** The list of orders under its filters, page after page, as it is now or was at a moment. */
import { useMemo, useState } from 'react';
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
  const live = {
    locationId: filters.locationId || undefined,
    status: filters.status || undefined,
    businessDay: filters.businessDay || undefined,
    tableId: filters.tableId || undefined,
  };
  const query = { ...live, limit: PAGE, at: at ?? undefined };
  const isKnown = filters.locationId !== '';
  const first = useRead('GET /v1/orders', { query }, { keep: true, enabled: isKnown });
  useRefresh(
    'GET /v1/orders/live',
    { query: { ...live, limit: 1 } },
    { again: ['GET /v1/orders'], enabled: at === null && isKnown },
  );
  const pages = useLaterPages(query);
  const { later } = pages;
  const rows = useMemo(
    () => unique([...shaped<readonly OrderRow[]>(first.data?.items ?? []), ...later.rows]),
    [first.data, later.rows],
  );
  const after = later.next ?? first.data?.next;
  const more = later.next === null ? (first.data?.more ?? false) : later.more;
  return {
    rows,
    more,
    isLoading: first.isPending || later.isLoading,
    error: first.error ?? later.error,
    loadMore() {
      if (more && !later.isLoading && after !== undefined && rows.length < ROWS_MAX)
        pages.load(after);
    },
    readAgain: () => void first.refetch(),
  };
}

/** Pages behind the first one; they go when the question changes. */
function useLaterPages(query: Readonly<Record<string, string | number | undefined>>) {
  const key = JSON.stringify(query);
  const [held, setHeld] = useState<Later>(NONE);
  const later = held.key === key ? held : { ...NONE, key };
  const load = (after: string): void => {
    setHeld({ ...later, isLoading: true });
    void client.call('GET /v1/orders', { query: { ...query, after } }).then(
      ({ body }) => {
        const fresh = shaped<readonly OrderRow[]>(body.items);
        const { next, more } = body;
        setHeld((now) =>
          now.key === key
            ? { key, rows: [...now.rows, ...fresh], next, more, isLoading: false, error: null }
            : now,
        );
      },
      (error: unknown) =>
        setHeld((now) => ({
          ...now,
          isLoading: false,
          error: error instanceof CallFailed ? error : null,
        })),
    );
  };
  return { later, load };
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
