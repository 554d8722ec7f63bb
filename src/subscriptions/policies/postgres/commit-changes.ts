/** Writes what answering a chunk has changed: at most six statements, whatever the number of lanes. */
import type { Queryable } from '../../../platform/postgres/database.ts';
import {
  LaneChanged,
  laneKey,
  type Lane,
  type LaneChange,
  type OutcomeCounts,
  type PolicyPlace,
} from '../policy-store.ts';

/** Those of the lanes in which an event is parked. Index: the primary key. */
export async function isLaneParked(
  on: Queryable,
  { policy, bucket }: PolicyPlace,
  lanes: readonly Lane[],
): Promise<readonly Lane[]> {
  if (lanes.length === 0) return [];
  const { rows } = await on.query<Lane>({
    text: `select distinct p.tenant, p.lane
             from policy_parked p
             join unnest($3::text[], $4::text[]) as wanted (tenant, lane)
               on p.tenant = wanted.tenant and p.lane = wanted.lane
            where p.bucket = $1 and p.policy = $2 and p.timer = ''`,
    values: [bucket, policy, lanes.map(({ tenant }) => tenant), lanes.map(({ lane }) => lane)],
  });
  return rows;
}

export async function commitChanges(
  tx: Queryable,
  place: PolicyPlace,
  changes: { readonly lanes: readonly LaneChange[]; readonly counts: OutcomeCounts },
): Promise<void> {
  const { lanes, counts } = changes;
  const expected = lanes.filter(({ wasParked }) => wasParked);
  const still = new Set((await isLaneParked(tx, place, expected)).map(laneKey));
  for (const lane of expected) if (!still.has(laneKey(lane))) throw new LaneChanged(laneKey(lane));
  await writeStates(tx, place, lanes);
  await park(tx, place, lanes);
  await cancelTimers(tx, place, lanes);
  await setTimers(tx, place, lanes);
  await count(tx, place, counts);
}

async function writeStates(
  tx: Queryable,
  { policy, bucket }: PolicyPlace,
  lanes: readonly LaneChange[],
): Promise<void> {
  const changed = lanes.flatMap(({ tenant, lane, state }) =>
    state === undefined ? [] : [{ tenant, lane, state: JSON.stringify(state.value) }],
  );
  if (changed.length === 0) return;
  await tx.query({
    text: `insert into policy_states (bucket, policy, tenant, key, state)
           select $1, $2, tenant, lane, state
             from unnest($3::text[], $4::text[], $5::jsonb[]) as changed (tenant, lane, state)
           on conflict (bucket, policy, tenant, key) do update set state = excluded.state`,
    prepared: true,
    values: [
      bucket,
      policy,
      changed.map(({ tenant }) => tenant),
      changed.map(({ lane }) => lane),
      changed.map(({ state }) => state),
    ],
  });
}

async function park(
  tx: Queryable,
  { policy, bucket }: PolicyPlace,
  lanes: readonly LaneChange[],
): Promise<void> {
  const rows = lanes.flatMap(({ tenant, lane, parked }) =>
    parked.map((event) => ({ tenant, lane, ...event })),
  );
  if (rows.length === 0) return;
  await tx.query({
    text: `insert into policy_parked (bucket, policy, tenant, lane, position, timer, type, reason, attempts)
           select $1, $2, tenant, lane, position, timer, type, reason, 1
             from unnest($3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[])
               as parked (tenant, lane, position, timer, type, reason)
           on conflict (bucket, policy, tenant, lane, position, timer) do nothing`,
    prepared: true,
    values: [
      bucket,
      policy,
      rows.map(({ tenant }) => tenant),
      rows.map(({ lane }) => lane),
      rows.map(({ position }) => position),
      rows.map(({ timer }) => timer ?? ''),
      rows.map(({ type }) => type),
      rows.map(({ reason }) => reason),
    ],
  });
}

async function cancelTimers(
  tx: Queryable,
  { policy, bucket }: PolicyPlace,
  lanes: readonly LaneChange[],
): Promise<void> {
  const cancelled = lanes.flatMap(({ tenant, lane, timers }) =>
    timers.flatMap(({ kind, timer }) => (kind === 'cancel' ? [{ tenant, lane, timer }] : [])),
  );
  if (cancelled.length === 0) return;
  await tx.query({
    text: `delete from policy_timers t
            using unnest($3::text[], $4::text[], $5::text[]) as cancelled (tenant, lane, timer)
            where t.bucket = $1 and t.policy = $2 and t.tenant = cancelled.tenant
              and t.lane = cancelled.lane and t.timer = cancelled.timer`,
    values: [
      bucket,
      policy,
      cancelled.map(({ tenant }) => tenant),
      cancelled.map(({ lane }) => lane),
      cancelled.map(({ timer }) => timer),
    ],
  });
}

async function setTimers(
  tx: Queryable,
  { policy, bucket }: PolicyPlace,
  lanes: readonly LaneChange[],
): Promise<void> {
  const set = lanes.flatMap(({ tenant, lane, timers }) =>
    timers.flatMap((timer) => (timer.kind === 'set' ? [{ ...timer, tenant, lane }] : [])),
  );
  if (set.length === 0) return;
  await tx.query({
    text: `insert into policy_timers (bucket, policy, tenant, lane, timer, position, due_at, state)
           select $1, $2, tenant, lane, timer, position, due_at, state
             from unnest($3::text[], $4::text[], $5::text[], $6::bigint[], $7::timestamptz[], $8::jsonb[])
               as set_now (tenant, lane, timer, position, due_at, state)
           on conflict (bucket, policy, tenant, lane, timer) do update set
             position = excluded.position, due_at = excluded.due_at, state = excluded.state`,
    prepared: true,
    values: [
      bucket,
      policy,
      set.map(({ tenant }) => tenant),
      set.map(({ lane }) => lane),
      set.map(({ timer }) => timer),
      set.map(({ position }) => position),
      set.map(({ dueAt }) => dueAt),
      set.map(({ state }) => (state === undefined ? null : JSON.stringify(state))),
    ],
  });
}

async function count(
  tx: Queryable,
  { policy, bucket }: PolicyPlace,
  { done, refused, lastRefusal }: OutcomeCounts,
): Promise<void> {
  if (done === 0 && refused === 0) return;
  await tx.query({
    text: `insert into policy_counts as held (bucket, policy, done, refused, last_refusal, last_refused_at)
           values ($1, $2, $3, $4, $5, case when $5::text is null then null else clock_timestamp() end)
           on conflict (bucket, policy) do update set
             done = held.done + excluded.done, refused = held.refused + excluded.refused,
             last_refusal = coalesce(excluded.last_refusal, held.last_refusal),
             last_refused_at = coalesce(excluded.last_refused_at, held.last_refused_at)`,
    prepared: true,
    values: [bucket, policy, done, refused, lastRefusal],
  });
}
