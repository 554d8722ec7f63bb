/** Statements of the sweep, each over one bucket and bounded. */
import type { Database } from '../../platform/postgres/database.ts';
import type { SweepStore } from '../store.ts';

export function sweepStatements(database: Database): SweepStore {
  return {
    async removeDeliveries(bucket, { before, limit }) {
      const { rowCount } = await database.query({
        // Index webhook_deliveries_age. Rows that an attempt holds are left for the next time.
        text: `delete from webhook_deliveries where ctid = any(array(
                 select ctid from webhook_deliveries where bucket = $1 and created_at < $2
                 order by created_at limit $3 for update skip locked)) and bucket = $1`,
        values: [bucket, before, limit],
      });
      return rowCount;
    },
    async removeSecrets(bucket, at) {
      const { rowCount } = await database.query({
        // Reads the secrets of a bucket: a few for each endpoint.
        text: 'delete from webhook_secrets where bucket = $1 and expires_at <= $2',
        values: [bucket, at],
      });
      return rowCount;
    },
    async disableFailing(bucket, { before, at }) {
      const { rows } = await database.query<{ tenant: string; id: string }>({
        // Reads the endpoints of a bucket; of two processes only one gets each row back.
        text: `update webhook_endpoints set status = 'disabled', disabled_reason = 'failing', updated_at = $3
               where bucket = $1 and status = 'enabled' and failing_since <= $2 returning tenant, id`,
        values: [bucket, before, at],
      });
      return rows.map(({ tenant, id }) => ({ bucket, tenant, endpointId: id }));
    },
    async countFailing() {
      const { rows } = await database.query<{ count: number }>({
        // Reads the endpoints of all buckets: at most 25 for each tenant, a few kilobytes.
        text: `select count(*)::integer as count from webhook_endpoints
               where status = 'enabled' and failing_since is not null`,
      });
      return rows[0]?.count ?? 0;
    },
    async overdueDeliveries(bucket, { before, limit }) {
      const { rows } = await database.query<{ tenant: string; endpoint_id: string; id: string }>({
        // Index webhook_deliveries_waiting. Those of disabled endpoints and of deleted ones wait for nothing.
        text: `select d.tenant, d.endpoint_id, d.id from webhook_deliveries d
               join webhook_endpoints e on e.bucket = d.bucket and e.tenant = d.tenant and e.id = d.endpoint_id
               where d.bucket = $1 and d.status = 'waiting' and d.next_attempt_at < $2 and e.status = 'enabled'
               order by d.next_attempt_at limit $3`,
        values: [bucket, before, limit],
      });
      return rows.map((row) => ({
        bucket,
        tenant: row.tenant,
        endpointId: row.endpoint_id,
        deliveryId: row.id,
      }));
    },
  };
}
