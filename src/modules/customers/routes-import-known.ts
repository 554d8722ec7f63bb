/** Who has a phone or e-mail, for thousands of rows: read at once where a tenant is small, else looked up row by row. */
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { lookUpValue, type Identifier } from './identifiers.ts';
import { identifierRows, type IdentifierRow } from './read-models/identifiers.ts';
import { idsWith } from './routes-lookup.ts';

const PAGE = 1000;
/** Some tens of megabytes and half a second of reading; from there on an index is faster for a file of any length. */
const HELD_MAX = 50_000;

export type KnownIds = (
  kind: Identifier['kind'],
  value: string,
) => readonly string[] | Promise<readonly string[]>;

/** As of now: what is registered meanwhile is found by its id. */
export async function readKnownIds(
  deps: Pick<ModuleRouteDependencies, 'projections'>,
  tenant: string,
): Promise<KnownIds> {
  const held = await heldIds(deps, tenant);
  if (held === null) return (kind, value) => idsWith(deps, { tenant, kind, value });
  return (kind, value) => held.get(`${kind}:${lookUpValue(kind, value)}`) ?? [];
}

/** Null for a tenant that has more. */
async function heldIds(
  { projections }: Pick<ModuleRouteDependencies, 'projections'>,
  tenant: string,
): Promise<ReadonlyMap<string, readonly string[]> | null> {
  const reader = projections.reader(identifierRows);
  const held = new Map<string, string[]>();
  let after: string | undefined;
  for (let count = 0; count < HELD_MAX; count += PAGE) {
    const page = await reader.list({ tenant, filters: {}, limit: PAGE, after });
    for (const { row } of page.items) {
      // safe because only this read model writes rows of it
      const { kind, value, customer_id: id } = row as IdentifierRow;
      const key = `${kind}:${value ?? ''}`;
      const ids = held.get(key) ?? [];
      if (!ids.includes(id)) ids.push(id);
      held.set(key, ids);
    }
    if (!page.more) return held;
    after = page.next;
  }
  return null;
}
