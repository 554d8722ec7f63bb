/** Who has an identifier: rows of customers by phone, e-mail or messenger id, whichever of theirs it is. */
import { mountedOf, type Mounted } from '../../http/modules/addresses.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import type { ReadRow } from '../../projections/projections.ts';
import { CUSTOMERS } from './state.ts';
import { lookUpValue, type Identifier } from './identifiers.ts';
import { customerList, type CustomerRow } from './read-models/customer-list.ts';
import { identifierRows } from './read-models/identifiers.ts';

/** As many as a page of a list may have; more customers with one phone are found by the list of duplicates. */
const FOUND_MAX = 1000;
/** A survivor may be merged into another one in turn. */
const SURVIVOR_HOPS_MAX = 8;

export interface LookUp {
  readonly tenant: string;
  readonly kind: Identifier['kind'];
  readonly value: string;
  readonly channel?: string;
  readonly asOfMicros?: bigint | undefined;
}

/** The aggregate as the frame mounts it. */
export function mountedCustomers({ modules }: Pick<ModuleRouteDependencies, 'modules'>): Mounted {
  const found = modules
    .flatMap(mountedOf)
    .find(({ aggregate }) => aggregate.category === CUSTOMERS);
  if (found === undefined) throw new TypeError('the module customers is not installed');
  return found;
}

export interface Reading {
  readonly projections: Pick<ModuleRouteDependencies['projections'], 'reader'>;
}

export function rowOf({ row }: ReadRow): CustomerRow {
  // safe because only this read model writes rows of it
  return row as CustomerRow;
}

/** Ids of the customers that have it, the merged ones by themselves. */
export async function idsWith({ projections }: Reading, asked: LookUp): Promise<readonly string[]> {
  const { tenant, kind, value, channel, asOfMicros } = asked;
  const filters = {
    kind,
    value: lookUpValue(kind, value),
    ...(channel === undefined ? {} : { channel }),
  };
  const page = await projections
    .reader(identifierRows)
    .list({ tenant, filters, limit: FOUND_MAX, asOfMicros });
  return [...new Set(page.items.map(({ row }) => String(row['customer_id'])))];
}

/** Lists that `activeWith` reads: whoever waits for them finds what was written before. */
export const LOOK_UP_LISTS = [identifierRows, customerList];

/** Ids of the active customers that have it, of the survivor for one that was merged; each once. */
export async function activeWith(deps: Reading, asked: LookUp): Promise<readonly string[]> {
  const ids = await idsWith(deps, asked);
  if (ids.length === 0) return [];
  const rows = await survivingRows(deps, { tenant: asked.tenant, ids });
  return rows.flatMap((read) => (rowOf(read).status === 'active' ? [read.key] : []));
}

/** Rows of these customers, of the survivor for one that was merged; each once. */
export async function survivingRows(
  { projections }: Reading,
  asked: {
    readonly tenant: string;
    readonly ids: readonly string[];
    readonly asOfMicros?: bigint | undefined;
  },
): Promise<readonly ReadRow[]> {
  const { tenant, asOfMicros } = asked;
  const reader = projections.reader(customerList);
  const found = new Map<string, ReadRow>();
  let wanted: readonly string[] = asked.ids;
  for (let hop = 0; hop <= SURVIVOR_HOPS_MAX && wanted.length > 0; hop += 1) {
    const rows = await reader.getMany({ tenant, keys: wanted, asOfMicros });
    const survivors: string[] = [];
    for (const [id, read] of rows) {
      const survivor = rowOf(read).merged_into;
      if (survivor === null) found.set(id, read);
      else survivors.push(survivor);
    }
    wanted = survivors.filter((id) => !found.has(id));
  }
  return [...found.values()];
}
