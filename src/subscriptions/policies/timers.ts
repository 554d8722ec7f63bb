/**
 * Timers of policies. The row in the policy store says what is due, the job only wakes somebody up; the command is
 * worked out again from the event that set the timer, so that neither holds the input of a command.
 *
 *   set (with the checkpoint) -> due: row still of that event? -> command -> row removed
 *                             -> moved or cancelled: the job finds another row or none, and does nothing
 *   due, then killed before the row is removed: the job runs again, the command gives its first result
 */
import type { Clock } from '../../core/clock.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import type { Jobs, KeyedJob } from '../../platform/jobs/jobs.ts';
import type { RecordedEvent } from '../../core/recorded-event.ts';
import type { TimerReaction } from '../../core/policy.ts';
import type { ChunkReaderDependencies } from '../durable/chunk-reader.ts';
import { readEvent } from '../durable/chunk-reader.ts';
import { itemOf, type ChunkDependencies } from './answer-chunk.ts';
import type { RunningPolicy } from './answer-event.ts';
import { derivedCommandId, timerJobKey } from './command-id.ts';
import { causeOf, giveCommand, type CommandOutcome } from './give-command.ts';
import type { LaneChange, PolicyPlace } from './policy-store.ts';

export const TIMER_QUEUE = 'policies.timers';
/**
 * A chain of policies that goes through a timer of at least this long is no loop that burns the machine: a renewal every
 * month must not end after POLICY_HOPS_MAX months.
 */
const RESTING_MS = 60_000;

/**
 * Clocks of servers that are kept right differ by less. One that is further off is not waited for: every timer would take
 * longer, and be early all the same.
 */
const AHEAD_MS_MAX = 2_000;

/** Ids and positions only. */
export interface TimerPayload {
  readonly policy: string;
  readonly bucket: number;
  readonly tenant: string;
  readonly lane: string;
  readonly timer: string;
  /** Of the event that set it, in decimal. */
  readonly position: string;
}

/** Enqueues and cancels the jobs of what `changes` sets and cancels, in the transaction that writes the rows. */
export async function enqueueTimers(
  jobs: Pick<Jobs, 'enqueueAll' | 'cancel'>,
  tx: Queryable,
  changes: { readonly place: PolicyPlace; readonly lanes: readonly LaneChange[] },
): Promise<void> {
  const { policy, bucket } = changes.place;
  const set: KeyedJob[] = [];
  for (const { tenant, lane, timers } of changes.lanes)
    for (const change of timers) {
      const { timer } = change;
      const key = timerJobKey({ policy, tenant, lane, timer });
      if (change.kind === 'cancel') {
        await jobs.cancel(tx, { queue: TIMER_QUEUE, key });
        continue;
      }
      const position = String(change.position);
      const payload: TimerPayload = { policy, bucket, tenant, lane, timer, position };
      set.push({ key, runAt: change.dueAt, payload });
    }
  await jobs.enqueueAll(tx, TIMER_QUEUE, set);
}

export interface TimerDependencies extends ChunkDependencies, ChunkReaderDependencies {
  readonly clock: Clock;
}

export type TimerOutcome =
  /** It was moved, cancelled or has fired. */
  { readonly kind: 'stale' } | CommandOutcome;

/**
 * Gives the command of a timer that is due, also by our clock: that of the queue may be ahead, and a command that comes before
 * its time finds nothing to do and is not given again. Throws what passes by itself.
 */
export async function fireTimer(
  running: RunningPolicy,
  due: Omit<TimerPayload, 'position'> & { readonly position: bigint },
  deps: TimerDependencies,
): Promise<TimerOutcome> {
  const { policy } = running;
  const row = await deps.store.timer({ policy: policy.name, bucket: due.bucket }, due);
  if (row === null || row.position !== due.position) return { kind: 'stale' };
  const event = await readEvent(deps, due);
  if (event === null) return { kind: 'unfit', reason: 'EVENT_REMOVED' };
  const item = itemOf(running, event, deps);
  if (item === null) return { kind: 'unfit', reason: 'TIMER_UNKNOWN' };
  if (item.recorded === null) return { kind: 'unfit', reason: item.reason };
  const reaction = timerOf(running, item.recorded, { timer: due.timer, state: row.state });
  if (reaction === null) return { kind: 'unfit', reason: 'TIMER_UNKNOWN' };
  const aheadMs = Date.parse(reaction.at) - deps.clock.nowMs();
  if (aheadMs > 0 && aheadMs <= AHEAD_MS_MAX) await deps.pause(aheadMs);
  const commandId = derivedCommandId(policy.name, event, `timer ${due.timer}`);
  const { tenant } = event;
  deps.reached('before-command');
  const outcome = await giveCommand(deps, {
    policy: policy.name,
    tenant,
    reaction: reaction.command,
    commandId,
    cause: restedCause(item.recorded, reaction),
  });
  deps.reached('after-timer');
  return outcome;
}

/** The reaction as the policy gives it today; null when it gives none of this name any more, or throws. */
function timerOf(
  { policy }: RunningPolicy,
  event: RecordedEvent,
  { timer, state }: { readonly timer: string; readonly state: unknown },
): TimerReaction | null {
  try {
    const reactions = policy.react(event, policy.keyOf === undefined ? undefined : state);
    const timers = reactions.filter((each) => each.kind === 'timer');
    return timers.findLast((each) => each.timer === timer) ?? null;
  } catch {
    return null;
  }
}

function restedCause(event: RecordedEvent, { at }: TimerReaction): ReturnType<typeof causeOf> {
  const cause = causeOf(event);
  const waitedMs = Date.parse(at) - Number(event.recordedAtMicros / 1000n);
  return waitedMs >= RESTING_MS ? { ...cause, hops: 1 } : cause;
}
