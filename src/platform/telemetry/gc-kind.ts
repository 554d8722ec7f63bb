/** The kind of a performance entry of the garbage collector, one of Node's `NODE_PERFORMANCE_GC_...`; -1 for another entry. */
export function gcKind(entry: object): number {
  const detail: unknown = 'detail' in entry ? entry.detail : undefined;
  const isObject = typeof detail === 'object' && detail !== null;
  return isObject && 'kind' in detail && typeof detail.kind === 'number' ? detail.kind : -1;
}
