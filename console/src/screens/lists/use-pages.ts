/** A list page by page, as it is now or was at a moment; what a live feed tells is read again. */
import { keepPreviousData, useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CallFailed, Operation } from '../../../../src/client/client.ts';
import { useRefresh } from '../floor/use-refresh.ts';
import { callGeneric } from '../generated/generic-calls.ts';

export interface Pages<Row> {
  readonly rows: readonly Row[];
  readonly isLoading: boolean;
  readonly error: CallFailed | null;
  /** Undefined when all was read. */
  readonly loadMore: (() => void) | undefined;
  readAgain(): void;
}

interface Page<Row> {
  readonly items: readonly Row[];
  readonly next: string;
  readonly more: boolean;
}

export type Conditions = Readonly<Record<string, string | number | undefined>>;

const PAGE_ROWS = 200;

/** `live` names the feed that tells of changes. Keys are those of useRead, so `readAgain` of the operation reads it. */
export function usePages<Row>(
  operation: Operation & `GET ${string}`,
  conditions: Conditions,
  options: {
    readonly live?: Operation & `GET ${string}`;
    readonly params?: Readonly<Record<string, string>>;
    readonly enabled?: boolean;
    /** Rows of one page. */
    readonly limit?: number;
  } = {},
): Pages<Row> {
  const { live, params, enabled = true, limit = PAGE_ROWS } = options;
  const { at, ...filters } = conditions;
  const list = useInfiniteQuery<
    Page<Row>,
    CallFailed,
    InfiniteData<Page<Row>>,
    readonly unknown[],
    string | undefined
  >({
    queryKey: [operation, { params, query: conditions, pages: limit }],
    initialPageParam: undefined,
    enabled,
    placeholderData: keepPreviousData,
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...conditions, limit, after: pageParam };
      return (await callGeneric(operation, {
        ...(params ? { params } : {}),
        query,
        signal,
        // safe because every list of the interface answers with a page of its rows
      })) as Page<Row>;
    },
    getNextPageParam: ({ more, next }) => (more ? next : undefined),
  });
  useRefresh(
    // safe because the feed stands beside its list and takes the same filters
    (live ?? operation) as 'GET /v1/orders/live',
    { query: { ...filters, limit: 1 } },
    { again: [operation], enabled: live !== undefined && enabled && at === undefined },
  );
  // The same rows as long as nothing was read: what screens make of them is kept.
  const pages = list.data?.pages;
  const rows = useMemo(() => pages?.flatMap(({ items }) => items) ?? [], [pages]);
  return {
    rows,
    isLoading: list.isPending || list.isFetchingNextPage,
    error: list.error,
    loadMore: list.hasNextPage ? () => void list.fetchNextPage() : undefined,
    readAgain: () => void list.refetch(),
  };
}
