/** An event as read models and policies see it: read from the log, revealed, brought to its newest version, parsed. */
import type { DecidedEvent } from './decision.ts';

export interface RecordedEvent<Event extends DecidedEvent = DecidedEvent> {
  /** Name of the event type for decided events (`CustomerRegistered`), the CloudEvents type for received ones. */
  readonly type: Event['type'];
  /** Parsed JSON. Null for a received event without JSON data. */
  readonly data: Event['data'];
  readonly tenant: string;
  readonly bucket: number;
  readonly position: bigint;
  /** Microseconds since the epoch. */
  readonly recordedAtMicros: bigint;
  /** CloudEvents `time`, else the recorded time; RFC 3339. */
  readonly at: string;
  /** CloudEvents id. */
  readonly eventId: string;
  readonly decided: boolean;
  /** Category and id of the stream for decided events, else empty. */
  readonly category: string;
  readonly id: string;
  /** Version in its stream; 0 when there is none. */
  readonly version: number;
  readonly causation: Causation;
}

/** The union of recorded events for a union of decided ones: each type with its own data. */
export type Recorded<Event extends DecidedEvent> = Event extends DecidedEvent
  ? RecordedEvent<Event>
  : never;

/** Extension attributes of decided events: where an event came from. */
export interface Causation {
  /** `commandid`: the command that was decided. */
  readonly commandId: string | null;
  /** `command`: its name, such as `orders.PlaceOrder`; null for events that releases up to 0.4.0 wrote. */
  readonly command: string | null;
  /** `causationid`: the event that a policy answered with that command; null when a person or system asked. */
  readonly causationId: string | null;
  /** `correlationid`: the first command of the chain. */
  readonly correlationId: string | null;
  /** `actor`: who asked. */
  readonly actor: string | null;
  /** `approver`: who approved it, where approval was needed. */
  readonly approver: string | null;
  /** `hops`: how many policies lie between the first command and this event. */
  readonly hops: number;
}
