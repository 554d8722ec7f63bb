/** The rows of blobs and their holders. Every statement names one bucket, but `isKnown`. */
import type { HeldBlob } from '../core/blobs.ts';
import type { Queryable } from '../platform/postgres/database.ts';

export interface BlobPlace {
  readonly bucket: number;
  readonly tenant: string;
  readonly key: string;
}

/**
 * Makes the row, or takes the lock of the one that is there: whoever puts and whoever removes the same blob go one after
 * the other.
 */
export async function lockBlob(
  tx: Queryable,
  { bucket, tenant, key }: BlobPlace,
  made: { readonly bytes: number; readonly person: string | null },
): Promise<void> {
  await tx.query({
    text: `insert into blobs (bucket, tenant, key, bytes, person) values ($1, $2, $3, $4, $5)
           on conflict (bucket, tenant, key) do update set bytes = excluded.bytes`,
    prepared: true,
    values: [bucket, tenant, key, made.bytes, made.person],
  });
}

/**
 * As lockBlob, and somebody holds it: one round trip for both. The reference of the holder to the blob is checked when the
 * statement ends, so it does not matter which of the two rows is made first.
 */
export async function holdBlob(
  tx: Queryable,
  { bucket, tenant, key }: BlobPlace,
  made: { readonly bytes: number; readonly person: string | null; readonly holder: string },
): Promise<void> {
  await tx.query({
    text: `with locked as (
             insert into blobs (bucket, tenant, key, bytes, person) values ($1, $2, $3, $4, $5)
             on conflict (bucket, tenant, key) do update set bytes = excluded.bytes
             returning key
           )
           insert into blob_holders (bucket, tenant, key, holder) select $1, $2, key, $6 from locked
           on conflict (bucket, tenant, key, holder) do update set held_at = now()`,
    prepared: true,
    values: [bucket, tenant, key, made.bytes, made.person, made.holder],
  });
}

/** Locks the row; true when the holder let go and nobody else holds the blob. */
export async function dropHolder(
  tx: Queryable,
  place: BlobPlace,
  holder: string,
): Promise<boolean> {
  const values = [place.bucket, place.tenant, place.key];
  const { rowCount } = await tx.query({
    text: `select 1 from blobs where bucket = $1 and tenant = $2 and key = $3 for update`,
    values,
  });
  if (rowCount === 0) return false;
  const dropped = await tx.query({
    text: `delete from blob_holders where bucket = $1 and tenant = $2 and key = $3 and holder = $4`,
    values: [...values, holder],
  });
  if (dropped.rowCount === 0) return false;
  const left = await tx.query({
    text: `select 1 from blob_holders where bucket = $1 and tenant = $2 and key = $3 limit 1`,
    values,
  });
  return left.rowCount === 0;
}

export async function deleteBlob(tx: Queryable, place: BlobPlace): Promise<void> {
  await tx.query({
    text: `delete from blobs where bucket = $1 and tenant = $2 and key = $3`,
    values: [place.bucket, place.tenant, place.key],
  });
}

export async function isHeld(database: Queryable, place: BlobPlace): Promise<boolean> {
  const { rowCount } = await database.query({
    text: `select 1 from blobs where bucket = $1 and tenant = $2 and key = $3`,
    prepared: true,
    values: [place.bucket, place.tenant, place.key],
  });
  return rowCount === 1;
}

/** Crosses buckets: a file tells its key only. Index blobs_by_key. */
export async function isKnown(database: Queryable, key: string): Promise<boolean> {
  const { rowCount } = await database.query({
    text: `select 1 from blobs where key = $1 limit 1`,
    values: [key],
  });
  return rowCount === 1;
}

/** Small enough for one answer, large enough that a million holders are a thousand questions. */
const HOLDERS_PAGE = 1_000;

interface HolderRow extends HeldBlob {
  readonly bucket: number;
}
const BEFORE_ALL: HolderRow = { bucket: -1, tenant: '', key: '', holder: '', heldAtMs: 0 };

/**
 * Crosses buckets, in the order of the primary key: the whole of it is read once, page after page, and what does not
 * begin with the prefix is passed over. For a sweep that runs once a day.
 */
export async function* allHolders(database: Queryable, prefix: string): AsyncIterable<HeldBlob> {
  let after = BEFORE_ALL;
  for (;;) {
    const { rows } = await database.query<HolderRow>({
      text: `select bucket, tenant, key, holder,
                    (extract(epoch from held_at) * 1000)::double precision as "heldAtMs"
             from blob_holders
             where (bucket, tenant, key, holder) > ($1, $2, $3, $4) and starts_with(holder, $5)
             order by bucket, tenant, key, holder limit $6`,
      values: [after.bucket, after.tenant, after.key, after.holder, prefix, HOLDERS_PAGE],
    });
    for (const { tenant, key, holder, heldAtMs } of rows) yield { tenant, key, holder, heldAtMs };
    const last = rows.at(-1);
    if (last === undefined || rows.length < HOLDERS_PAGE) return;
    after = last;
  }
}

/** Index blobs_by_person. */
export async function blobsOfPerson(
  database: Queryable,
  owner: { readonly bucket: number; readonly tenant: string; readonly person: string },
): Promise<readonly string[]> {
  const { rows } = await database.query<{ readonly key: string }>({
    text: `select key from blobs where bucket = $1 and tenant = $2 and person = $3`,
    values: [owner.bucket, owner.tenant, owner.person],
  });
  return rows.map(({ key }) => key);
}

export async function bytesOfTenant(
  database: Queryable,
  { bucket, tenant }: Pick<BlobPlace, 'bucket' | 'tenant'>,
): Promise<number> {
  const { rows } = await database.query<{ readonly bytes: bigint | null }>({
    text: `select sum(bytes)::bigint as bytes from blobs where bucket = $1 and tenant = $2`,
    values: [bucket, tenant],
  });
  return Number(rows[0]?.bytes ?? 0n);
}
