import type { AuditClass } from '../../core/audit.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { Chain } from '../chain.ts';
import type { AuditStore, StoredHead } from '../store.ts';
import { appendEntries, lockHead } from './append-entries.ts';
import { insertCheckpoints, readCheckpoints } from './checkpoint-rows.ts';
import { cutChain, readCuts } from './cut-chain.ts';
import { countByAddress, findEntries } from './find-entries.ts';
import {
  ENTRY_COLUMNS,
  entryOf,
  headOf,
  type ChainKey,
  type EntryRow,
  type HeadRow,
} from './rows.ts';

export function createPostgresAuditStore(deps: {
  readonly database: Database;
  readonly bucketOf: (tenant: string) => number;
}): AuditStore {
  const { database, bucketOf } = deps;
  const keyOf = ({ tenant, class: of }: Chain): ChainKey => [bucketOf(tenant), tenant, of];
  return {
    append: (chain, request) => appendEntries(database, keyOf(chain), request),
    appendLocked: (chain, make) =>
      database.transaction(async (tx) => {
        const key = keyOf(chain);
        const { head } = await appendEntries(tx, key, make(await lockHead(tx, key)));
        return head;
      }),
    async head(chain): Promise<StoredHead | null> {
      const { rows } = await database.query<HeadRow & { readonly mac: Buffer }>({
        text: `
          select h.seq, h.link, h.mac, h.recorded_at from audit_heads h
           where h.bucket = $1 and h.tenant = $2 and h.class = $3`,
        values: keyOf(chain),
      });
      const [row] = rows;
      return row === undefined ? null : { ...headOf(row), mac: row.mac };
    },
    // Crosses buckets: once an hour, by the primary key, a page at a time.
    async chains(after, limit) {
      const { rows } = await database.query<{ tenant: string; class: AuditClass }>({
        text: `
          select h.tenant, h.class from audit_heads h
           where ($1::integer is null or (h.bucket, h.tenant, h.class) > ($1, $2, $3))
           order by h.bucket, h.tenant, h.class limit $4`,
        values: [...(after === null ? [null, null, null] : keyOf(after)), limit],
      });
      return rows;
    },
    async entries(chain, after, limit) {
      const { rows } = await database.query<EntryRow>({
        text: `
          select ${ENTRY_COLUMNS} from audit_entries e
           where e.bucket = $1 and e.tenant = $2 and e.class = $3 and e.seq > $4 order by e.seq limit $5`,
        values: [...keyOf(chain), after, limit],
      });
      return rows.map(entryOf);
    },
    find: (chain, query) => findEntries(database, keyOf(chain), query),
    countByAddress: (chain, of) => countByAddress(database, keyOf(chain), of),
    putCheckpoints: (made) =>
      insertCheckpoints(
        database,
        made.map(({ chain, checkpoint }) => ({ key: keyOf(chain), checkpoint })),
      ),
    checkpoints: (chain, after = 0n) => readCheckpoints(database, keyOf(chain), after),
    cuts: (chain) => readCuts(database, keyOf(chain)),
    cut: (chain, cut) => cutChain(database, keyOf(chain), cut),
  };
}
