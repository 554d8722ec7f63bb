/** Which events a tail wants. The same conditions as a listing; all of them must hold. */
import type { FindQuery, TypeFilter } from '../log/log.ts';
import type { StoredEvent } from '../core/event.ts';

export type TailFilter = Pick<FindQuery, 'type' | 'source' | 'subject' | 'id' | 'stream'>;

export function matchesType(filter: TypeFilter, type: string): boolean {
  return 'exact' in filter ? type === filter.exact : type.startsWith(filter.prefix);
}

export function matches(filter: TailFilter, event: StoredEvent): boolean {
  return (
    (filter.type === undefined || matchesType(filter.type, event.type)) &&
    (filter.source === undefined || filter.source === event.source) &&
    (filter.subject === undefined || filter.subject === event.subject) &&
    (filter.id === undefined || filter.id === event.id) &&
    (filter.stream === undefined || filter.stream === event.stream)
  );
}

/** How many conditions the filter has: a tail found through its only condition needs no further check. */
export function conditionCount(filter: TailFilter): number {
  return [filter.type, filter.source, filter.subject, filter.id, filter.stream].filter(
    (condition) => condition !== undefined,
  ).length;
}
