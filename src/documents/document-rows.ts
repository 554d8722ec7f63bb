/** The rows of documents. Every statement names one bucket, but those of the sweep and the count of all that waits. */
import type { Queryable } from '../platform/postgres/database.ts';
import type { DocumentView, Verdict } from './verdict.ts';
import type { ResultType } from './task.ts';
import type { Reason } from './worker/envelope.ts';
import type { DocumentInfo, Removed } from './worker/judge.ts';

export interface Place {
  readonly bucket: number;
  readonly tenant: string;
  readonly id: string;
}

/** What operations and readers have to know; title and author are read from the file when asked for. */
export type StoredInfo = Pick<DocumentInfo, 'version' | 'pages'>;

export interface DocumentRow {
  readonly id: string;
  readonly person: string | null;
  readonly status: 'judging' | 'judged';
  readonly verdict: Verdict | null;
  readonly reasons: readonly Reason[];
  readonly removed: readonly Removed[];
  readonly info: StoredInfo | null;
  readonly mediaType: ResultType;
  readonly bytes: number;
  readonly sha256: string;
  readonly contentKey: string | null;
  readonly contentUntilMs: number | null;
  /** The job whose result it is; null for uploads. */
  readonly madeBy: string | null;
  readonly isResult: boolean;
  /** Sealed; null where the sender gave none. */
  readonly name: Buffer | null;
  readonly createdAtMs: number;
}

const COLUMNS = `id, person, status, verdict, reasons::text, removed::text, info::text, media_type as "mediaType",
  bytes::double precision, sha256, content_key as "contentKey",
  (extract(epoch from content_until) * 1000)::double precision as "contentUntilMs",
  made_by as "madeBy", made_by is not null as "isResult", name,
  (extract(epoch from created_at) * 1000)::double precision as "createdAtMs"`;

type Raw = Omit<DocumentRow, 'reasons' | 'removed' | 'info'> & {
  readonly reasons: string;
  readonly removed: string;
  readonly info: string | null;
};

function rowOf({ reasons, removed, info, ...rest }: Raw): DocumentRow {
  return {
    ...rest,
    // safe because insertDocument and settleDocument wrote them
    reasons: JSON.parse(reasons) as readonly Reason[],
    removed: JSON.parse(removed) as readonly Removed[],
    info: info === null ? null : (JSON.parse(info) as StoredInfo),
  };
}

export async function findDocuments(
  database: Queryable,
  { bucket, tenant }: Omit<Place, 'id'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DocumentRow>> {
  const { rows } = await database.query<Raw>({
    text: `select ${COLUMNS} from documents where bucket = $1 and tenant = $2 and id = any($3::uuid[])`,
    prepared: true,
    values: [bucket, tenant, ids],
  });
  return new Map(rows.map((row) => [row.id, rowOf(row)]));
}

/** Newest first, by the primary key backwards. */
export async function listDocuments(
  database: Queryable,
  { bucket, tenant }: Omit<Place, 'id'>,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly DocumentRow[]> {
  const { rows } = await database.query<Raw>({
    text: `select ${COLUMNS} from documents
            where bucket = $1 and tenant = $2 and ($3::uuid is null or id < $3::uuid)
            order by id desc limit $4`,
    values: [bucket, tenant, page.after, page.limit],
  });
  return rows.map(rowOf);
}

export interface NewDocument extends Pick<
  DocumentRow,
  'person' | 'status' | 'verdict' | 'removed' | 'info' | 'mediaType' | 'bytes' | 'sha256'
> {
  readonly contentKey: string;
  readonly contentUntilMs: number | null;
  readonly madeBy: string | null;
  readonly createdAtMs: number;
  /** Sealed; none by default. */
  readonly name?: Buffer | null;
}

export async function insertDocument(tx: Queryable, place: Place, row: NewDocument): Promise<void> {
  await tx.query({
    text: `insert into documents (bucket, tenant, id, person, status, verdict, removed, info, media_type, bytes, sha256,
                                  content_key, content_until, made_by, created_at, name)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
                   to_timestamp($13::double precision / 1000), $14,
                   to_timestamp($15::double precision / 1000), $16)`,
    prepared: true,
    values: [
      place.bucket,
      place.tenant,
      place.id,
      row.person,
      row.status,
      row.verdict,
      JSON.stringify(row.removed),
      row.info === null ? null : JSON.stringify(row.info),
      row.mediaType,
      row.bytes,
      row.sha256,
      row.contentKey,
      row.contentUntilMs,
      row.madeBy,
      row.createdAtMs,
      row.name ?? null,
    ],
  });
}

export interface Settled {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  readonly removed: readonly Removed[];
  readonly info: StoredInfo | null;
  /** The blob that is served from now on; null to leave it. */
  readonly content: {
    readonly key: string;
    readonly bytes: number;
    readonly sha256: string;
  } | null;
  readonly contentUntilMs: number | null;
}

/** False when the document was removed or judged meanwhile. */
export async function settleDocument(
  tx: Queryable,
  { bucket, tenant, id }: Place,
  settled: Settled,
): Promise<boolean> {
  const { verdict, reasons, removed, info, content } = settled;
  const { rowCount } = await tx.query({
    text: `update documents
              set status = 'judged', verdict = $4, reasons = $5, removed = $6, info = $7,
                  content_key = coalesce($8, content_key), bytes = coalesce($9, bytes),
                  sha256 = coalesce($10, sha256),
                  content_until = to_timestamp($11::double precision / 1000)
            where bucket = $1 and tenant = $2 and id = $3 and status = 'judging'`,
    prepared: true,
    values: [
      bucket,
      tenant,
      id,
      verdict,
      JSON.stringify(reasons),
      JSON.stringify(removed),
      info === null ? null : JSON.stringify(info),
      content?.key ?? null,
      content?.bytes ?? null,
      content?.sha256 ?? null,
      settled.contentUntilMs,
    ],
  });
  return rowCount === 1;
}

/** The blob that it had; null when there is no such document. */
export async function deleteDocument(
  tx: Queryable,
  { bucket, tenant, id }: Place,
): Promise<{ readonly contentKey: string | null } | null> {
  const { rows } = await tx.query<{ readonly contentKey: string | null }>({
    text: `delete from documents where bucket = $1 and tenant = $2 and id = $3
           returning content_key as "contentKey"`,
    values: [bucket, tenant, id],
  });
  return rows[0] ?? null;
}

/** Index documents_by_person. */
export async function deleteOfPerson(
  tx: Queryable,
  { bucket, tenant }: Omit<Place, 'id'>,
  person: string,
): Promise<number> {
  const { rowCount } = await tx.query({
    text: `delete from documents where bucket = $1 and tenant = $2 and person = $3`,
    values: [bucket, tenant, person],
  });
  return rowCount;
}

/** Crosses buckets, index documents_ending: bytes whose time is over. Results go whole, refused ones keep their row. */
export async function endContents(
  database: Queryable,
  nowMs: number,
  limit: number,
): Promise<
  readonly { readonly tenant: string; readonly id: string; readonly key: string | null }[]
> {
  const { rows } = await database.query<{ tenant: string; id: string; key: string | null }>({
    text: `with due as (
             select bucket, tenant, id, content_key from documents
              where content_until < to_timestamp($1::double precision / 1000) limit $2 for update skip locked
           ), kept as (
             update documents d set content_key = null, content_until = null from due
              where d.bucket = due.bucket and d.tenant = due.tenant and d.id = due.id and d.made_by is null
           ), gone as (
             delete from documents d using due
              where d.bucket = due.bucket and d.tenant = due.tenant and d.id = due.id and d.made_by is not null
           )
           select tenant, id, content_key as key from due`,
    values: [nowMs, limit],
  });
  return rows;
}

/** `name` in clear. */
export function viewOf(row: DocumentRow, name: string | null): DocumentView {
  const { id, status, verdict, reasons, removed, sha256, bytes, mediaType } = row;
  const { info, contentUntilMs, createdAtMs, madeBy } = row;
  return {
    id,
    name,
    status,
    verdict,
    reasons,
    removed,
    sha256,
    pages: info?.pages.length ?? null,
    bytes,
    mediaType,
    madeBy,
    createdAt: new Date(createdAtMs).toISOString(),
    expiresAt: contentUntilMs === null ? null : new Date(contentUntilMs).toISOString(),
  };
}
