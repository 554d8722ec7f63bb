/**
 * What `decide` answers. A refusal is a value with a code of the module's table: the business said no, nothing failed.
 */

/** Events that a decision puts on another stream of the same tenant; `streams` of the command must have listed it. */
export interface EventsElsewhere {
  readonly category: string;
  readonly id: string;
  readonly events: readonly DecidedEvent[];
}

/** A decided event before it is recorded: its name and its data. */
export interface DecidedEvent {
  readonly type: string;
  readonly data: object;
}

export interface Accepted<Event extends DecidedEvent> {
  readonly outcome: 'accepted';
  /** In order; none when the command changes nothing. */
  readonly events: readonly Event[];
  readonly elsewhere: readonly EventsElsewhere[];
}

export interface Rejected {
  readonly outcome: 'rejected';
  /** A code of the module's table of refusals. */
  readonly code: string;
  /** Facts that help the caller to ask again; no personal data. */
  readonly details: Readonly<Record<string, unknown>>;
}

export type Decision<Event extends DecidedEvent> = Accepted<Event> | Rejected;

export function accepted<Event extends DecidedEvent>(
  events: readonly Event[],
  elsewhere: readonly EventsElsewhere[] = [],
): Accepted<Event> {
  return { outcome: 'accepted', events, elsewhere };
}

export function rejected(code: string, details: Readonly<Record<string, unknown>> = {}): Rejected {
  return { outcome: 'rejected', code, details };
}
