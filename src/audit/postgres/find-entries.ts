import type { Queryable } from '../../platform/postgres/database.ts';
import type { StoredEntry } from '../chain.ts';
import type { AddressCount, EntryQuery } from '../store.ts';
import { ENTRY_COLUMNS, entryOf, type ChainKey, type EntryRow } from './rows.ts';

/**
 * Newest first. Actor, action and address have an index each that ends in seq, so a page of one of them is a short scan
 * backwards; a span of time becomes a span of seq. Beginnings of actions are looked at entry by entry within that span.
 */
export async function findEntries(
  database: Queryable,
  key: ChainKey,
  query: EntryQuery,
): Promise<readonly StoredEntry[]> {
  const values: unknown[] = [...key];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const seqAt = (micros: bigint): string => `audit_seq_at($1, $2, $3, ${bind(micros)})`;
  const { before, fromMicros, toMicros, actor, action, actionPrefixes, address } = query;
  const conditions = [
    'e.bucket = $1 and e.tenant = $2 and e.class = $3',
    // Sub-selects, so that each place is looked for once.
    ...(before === null ? [] : [`e.seq < ${bind(before)}`]),
    ...(fromMicros === null ? [] : [`e.seq >= (select ${seqAt(fromMicros)})`]),
    ...(toMicros === null ? [] : [`e.seq < (select ${seqAt(toMicros)})`]),
    ...(actor === null ? [] : [`e.actor = ${bind(actor)}`]),
    ...(action === null ? [] : [`e.action = ${bind(action)}`]),
    ...(address === null ? [] : [`e.address = ${bind(address)}`]),
    ...(actionPrefixes.length === 0
      ? []
      : [`e.action like any(${bind(actionPrefixes.map(beginning))}::text[])`]),
  ];
  const { rows } = await database.query<EntryRow>({
    text: `
      select ${ENTRY_COLUMNS} from audit_entries e
       where ${conditions.join(' and ')}
       order by e.seq desc limit ${bind(query.limit)}`,
    values,
  });
  return rows.map(entryOf);
}

function beginning(prefix: string): string {
  return `${prefix.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

/** One scan of the entries of each action within a span, by audit_entries_action. */
export async function countByAddress(
  database: Queryable,
  key: ChainKey,
  of: {
    readonly actions: readonly string[];
    readonly fromMicros: bigint;
    readonly limit: number;
  },
): Promise<readonly AddressCount[]> {
  const { rows } = await database.query<
    EntryRow & { readonly times: bigint; readonly first_at: bigint }
  >({
    text: `
      with counted as (
        select c.address, count(*) as times, min(c.recorded_at) as first_at, max(c.seq) as newest
          from audit_entries c
         where c.bucket = $1 and c.tenant = $2 and c.class = $3 and c.action = any($4::text[]) and c.address is not null
           and c.seq >= (select audit_seq_at($1, $2, $3, $5))
         group by c.address
         order by times desc, newest desc limit $6)
      select counted.times, counted.first_at, ${ENTRY_COLUMNS}
        from counted
        join audit_entries e
          on e.bucket = $1 and e.tenant = $2 and e.class = $3 and e.seq = counted.newest
       order by counted.times desc, e.seq desc`,
    values: [...key, of.actions, of.fromMicros, of.limit],
  });
  return rows.map((row) => ({
    count: Number(row.times),
    firstAtMicros: row.first_at,
    newest: entryOf(row),
  }));
}
