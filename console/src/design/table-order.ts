/** The order of a table's rows by one of its columns. Pure. */

export interface Order {
  readonly key: string;
  readonly isDescending: boolean;
}

export type SortValue = string | number | boolean | null | undefined;

/** Rows by a value, nulls last either way; rows of equal value keep their order. */
export function ordered<Row>(
  rows: readonly Row[],
  valueOf: (row: Row) => SortValue,
  { isDescending }: { readonly isDescending: boolean },
): readonly Row[] {
  const sign = isDescending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [left, right] = [valueOf(a) ?? null, valueOf(b) ?? null];
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
    if (typeof left === 'string' && typeof right === 'string')
      return sign * left.localeCompare(right);
    return sign * (Number(left) - Number(right));
  });
}

/** A click on a column's head: ascending, then descending, then as the rows came. */
export function nextOrder(now: Order | null, key: string): Order | null {
  if (now?.key !== key) return { key, isDescending: false };
  return now.isDescending ? null : { key, isDescending: true };
}
