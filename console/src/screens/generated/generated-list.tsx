/** The list of any aggregate: filters, ranges, live, as of a moment, without limit of length. */
import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, type ReactElement, type ReactNode } from 'react';
import type { CallFailed, Operation } from '../../../../src/client/client.ts';
import { useLive } from '../../api/live.ts';
import { Button } from '../../design/buttons.tsx';
import { DataTable } from '../../design/data-table.tsx';
import { type Column } from '../../design/table-parts.ts';
import { EmptyState, ErrorNote } from '../../design/marks.tsx';
import { useAsOf, useSetUrlSearch } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { NamingContext, useNamesOf } from '../../words/names/use-names.ts';
import { columnsOf, type GenericRow } from './columns.tsx';
import { callGeneric, generatedPath, type AggregateItem } from './generic-calls.ts';
import { ListFilters, useListConditions } from './list-filters.tsx';
import { useAmounts } from './use-amounts.ts';
import { words } from './words.ts';

interface GenericPage {
  readonly items: readonly GenericRow[];
  readonly next: string;
  readonly more: boolean;
}

export interface GeneratedListProps {
  readonly aggregate: AggregateItem;
  /** Instead of those of the description. */
  readonly columns?: readonly Column<GenericRow>[] | undefined;
  /** Beside the filters of the address. */
  readonly conditions?: Readonly<Record<string, string>> | undefined;
  readonly hasFilters?: boolean | undefined;
  /** Instead of going to the generated detail. */
  readonly onOpen?: ((row: GenericRow) => void) | undefined;
  readonly empty?: ReactNode;
}

const PAGE_ROWS = 200;

export function GeneratedList(props: GeneratedListProps): ReactElement {
  const { aggregate, conditions: fixed, hasFilters = true } = props;
  const t = useWords(words);
  const names = useNamesOf(aggregate.category);
  const amounts = useAmounts(aggregate);
  const naming = useMemo(
    () => ({ names, within: [aggregate.category], amounts: amounts.within() }),
    [names, aggregate.category, amounts],
  );
  const columns = useMemo(
    () => props.columns ?? columnsOf(aggregate, names, amounts),
    [props.columns, aggregate, names, amounts],
  );
  const navigate = useNavigate();
  const { at } = useAsOf();
  const conditions = { ...useListConditions(aggregate), ...fixed };
  const list = useRows(aggregate, { conditions, at });
  const { data } = list;
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  return (
    <NamingContext value={naming}>
      <div className="flex min-w-0 flex-col gap-3">
        {hasFilters ? <ListFilters aggregate={aggregate} /> : null}
        {list.error === null ? null : (
          <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
        )}
        <DataTable
          label={names.many(aggregate.category) ?? aggregate.singular}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          isLoading={list.isLoading || list.isFetchingNextPage}
          onOpen={
            props.onOpen ??
            (({ id }) => void navigate({ to: generatedPath(aggregate.category, id) }))
          }
          loadMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
          footer={rows.length === 0 ? undefined : t('rows', { count: rows.length })}
          empty={
            list.error === null ? (
              <Empty {...props} isFiltered={Object.keys(conditions).length > 0} />
            ) : undefined
          }
        />
      </div>
    </NamingContext>
  );
}

function useRows(
  { list: { path } }: AggregateItem,
  {
    conditions,
    at,
  }: { readonly conditions: Readonly<Record<string, string>>; readonly at: string | null },
) {
  const operation = `GET ${path}`;
  const cache = useQueryClient();
  const query = { ...conditions, ...(at === null ? {} : { at }) };
  // safe because every list of the description has a live feed beside it
  useLive(
    `GET ${path}/live` as 'GET /v1/orders/live',
    { query: conditions },
    {
      enabled: at === null,
      onMessages: () => void cache.invalidateQueries({ queryKey: [operation] }),
    },
  );
  return useInfiniteQuery<
    GenericPage,
    CallFailed,
    InfiniteData<GenericPage>,
    readonly [Operation, object],
    string | null
  >({
    // safe because it is an operation of the description
    queryKey: [operation as Operation, { query, pages: true }],
    initialPageParam: null,
    queryFn: async ({ pageParam, signal }) => {
      const paged = {
        ...query,
        limit: PAGE_ROWS,
        ...(pageParam === null ? {} : { after: pageParam }),
      };
      // safe because every list of the description answers with a page of rows
      return (await callGeneric(operation, { query: paged, signal })) as GenericPage;
    },
    getNextPageParam: ({ more, next }) => (more ? next : undefined),
  });
}

function Empty({
  aggregate,
  empty,
  isFiltered,
}: GeneratedListProps & { readonly isFiltered: boolean }): ReactElement {
  const t = useWords(words);
  const set = useSetUrlSearch();
  if (isFiltered)
    return (
      <EmptyState
        icon="filter"
        title={t('filtered-title')}
        text={t('filtered-text')}
        action={
          <Button
            onClick={() =>
              set(
                Object.fromEntries(
                  [...aggregate.list.filters, 'from', 'to'].map((name) => [name, null]),
                ),
              )
            }
          >
            {t('clear-filters')}
          </Button>
        }
      />
    );
  if (empty !== undefined) return <>{empty}</>;
  return (
    <EmptyState
      title={t('empty-title')}
      text={t('empty-text')}
      command={`curl -H "Authorization: Bearer $COMPTOIR_API_KEY" ${location.origin}${aggregate.path}`}
    />
  );
}
