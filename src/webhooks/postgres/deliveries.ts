/** Statements on deliveries. All go by primary key or by webhook_deliveries_newest. */
import type { Database } from '../../platform/postgres/database.ts';
import { ATTEMPTS_KEPT_MAX } from '../delivery.ts';
import type { DeliveryStore } from '../store.ts';
import {
  DELIVERY_COLUMNS,
  deliveryOf,
  ENDPOINT_COLUMNS,
  endpointOf,
  keyOf,
  type DeliveryRow,
  type EndpointRow,
} from './rows.ts';

export function deliveryStatements(database: Database): DeliveryStore {
  return { ...readingStatements(database), ...WRITING };
}

type Reading = Pick<DeliveryStore, 'loadDelivery' | 'findDelivery' | 'listDeliveries'>;

interface LoadedRow extends EndpointRow, DeliveryRow {
  readonly secrets: readonly Buffer[];
}

function readingStatements(database: Database): Reading {
  return {
    async loadDelivery(place, at) {
      const { rows } = await database.query<LoadedRow>({
        // One round trip before each attempt: three look-ups by primary key.
        text: `select ${ENDPOINT_COLUMNS}, ${DELIVERY_COLUMNS},
                 array(select s.sealed from webhook_secrets s
                       where s.bucket = $1 and s.tenant = $2 and s.endpoint_id = $3
                         and (s.expires_at is null or s.expires_at > $5)
                       order by s.number desc) as secrets
               from webhook_deliveries d
               join webhook_endpoints e on e.bucket = d.bucket and e.tenant = d.tenant and e.id = d.endpoint_id
               where d.bucket = $1 and d.tenant = $2 and d.endpoint_id = $3 and d.id = $4`,
        values: [...keyOf(place), place.deliveryId, at],
      });
      const row = rows[0];
      if (row === undefined) return null;
      return { endpoint: endpointOf(row), delivery: deliveryOf(row), secrets: row.secrets };
    },
    async findDelivery(place) {
      const { rows } = await database.query<DeliveryRow>({
        text: `select ${DELIVERY_COLUMNS} from webhook_deliveries d
               where d.bucket = $1 and d.tenant = $2 and d.endpoint_id = $3 and d.id = $4`,
        values: [...keyOf(place), place.deliveryId],
      });
      return rows[0] === undefined ? null : deliveryOf(rows[0]);
    },
    async listDeliveries(place, { status, before, limit }) {
      const { rows } = await database.query<DeliveryRow>({
        text: `select ${DELIVERY_COLUMNS} from webhook_deliveries d
               where d.bucket = $1 and d.tenant = $2 and d.endpoint_id = $3
                 and ($4::bigint is null or d.number < $4) and ($5::text is null or d.status = $5)
               order by d.number desc limit $6`,
        values: [...keyOf(place), before, status, limit],
      });
      return rows.map(deliveryOf);
    },
  };
}

const WRITING: Omit<DeliveryStore, keyof Reading> = {
  async insertDeliveries(tx, rows, at) {
    const bucket = rows[0]?.bucket;
    if (bucket === undefined) return [];
    const inserted = await tx.query<{ tenant: string; endpoint_id: string; id: string }>({
      // Of two processes that handle one chunk, the second waits for the first and then inserts nothing.
      text: `insert into webhook_deliveries
               (bucket, tenant, endpoint_id, id, position, type, status, created_at, next_attempt_at)
             select $1, tenant, endpoint_id, id, position, type, 'waiting', $7, $7
             from unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[])
               as made (tenant, endpoint_id, id, position, type)
             on conflict (bucket, tenant, endpoint_id, id) do nothing
             returning tenant, endpoint_id, id`,
      values: [
        bucket,
        rows.map((row) => row.tenant),
        rows.map((row) => row.endpointId),
        rows.map((row) => row.deliveryId),
        rows.map((row) => row.position),
        rows.map((row) => row.type),
        at,
      ],
    });
    return inserted.rows.map(({ tenant, endpoint_id: endpointId, id: deliveryId }) => ({
      bucket,
      tenant,
      endpointId,
      deliveryId,
    }));
  },
  async recordAttempt(tx, place, { attempt, status, nextAttemptAt, at }) {
    const { rowCount } = await tx.query({
      // `attempts - 0` drops the oldest.
      text: `update webhook_deliveries set status = $5, next_attempt_at = $6, tries = tries + 1,
               settled_at = case when $5 = 'waiting' then null else $7::timestamptz end,
               attempts = (case when jsonb_array_length(attempts) >= $9 then attempts - 0 else attempts end)
                          || $8::jsonb
             where bucket = $1 and tenant = $2 and endpoint_id = $3 and id = $4 and status = 'waiting'`,
      values: [
        ...keyOf(place),
        place.deliveryId,
        status,
        nextAttemptAt,
        at,
        JSON.stringify([attempt]),
        ATTEMPTS_KEPT_MAX,
      ],
    });
    return rowCount === 1;
  },
  async resendDelivery(tx, place, at) {
    const { rows } = await tx.query<DeliveryRow>({
      text: `update webhook_deliveries as d
             set status = 'waiting', tries = 0, next_attempt_at = $5, settled_at = null
             where d.bucket = $1 and d.tenant = $2 and d.endpoint_id = $3 and d.id = $4
             returning ${DELIVERY_COLUMNS}`,
      values: [...keyOf(place), place.deliveryId, at],
    });
    return rows[0] === undefined ? null : deliveryOf(rows[0]);
  },
};
