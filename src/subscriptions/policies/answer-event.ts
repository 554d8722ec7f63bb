/**
 * Answers one event: evolve, react, give the commands in order, note the timers. Whatever throws in the policy parks
 * the event; whatever passes by itself (overload, a lost connection) is thrown, so that the caller tries again later.
 */
import type { StoredEvent } from '../../core/event.ts';
import type { Logger } from '../../core/logger.ts';
import { POLICY_HOPS_MAX, type Policy, type Reaction } from '../../core/policy.ts';
import type { EventRecorder } from '../../core/record-event.ts';
import type { RecordedEvent } from '../../core/recorded-event.ts';
import { derivedCommandId } from './command-id.ts';
import { causeOf, giveCommand, type CommandGiver } from './give-command.ts';
import type { TimerChange } from './policy-store.ts';

/** Where a test or the simulator may end the process. */
export type PolicyPoint = 'before-command' | 'after-command' | 'before-checkpoint' | 'after-timer';

export interface RunningPolicy {
  readonly policy: Policy;
  readonly recorder: EventRecorder;
}

export interface AnswerDependencies extends CommandGiver {
  readonly logger: Logger;
  readonly reached: (point: PolicyPoint) => void;
}

export type Answered =
  | {
      readonly kind: 'answered';
      /** Of the process manager afterwards. */
      readonly state: unknown;
      readonly timers: readonly TimerChange[];
      readonly done: number;
      /** Codes, in order. */
      readonly refusals: readonly string[];
    }
  | { readonly kind: 'parked'; readonly reason: string };

/** `state` is that before the event; undefined for a plain policy, and for a key that has none yet. */
export async function answerEvent(
  { policy }: RunningPolicy,
  given: { readonly event: StoredEvent; readonly recorded: RecordedEvent; readonly state: unknown },
  deps: AnswerDependencies,
): Promise<Answered> {
  const { recorded } = given;
  const reaction = reactTo(policy, given, deps.logger);
  if (reaction.kind === 'parked') return reaction;
  const { state, reactions } = reaction;
  const cause = causeOf(recorded);
  if (cause.hops > POLICY_HOPS_MAX && reactions.some(({ kind }) => kind !== 'cancel'))
    return { kind: 'parked', reason: 'POLICY_LOOP' };
  const timers = new Map<string, TimerChange>();
  const refusals: string[] = [];
  let done = 0;
  for (const [index, each] of reactions.entries()) {
    if (each.kind !== 'command') {
      timers.set(each.timer, timerChange(each, { position: recorded.position, state }));
      continue;
    }
    const commandId = derivedCommandId(policy.name, given.event, String(index));
    const { tenant } = recorded;
    deps.reached('before-command');
    const command = { policy: policy.name, tenant, reaction: each, commandId, cause };
    const outcome = await giveCommand(deps, command);
    deps.reached('after-command');
    if (outcome.kind === 'unfit') return { kind: 'parked', reason: outcome.reason };
    if (outcome.kind === 'refused') refusals.push(outcome.code);
    else done += 1;
  }
  return { kind: 'answered', state, timers: [...timers.values()], done, refusals };
}

type Reacted =
  | { readonly kind: 'reacted'; readonly state: unknown; readonly reactions: readonly Reaction[] }
  | { readonly kind: 'parked'; readonly reason: string };

function reactTo(
  policy: Policy,
  { recorded, state }: { readonly recorded: RecordedEvent; readonly state: unknown },
  logger: Logger,
): Reacted {
  let step = 'EVOLVE_FAILED';
  try {
    const after = evolved(policy, recorded, state);
    step = 'REACT_FAILED';
    const reactions = policy.react(recorded, after);
    for (const each of reactions)
      if (each.kind === 'timer' && Number.isNaN(Date.parse(each.at)))
        throw new TypeError(`the timer ${each.timer} has no time`);
    return { kind: 'reacted', state: after, reactions };
  } catch (error) {
    reportThrow(logger, { policy, error });
    return { kind: 'parked', reason: step };
  }
}

function evolved(policy: Policy, event: RecordedEvent, state: unknown): unknown {
  if (policy.keyOf === undefined) return undefined;
  const before = state === undefined ? policy.initialState : state;
  return policy.evolve === undefined ? before : policy.evolve(before, event);
}

/** Only the name of what was thrown: the message of a policy may hold what the event held. */
export function reportThrow(
  logger: Logger,
  { policy, error }: { readonly policy: Policy; readonly error: unknown },
): void {
  const code = error instanceof Error ? error.name : typeof error;
  logger.error('a policy threw; the event is parked', { name: policy.name, code });
}

function timerChange(
  reaction: Exclude<Reaction, { readonly kind: 'command' }>,
  { position, state }: { readonly position: bigint; readonly state: unknown },
): TimerChange {
  const { timer } = reaction;
  if (reaction.kind === 'cancel') return { kind: 'cancel', timer };
  return { kind: 'set', timer, position, dueAt: new Date(reaction.at).toISOString(), state };
}
