/** Which rows of log_batches a listing need not unpack, by what stands beside them. */
import type { StoredBatch } from '../codec/stored-batch.ts';
import type { KeyHasher } from '../dedupe/key-hasher.ts';
import type { FindFilters } from '../log.ts';
import type { ListedBatch } from './find-sources.ts';

/** Rows fetched at once; a page of 1,000 mostly needs one or two. */
export const ROWS_AT_ONCE = 8;

/**
 * Condition on a row `b`, with parameters from $5 on: see `mayMatchValues`. Recorded times never fall along the positions;
 * a row without a statistic may match.
 */
export const MAY_MATCH = `($5::bigint is null or b.recorded_at >= $5)
              and ($6::bigint is null or b.first_recorded_at < $6)
              and (b.tenants is null or b.tenants @> array[$7::integer])
              and ($8::integer is null or b.sources is null or b.sources @> array[$8::integer])
              and ($9::text is null or b.types is null or b.types @> array[$9::text])
              and ($10::text is null or b.types is null
                   or exists (select from unnest(b.types) t where starts_with(t, $10)))`;

export function mayMatchValues(
  query: FindFilters,
  hasher: KeyHasher,
): (bigint | number | string | null)[] {
  const exact = query.type && 'exact' in query.type ? query.type.exact : null;
  const prefix = query.type && 'prefix' in query.type ? query.type.prefix : null;
  return [
    query.fromMicros ?? null,
    query.toMicros ?? null,
    hasher.statistic('tenant', query.tenant),
    query.source === undefined ? null : hasher.statistic('source', query.source),
    exact,
    prefix,
  ];
}

/** The same of a batch in memory: unpacking the seventy thousand events there took most of a search for a rare type. */
export function mayMatchTypes({ types }: ListedBatch, { type }: FindFilters): boolean {
  if (types === null || type === undefined) return true;
  if ('exact' in type) return types.includes(type.exact);
  return types.some((each) => each.startsWith(type.prefix));
}

/** The cheap columns first, before an event object is made. */
export function passes(batch: StoredBatch, index: number, query: FindFilters): boolean {
  if (batch.tenantAt(index) !== query.tenant) return false;
  if (!query.type) return true;
  const type = batch.typeAt(index);
  return 'exact' in query.type ? type === query.type.exact : type.startsWith(query.type.prefix);
}
