import type { Queryable } from '../../platform/postgres/database.ts';
import type { StoredCheckpoint } from '../store.ts';
import { checkpointOf, type CheckpointRow, type ChainKey } from './rows.ts';

/** One statement for the checkpoints of a minute, of many chains; two processes may make the same one. */
export async function insertCheckpoints(
  database: Queryable,
  made: readonly { readonly key: ChainKey; readonly checkpoint: StoredCheckpoint }[],
): Promise<void> {
  await database.query({
    text: `
      insert into audit_checkpoints (bucket, tenant, class, seq, link, made_at, signature)
      select n.bucket, n.tenant, n.class, n.seq, n.link, n.made_at, n.signature
        from unnest($1::integer[], $2::text[], $3::text[], $4::bigint[], $5::bytea[], $6::bigint[], $7::bytea[])
             as n(bucket, tenant, class, seq, link, made_at, signature)
      on conflict do nothing`,
    values: [
      made.map(({ key: [bucket] }) => bucket),
      made.map(({ key: [, tenant] }) => tenant),
      made.map(({ key: [, , className] }) => className),
      made.map(({ checkpoint }) => checkpoint.seq),
      made.map(({ checkpoint }) => checkpoint.link),
      made.map(({ checkpoint }) => checkpoint.madeAtMicros),
      made.map(({ checkpoint }) => checkpoint.signature),
    ],
  });
}

/** In order of seq, `after` exclusive. A chain that is written to every minute has half a million a year, 150 B each. */
export async function readCheckpoints(
  database: Queryable,
  key: ChainKey,
  after: bigint,
): Promise<readonly StoredCheckpoint[]> {
  const { rows } = await database.query<CheckpointRow>({
    text: `
      select c.seq, c.link, c.made_at, c.signature from audit_checkpoints c
       where c.bucket = $1 and c.tenant = $2 and c.class = $3 and c.seq > $4
       order by c.seq`,
    values: [...key, after],
  });
  return rows.map(checkpointOf);
}
