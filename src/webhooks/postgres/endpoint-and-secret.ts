/** Statements that touch an endpoint and its secrets together. */
import type { Database, Queryable } from '../../platform/postgres/database.ts';
import type { EndpointPlace } from '../endpoint.ts';
import type { NewEndpoint, NewSecret } from '../store.ts';
import { keyOf } from './rows.ts';

/** Both rows in one statement; neither when the tenant has `max` endpoints. The count takes no lock. */
export async function insertEndpoint(
  database: Queryable,
  endpoint: NewEndpoint,
  max: number,
): Promise<boolean> {
  const { rowCount } = await database.query({
    text: `with made as (
             insert into webhook_endpoints
               (bucket, tenant, id, url, types, description, status, from_position, created_at, updated_at)
             select $1::integer, $2::text, $3::text, $4::text, $5::text[], $6::text, 'enabled', $7::bigint,
                    $8::timestamptz, $8::timestamptz
             where (select count(*) from webhook_endpoints where bucket = $1 and tenant = $2) < $9
             returning bucket, tenant, id)
           insert into webhook_secrets (bucket, tenant, endpoint_id, sealed, created_at)
           select bucket, tenant, id, $10::bytea, $8::timestamptz from made`,
    values: [
      ...keyOf(endpoint),
      endpoint.url,
      endpoint.types,
      endpoint.description,
      endpoint.fromPosition,
      endpoint.at,
      max,
      endpoint.sealedSecret,
    ],
  });
  return rowCount === 1;
}

export function deleteEndpoint(database: Database, place: EndpointPlace): Promise<boolean> {
  return database.transaction(async (tx) => {
    await tx.query({
      text: 'delete from webhook_secrets where bucket = $1 and tenant = $2 and endpoint_id = $3',
      values: [...keyOf(place)],
    });
    const { rowCount } = await tx.query({
      text: 'delete from webhook_endpoints where bucket = $1 and tenant = $2 and id = $3',
      values: [...keyOf(place)],
    });
    return rowCount === 1;
  });
}

/** Locks the endpoint's row, so that of two rotations at once each sees what the other did. */
export function addSecret(
  database: Database,
  place: EndpointPlace,
  { sealed, at, olderUntil, activeMax }: NewSecret,
): Promise<boolean> {
  return database.transaction(async (tx) => {
    await tx.query({
      text: 'select 1 from webhook_endpoints where bucket = $1 and tenant = $2 and id = $3 for update',
      values: [...keyOf(place)],
    });
    const { rows } = await tx.query<{ count: bigint }>({
      text: `select count(*) as count from webhook_secrets
             where bucket = $1 and tenant = $2 and endpoint_id = $3
               and least(coalesce(expires_at, 'infinity'), $5::timestamptz) > $4::timestamptz`,
      values: [...keyOf(place), at, olderUntil],
    });
    if ((rows[0]?.count ?? 0n) >= activeMax) return false;
    await tx.query({
      text: `update webhook_secrets set expires_at = least(coalesce(expires_at, 'infinity'), $4::timestamptz)
             where bucket = $1 and tenant = $2 and endpoint_id = $3`,
      values: [...keyOf(place), olderUntil],
    });
    await tx.query({
      text: `insert into webhook_secrets (bucket, tenant, endpoint_id, sealed, created_at)
             values ($1, $2, $3, $4, $5)`,
      values: [...keyOf(place), sealed, at],
    });
    return true;
  });
}
