import type { Database, Queryable } from '../../platform/postgres/database.ts';
import type { StoredCut } from '../store.ts';
import type { ChainKey, CutRow } from './rows.ts';

/** A few megabytes of write-ahead log and some 100 ms each, so that others get their turn. */
const ENTRIES_PER_DELETE = 5_000;

/** The cut comes first: whoever verifies in between starts behind it, and a crash leaves rows that the next run takes. */
export async function cutChain(database: Database, key: ChainKey, cut: StoredCut): Promise<number> {
  await database.query({
    text: `
      insert into audit_cuts (bucket, tenant, class, seq, link, mac, cut_at)
      values ($1, $2, $3, $4, $5, $6, (extract(epoch from clock_timestamp()) * 1000000)::bigint)
      on conflict do nothing`,
    values: [...key, cut.seq, cut.link, cut.mac],
  });
  let removed = 0;
  for (;;) {
    const { rowCount } = await database.query({
      text: `
        delete from audit_entries e
         where e.bucket = $1 and e.tenant = $2 and e.class = $3 and e.seq <= $4
           and e.seq < (
             select min(l.seq) from audit_entries l
              where l.bucket = $1 and l.tenant = $2 and l.class = $3) + $5`,
      values: [...key, cut.seq, ENTRIES_PER_DELETE],
    });
    removed += rowCount;
    if (rowCount === 0) break;
  }
  await database.query({
    text: `
      delete from audit_checkpoints c
       where c.bucket = $1 and c.tenant = $2 and c.class = $3 and c.seq < $4`,
    values: [...key, cut.seq],
  });
  return removed;
}

/** All of them, newest last: one a month and chain at most. */
export async function readCuts(database: Queryable, key: ChainKey): Promise<readonly StoredCut[]> {
  const { rows } = await database.query<CutRow>({
    text: `
      select c.seq, c.link, c.mac from audit_cuts c
       where c.bucket = $1 and c.tenant = $2 and c.class = $3 order by c.seq`,
    values: key,
  });
  return rows;
}
