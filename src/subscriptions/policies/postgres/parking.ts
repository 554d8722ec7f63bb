/** What is parked: looked at, taken out, put back; and how much there is. */
import type { Queryable } from '../../../platform/postgres/database.ts';
import type { ParkedRow, PolicyCounts, PolicyStore } from '../policy-store.ts';

interface Row extends Omit<ParkedRow, 'parkedAt'> {
  readonly parked_at: string;
}

const COLUMNS = 'bucket, tenant, lane, position, timer, type, reason, attempts, parked_at';

export function parkingIn(
  database: Queryable,
): Pick<PolicyStore, 'parked' | 'firstParked' | 'unpark' | 'parkAgain'> {
  return {
    async parked(policy, limit) {
      // Crosses buckets: an operator's question. Index policy_parked_by_policy.
      const { rows } = await database.query<Row>({
        text: `select ${COLUMNS} from policy_parked where policy = $1
                order by bucket, position, timer limit $2`,
        values: [policy, limit],
      });
      return rows.map(parkedOf);
    },
    async firstParked({ policy, bucket }, { tenant, lane }) {
      const { rows } = await database.query<Row & { count: number }>({
        text: `select ${COLUMNS}, (count(*) over ())::integer as count
                 from policy_parked
                where bucket = $1 and policy = $2 and tenant = $3 and lane = $4
                order by position, timer limit 1`,
        values: [bucket, policy, tenant, lane],
      });
      const [first] = rows;
      if (first === undefined) return null;
      const { count, ...row } = first;
      return { row: parkedOf(row), count };
    },
    async unpark(tx, { policy, bucket }, { tenant, lane, position, timer }) {
      const { rowCount } = await tx.query({
        text: `delete from policy_parked
                where bucket = $1 and policy = $2 and tenant = $3 and lane = $4 and position = $5
                  and timer = $6`,
        values: [bucket, policy, tenant, lane, position, timer],
      });
      return rowCount > 0;
    },
    async parkAgain(tx, { policy, bucket }, { tenant, lane, position, timer, newReason }) {
      await tx.query({
        text: `update policy_parked set reason = $7, attempts = attempts + 1
                where bucket = $1 and policy = $2 and tenant = $3 and lane = $4 and position = $5
                  and timer = $6`,
        values: [bucket, policy, tenant, lane, position, timer, newReason],
      });
    },
  };
}

/** Crosses buckets: a few rows for each policy, for status and metrics. */
export async function countsOf(
  database: Queryable,
  policies: readonly string[],
): Promise<readonly PolicyCounts[]> {
  const { rows } = await database.query<PolicyCounts>({
    text: `select names.policy,
                  (select count(*) from policy_parked p where p.policy = names.policy)::integer as parked,
                  (select count(*) from policy_timers t where t.policy = names.policy)::integer as timers,
                  coalesce(c.done, 0)::double precision as done,
                  coalesce(c.refused, 0)::double precision as refused,
                  c.last_refusal as "lastRefusal"
             from unnest($1::text[]) with ordinality as names (policy, place)
             left join lateral (
               select sum(done) as done, sum(refused) as refused,
                      (array_agg(last_refusal order by last_refused_at desc nulls last))[1] as last_refusal
                 from policy_counts where policy = names.policy) c on true
            order by names.place`,
    values: [policies],
  });
  return rows;
}

function parkedOf({ parked_at, ...row }: Row): ParkedRow {
  return { ...row, parkedAt: new Date(parked_at).toISOString() };
}
