/**
 * The port of the command pipeline. One command goes: authorise, idempotency, load, decide, append, answer; see
 * handle-command.ts for the way and what happens on each conflict.
 */
import type { Principal } from '../access/principal.ts';
import type { ModuleAggregate } from '../core/module.ts';

export interface CommandRequest {
  /** Its tenant is the tenant of the command; its scopes are checked again here, whoever called. */
  readonly principal: Principal;
  /** `customers`. */
  readonly category: string;
  /** Name of the command: `RegisterCustomer`. */
  readonly command: string;
  /** Id of the stream. Null only for a creating command: the pipeline makes one. */
  readonly id: string | null;
  /** Parsed JSON; validated here against the input schema of the command. */
  readonly input: unknown;
  /** Of If-Match: the version the stream must be at. */
  readonly expectedVersion?: bigint | undefined;
  /** Of Idempotency-Key, without its quotes. */
  readonly idempotencyKey?: string | undefined;
  /** Of a policy or timer: the same command always has the same one. Random otherwise. */
  readonly commandId?: string | undefined;
  /** What led to the command, for the chain of causes. */
  readonly cause?: CommandCause | undefined;
}

export interface CommandCause {
  readonly correlationId: string;
  /** Id of the event that a policy answers. */
  readonly causationId: string;
  readonly hops: number;
}

export type CommandAnswer =
  | {
      readonly status: 'done';
      readonly id: string;
      readonly version: bigint;
      /** Position that a reader must have reached to see the effect. */
      readonly position: bigint;
      /** True for a command that creates. */
      readonly created: boolean;
      /** Further members that the aggregate's `respond` gave. */
      readonly members: Readonly<Record<string, unknown>>;
      /** True when this is the answer of an earlier, equal request. */
      readonly replayed: boolean;
      /** `user:ID` of who approved it; absent where nobody had to, and from a repeat. */
      readonly approver?: string;
    }
  | {
      readonly status: 'refused';
      readonly code: string;
      readonly details: Readonly<Record<string, unknown>>;
      readonly replayed: boolean;
    };

/** A stream's state as of a version or time. */
export interface StreamState {
  readonly state: unknown;
  /** 0n when there were no events. */
  readonly version: bigint;
  /** RFC 3339, of the last event folded; null without events. */
  readonly at: string | null;
}

/** One step of a stream's history. */
export interface HistoryEntry {
  readonly version: bigint;
  readonly eventId: string;
  /** Name of the event type. */
  readonly type: string;
  readonly at: string;
  readonly recordedAtMicros: bigint;
  readonly actor: string | null;
  readonly commandId: string | null;
  readonly causationId: string | null;
  readonly correlationId: string | null;
  /** Fields of the state that this event changed. */
  readonly changes: readonly FieldChange[];
}

/** `before` absent: the field was added; `after` absent: it was removed. */
export interface FieldChange {
  /** JSON Pointer into the state. */
  readonly at: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface Pipeline {
  /**
   * Errors (Failure): FORBIDDEN, INPUT_INVALID, NOT_FOUND (no such stream for a follow-up command, unknown command),
   * PRECONDITION_FAILED, IDEMPOTENCY_MISMATCH, IDEMPOTENCY_IN_FLIGHT, VERSION_CONFLICT after bounded retries,
   * PERSON_ERASED, OVERLOADED, UNAVAILABLE, OUTCOME_UNKNOWN, STORAGE_FULL, INTERNAL when decide or evolve threw.
   */
  handle(request: CommandRequest): Promise<CommandAnswer>;
  /** The fold of the newest events: at least everything acknowledged before the call. */
  load(tenant: string, category: string, id: string): Promise<StreamState>;
  /** The fold up to and including `version`, or up to and including what was recorded at `atMicros`. */
  loadAsOf(
    stream: { readonly tenant: string; readonly category: string; readonly id: string },
    moment: { readonly version: bigint } | { readonly atMicros: bigint },
  ): Promise<StreamState>;
  /** What happened to a stream, oldest first, and what each event changed. */
  history(
    stream: { readonly tenant: string; readonly category: string; readonly id: string },
    page: { readonly afterVersion: bigint; readonly limit: number },
  ): Promise<{ readonly entries: readonly HistoryEntry[]; readonly more: boolean }>;
  aggregate(category: string): ModuleAggregate | undefined;
  /** Refuses newcomers and waits for the commands under way. */
  close(): Promise<void>;
}
