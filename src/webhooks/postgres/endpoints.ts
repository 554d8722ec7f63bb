/** Statements on endpoints. All are reads or writes of one tenant by primary key unless they say otherwise. */
import type { Database } from '../../platform/postgres/database.ts';
import type { EndpointStore } from '../store.ts';
import { deleteEndpoint, insertEndpoint } from './endpoint-and-secret.ts';
import { ENDPOINT_COLUMNS, endpointOf, keyOf, type EndpointRow } from './rows.ts';

type Calls = Omit<EndpointStore, 'addSecret'>;

export function endpointStatements(database: Database): Calls {
  return { ...readingStatements(database), ...changingStatements(database) };
}

type Reading = Pick<Calls, 'listEndpoints' | 'findEndpoint' | 'enabledEndpoints' | 'hasEnabled'>;

function readingStatements(database: Database): Reading {
  return {
    async listEndpoints({ bucket, tenant }) {
      const { rows } = await database.query<EndpointRow>({
        // At most ENDPOINTS_PER_TENANT_MAX rows.
        text: `select ${ENDPOINT_COLUMNS} from webhook_endpoints e
               where e.bucket = $1 and e.tenant = $2 order by e.created_at, e.id`,
        values: [bucket, tenant],
      });
      return rows.map(endpointOf);
    },
    async findEndpoint(place, tx = database) {
      const { rows } = await tx.query<EndpointRow>({
        text: `select ${ENDPOINT_COLUMNS} from webhook_endpoints e
               where e.bucket = $1 and e.tenant = $2 and e.id = $3`,
        values: [...keyOf(place)],
      });
      return rows[0] === undefined ? null : endpointOf(rows[0]);
    },
    async enabledEndpoints(bucket, tenants) {
      const { rows } = await database.query<EndpointRow>({
        // Once for each chunk of the subscription; the primary key leads to the tenants of the chunk.
        text: `select ${ENDPOINT_COLUMNS} from webhook_endpoints e
               where e.bucket = $1 and e.tenant = any($2::text[]) and e.status = 'enabled' order by e.id`,
        values: [bucket, tenants],
      });
      return rows.map(endpointOf);
    },
    async hasEnabled(bucket) {
      const { rows } = await database.query<{ some: boolean }>({
        text: `select exists (select from webhook_endpoints e
                               where e.bucket = $1 and e.status = 'enabled') as some`,
        values: [bucket],
      });
      return rows[0]?.some ?? false;
    },
  };
}

type Changing = Omit<Calls, keyof Reading>;

function changingStatements(database: Database): Changing {
  return {
    insertEndpoint: (endpoint, max, tx = database) => insertEndpoint(tx, endpoint, max),
    deleteEndpoint: (place) => deleteEndpoint(database, place),
    async updateEndpoint(place, { url, types, description, at }) {
      const { rows } = await database.query<EndpointRow>({
        text: `update webhook_endpoints as e set url = coalesce($4, e.url), types = coalesce($5::text[], e.types),
                 description = coalesce($6, e.description), updated_at = $7
               where e.bucket = $1 and e.tenant = $2 and e.id = $3 returning ${ENDPOINT_COLUMNS}`,
        values: [...keyOf(place), url ?? null, types ?? null, description ?? null, at],
      });
      return rows[0] === undefined ? null : endpointOf(rows[0]);
    },
    async enableEndpoint(place, { at, fromPosition }) {
      const { rows } = await database.query<EndpointRow>({
        text: `update webhook_endpoints as e set status = 'enabled', disabled_reason = null,
                 failing_since = case when e.status = 'disabled' then null else e.failing_since end,
                 from_position = case when e.status = 'disabled' then $5 else e.from_position end,
                 updated_at = case when e.status = 'disabled' then $4 else e.updated_at end
               where e.bucket = $1 and e.tenant = $2 and e.id = $3 returning ${ENDPOINT_COLUMNS}`,
        values: [...keyOf(place), at, fromPosition],
      });
      return rows[0] === undefined ? null : endpointOf(rows[0]);
    },
    async disableEndpoint(tx, place, { at, reason }) {
      const { rowCount } = await tx.query({
        text: `update webhook_endpoints set status = 'disabled', disabled_reason = $5, updated_at = $4
               where bucket = $1 and tenant = $2 and id = $3 and status = 'enabled'`,
        values: [...keyOf(place), at, reason],
      });
      return rowCount === 1;
    },
    async beginReplay(tx, place, replayId) {
      const { rowCount } = await tx.query({
        text: `update webhook_endpoints set replay_id = $4
               where bucket = $1 and tenant = $2 and id = $3 and status = 'enabled'`,
        values: [...keyOf(place), replayId],
      });
      return rowCount === 1;
    },
    async markFailing(tx, place, at) {
      await tx.query({
        text: `update webhook_endpoints set failing_since = $4
               where bucket = $1 and tenant = $2 and id = $3 and failing_since is null`,
        values: [...keyOf(place), at],
      });
    },
    async clearFailing(tx, place) {
      await tx.query({
        text: `update webhook_endpoints set failing_since = null
               where bucket = $1 and tenant = $2 and id = $3 and failing_since is not null`,
        values: [...keyOf(place)],
      });
    },
  };
}
