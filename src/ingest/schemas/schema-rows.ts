/** The statements on the tables `schemas` and `schema_revision`. */
import type { Queryable } from '../../platform/postgres/database.ts';
import type { SchemaDefinition, SchemaName, RegisteredSchema } from './schema-definition.ts';

export interface SchemaRow {
  readonly tenant: string;
  readonly revision: bigint;
  readonly schema: RegisteredSchema;
}

interface StoredRow {
  readonly tenant: string;
  readonly type: string;
  readonly version: string;
  readonly revision: bigint;
  readonly definition: string;
  readonly created_at: string;
}

function rowOf(row: StoredRow): SchemaRow {
  // safe because definitions were parsed before they were stored and rows never change
  const definition = JSON.parse(row.definition) as SchemaDefinition;
  const createdAt = new Date(row.created_at).toISOString();
  return {
    tenant: row.tenant,
    revision: row.revision,
    schema: { type: row.type, version: row.version, ...definition, createdAt },
  };
}

export async function readRevision(database: Queryable): Promise<bigint> {
  const { rows } = await database.query<{ revision: bigint }>({
    text: 'select revision from schema_revision',
  });
  return rows[0]?.revision ?? 0n;
}

/** Everything registered after `revision`, in order. Crosses buckets; index schemas_by_revision. */
export async function readSchemasSince(
  database: Queryable,
  revision: bigint,
): Promise<SchemaRow[]> {
  const { rows } = await database.query<StoredRow>({
    text: `select tenant, type, version, revision, definition, created_at
           from schemas where revision > $1 order by revision`,
    values: [revision],
  });
  return rows.map(rowOf);
}

export interface SchemaKey extends SchemaName {
  readonly bucket: number;
  readonly tenant: string;
}

export async function readSchema(
  database: Queryable,
  key: SchemaKey,
): Promise<SchemaRow | undefined> {
  const { rows } = await database.query<StoredRow>({
    text: `select tenant, type, version, revision, definition, created_at
           from schemas where bucket = $1 and tenant = $2 and type = $3 and version = $4`,
    values: [key.bucket, key.tenant, key.type, key.version],
  });
  return rows[0] === undefined ? undefined : rowOf(rows[0]);
}

export async function countSchemas(database: Queryable, key: SchemaKey): Promise<number> {
  const { rows } = await database.query<{ count: bigint }>({
    text: 'select count(*) as count from schemas where bucket = $1 and tenant = $2',
    values: [key.bucket, key.tenant],
  });
  return Number(rows[0]?.count ?? 0n);
}

/**
 * Raises the revision, which locks its row until the transaction ends, so registrations follow one another. They are
 * rare: a handful a day.
 */
export async function raiseRevision(tx: Queryable): Promise<bigint> {
  const { rows } = await tx.query<{ revision: bigint }>({
    text: 'update schema_revision set revision = revision + 1 returning revision',
  });
  return rows[0]?.revision ?? 0n;
}

export async function insertSchema(
  tx: Queryable,
  key: SchemaKey,
  row: { revision: bigint; definition: string },
): Promise<void> {
  await tx.query({
    text: `insert into schemas (bucket, tenant, type, version, revision, definition)
           values ($1, $2, $3, $4, $5, $6)`,
    values: [key.bucket, key.tenant, key.type, key.version, row.revision, row.definition],
  });
}
