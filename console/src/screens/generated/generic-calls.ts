/** Calls of operations that only the server's own description names. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { CallFailed, Operation, Operations } from '../../../../src/client/client.ts';
import { client, useRead } from '../../api/api.ts';
import { useNamesReady } from '../../words/names/use-names.ts';

export type ModuleItem = Operations['GET /v1/modules']['answer']['items'][number];
export type AggregateItem = ModuleItem['aggregates'][number];
export type CommandItem = AggregateItem['commands'][number];

export interface GenericArguments {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly idempotencyKey?: string;
  readonly ifMatch?: number;
  readonly signal?: AbortSignal;
}

export async function callGeneric(operation: string, args: GenericArguments): Promise<unknown> {
  // safe because the address comes from the server's description, and the server checks what is sent
  const { body } = await client.call(operation as Operation, args as never);
  return body;
}

/** Keys are those of useRead, so that `readAgain` knows them. */
export function useGenericRead(
  operation: string,
  args: GenericArguments,
  options: { readonly enabled?: boolean; readonly keep?: boolean } = {},
): UseQueryResult<unknown, CallFailed> {
  return useQuery<unknown, CallFailed>({
    queryKey: [operation, args],
    queryFn: ({ signal }) => callGeneric(operation, { ...args, signal }),
    enabled: options.enabled ?? true,
    ...(options.keep === true ? { placeholderData: (before: unknown) => before } : {}),
  });
}

/** One aggregate's description by its category; null when there is none, undefined while it or its words are read. */
export function useAggregate(category: string): AggregateItem | null | undefined {
  const modules = useRead('GET /v1/modules', {});
  const hasWords = useNamesReady(category);
  if (modules.data === undefined) return modules.isError ? null : undefined;
  if (!hasWords) return undefined;
  const all = modules.data.items.flatMap(({ aggregates }) => aggregates);
  return all.find((aggregate) => aggregate.category === category) ?? null;
}

/** `/m/orders/tickets` is the category `orders.tickets`; a module's own is `/m/orders/orders`. */
export function categoryOf(module: string, aggregate: string): string {
  return aggregate === module ? module : `${module}.${aggregate}`;
}

/** The address of an aggregate's generated list, or of one of its things. */
export function generatedPath(category: string, id?: string): string {
  const [module = '', aggregate = module] = category.split('.');
  return `/m/${module}/${aggregate}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;
}
