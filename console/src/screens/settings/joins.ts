/** Which tables can be pushed together. Either of two may name the other, and then both can. Pure. */
import type { Table } from './location-types.ts';

/** Ids of the tables that this one can be joined with, whoever of the two says so. */
export function joinsOf(tables: readonly Table[], tableId: string): readonly string[] {
  const own = tables.find((table) => table.tableId === tableId)?.joinableWith ?? [];
  return tables
    .filter((table) => own.includes(table.tableId) || table.joinableWith.includes(tableId))
    .map((table) => table.tableId);
}

/** Other tables that name this one and have to forget it, when it is to be joined with `chosen` only. */
export function forgetting(
  tables: readonly Table[],
  { tableId, chosen }: { readonly tableId: string; readonly chosen: readonly string[] },
): readonly Table[] {
  return tables
    .filter((table) => table.joinableWith.includes(tableId) && !chosen.includes(table.tableId))
    .map((table) => ({
      ...table,
      joinableWith: table.joinableWith.filter((each) => each !== tableId),
    }));
}
