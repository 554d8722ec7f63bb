/** What policies keep, in PostgreSQL (migrations/0008_subscriptions.sql). */
import type { Queryable } from '../../../platform/postgres/database.ts';
import { laneKey, type PolicyStore, type TimerRow } from '../policy-store.ts';
import { commitChanges, isLaneParked } from './commit-changes.ts';
import { countsOf, parkingIn } from './parking.ts';

export function createPostgresPolicyStore(database: Queryable): PolicyStore {
  return {
    async states({ policy, bucket }, lanes) {
      const { rows } = await database.query<{ tenant: string; lane: string; state: unknown }>({
        text: `select s.tenant, s.key as lane, s.state
                 from policy_states s
                 join unnest($3::text[], $4::text[]) as wanted (tenant, lane)
                   on s.tenant = wanted.tenant and s.key = wanted.lane
                where s.bucket = $1 and s.policy = $2`,
        values: [bucket, policy, lanes.map(({ tenant }) => tenant), lanes.map(({ lane }) => lane)],
      });
      return new Map(rows.map((row) => [laneKey(row), row.state]));
    },
    async parkedLanes(place, lanes) {
      return new Set((await isLaneParked(database, place, lanes)).map(laneKey));
    },
    commit: commitChanges,
    async timer({ policy, bucket }, { tenant, lane, timer }) {
      const { rows } = await database.query<TimerRow>({
        text: `select position, state from policy_timers
                where bucket = $1 and policy = $2 and tenant = $3 and lane = $4 and timer = $5`,
        values: [bucket, policy, tenant, lane, timer],
      });
      return rows[0] ?? null;
    },
    async removeTimer(tx, { policy, bucket }, { tenant, lane, timer, position }) {
      const { rowCount } = await tx.query({
        text: `delete from policy_timers
                where bucket = $1 and policy = $2 and tenant = $3 and lane = $4 and timer = $5
                  and position = $6`,
        values: [bucket, policy, tenant, lane, timer, position],
      });
      return rowCount > 0;
    },
    ...parkingIn(database),
    counts: (policies) => countsOf(database, policies),
  };
}
