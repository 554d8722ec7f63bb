-- Releases before 0.4.0 gave a timer up after its last attempt, some two days after it was due, and left its row in
-- policy_timers, where nobody saw it. Since then such a timer is parked with its reason; this does so for those left over, so
-- that a person sees them and retries or skips them. The rows of the timers stay: a retry needs them. A timer that was due
-- longer ago than a week and still fires, because the server was off for as long, is answered all the same; retrying its
-- parked row then finds nothing to do. A row whose policy this release no longer has is parked unseen, as it was.
-- Distribution key: bucket, as in both tables.
insert into policy_parked (bucket, policy, tenant, lane, position, timer, type, reason, attempts)
select bucket, policy, tenant, lane, position, timer, 'timer', 'TIMER_GIVEN_UP', 1
  from policy_timers
 where due_at < now() - interval '7 days'
on conflict (bucket, policy, tenant, lane, position, timer) do nothing;
