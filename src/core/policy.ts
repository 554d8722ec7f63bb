/**
 * A policy answers events with commands, exactly once: the id of each command derives from the policy, the event and
 * the reaction's place, so a command that is handled again finds its first result. Pure: no state, no clock.
 * A process manager is a policy with a state of its own, folded from the events it declares, and with timers.
 */
import type { EventType } from './event-type.ts';
import type { RecordedEvent } from './recorded-event.ts';

/** A command of any module, by the name that its index.ts publishes. */
export interface CommandReaction {
  readonly kind: 'command';
  readonly category: string;
  /** Name of the command: `EarnPoints`. */
  readonly command: string;
  /** Id of the stream; for a creating command it should derive from the event. */
  readonly id: string;
  readonly input: unknown;
}

/** The command is handled at `at` or soon after, also when the server was down then. */
export interface TimerReaction {
  readonly kind: 'timer';
  /** Names the timer within the policy and stream; setting it again moves it. */
  readonly timer: string;
  /** RFC 3339. */
  readonly at: string;
  /**
   * Not stored: when the timer is due, `react` is asked again with the event that set it (as it reads then) and the state
   * of that moment.
   */
  readonly command: CommandReaction;
}

/** Cancels a timer set before; without effect when it has fired. */
export interface CancelReaction {
  readonly kind: 'cancel';
  readonly timer: string;
}

export type Reaction = CommandReaction | TimerReaction | CancelReaction;

export interface Policy {
  /** `loyalty.earn-on-order`: unique in an installation. */
  readonly name: string;
  readonly on: readonly EventType[];
  readonly received?: readonly string[];
  /** Reads from the beginning of the log when it is first started; from now on by default. */
  readonly fromBeginning?: boolean;
  /** Key of the state of a process manager that the event belongs to; absent for a plain policy. */
  keyOf?(event: RecordedEvent): string;
  /**
   * State of a process manager before its first event. Plain JSON, stored as it is: ids, amounts and decisions, never
   * personal data, which an erasure would not find there.
   */
  readonly initialState?: unknown;
  evolve?(state: unknown, event: RecordedEvent): unknown;
  /** `state` is that after `evolve`, undefined for a plain policy. Pure; a throw parks the event. */
  react(event: RecordedEvent, state: unknown): readonly Reaction[];
}

/** How many policies may answer one another before the chain is parked as a loop. */
export const POLICY_HOPS_MAX = 16;
