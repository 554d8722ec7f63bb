/**
 * Commands of this tab that the server has not answered yet, in the order in which people gave them.
 *
 *     waiting -- sent, no answer --> waiting (tried again under the same id)
 *     waiting -- answered: done --> (gone; the id of a new order is known from then on)
 *     waiting -- answered: no   --> refused -- people drop it --> (gone, with what was to follow it)
 *
 * The id of a command is its Idempotency-Key for good, so an answer that was lost changes nothing twice. A command that
 * speaks of an order whose own placing still waits names it `local:KEY` and is sent with the order's id once that is known.
 */

export interface UnsentCommand {
  /** Idempotency-Key. */
  readonly key: string;
  /** Such as `POST /v1/orders/{id}/bump`. */
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** What it is, for people: key of the words and values. */
  readonly label: {
    readonly key: string;
    readonly values: Readonly<Record<string, string | number>>;
  };
  /** User id: a command goes out under the name of whoever gave it, or not at all. */
  readonly by: string;
  readonly atMs: number;
  readonly refusal: { readonly code: string; readonly detail: string } | null;
}

export interface OutboxState {
  readonly commands: readonly UnsentCommand[];
  /** Ids of orders that were placed from here, by `local:KEY`. */
  readonly placed: Readonly<Record<string, string>>;
}

export const EMPTY: OutboxState = { commands: [], placed: {} };

const LOCAL = 'local:';

export function localId(key: string): string {
  return `${LOCAL}${key}`;
}

export function isLocal(orderId: string): boolean {
  return orderId.startsWith(LOCAL);
}

/** The id that the server knows; null while the order is not placed. */
export function knownId(state: OutboxState, orderId: string): string | null {
  return isLocal(orderId) ? (state.placed[orderId] ?? null) : orderId;
}

export function taken(state: OutboxState, command: UnsentCommand): OutboxState {
  return { ...state, commands: [...state.commands, command] };
}

/** The first one that may go out now: of this person, and of an order that is placed. */
export function nextToSend(state: OutboxState, userId: string): UnsentCommand | null {
  const next = state.commands.find(
    ({ by, refusal, params }) =>
      by === userId &&
      refusal === null &&
      Object.values(params).every((id) => knownId(state, id) !== null),
  );
  return next ?? null;
}

/** The same with ids that the server knows. */
export function withKnownIds(state: OutboxState, command: UnsentCommand): UnsentCommand {
  const params = Object.fromEntries(
    Object.entries(command.params).map(([name, id]) => [name, knownId(state, id) ?? id]),
  );
  return { ...command, params };
}

/** `createdId`: of what the command created, when it did. */
export function done(
  state: OutboxState,
  { key, createdId }: { readonly key: string; readonly createdId: string | null },
): OutboxState {
  const commands = state.commands.filter((command) => command.key !== key);
  return createdId === null
    ? { ...state, commands }
    : { commands, placed: { ...state.placed, [localId(key)]: createdId } };
}

export function refused(
  state: OutboxState,
  { key, code, detail }: { readonly key: string; readonly code: string; readonly detail: string },
): OutboxState {
  const refusal = { code, detail };
  return {
    ...state,
    commands: state.commands.map((each) => (each.key === key ? { ...each, refusal } : each)),
  };
}

/** Without a command and, when it was to place an order, without all that was to follow. */
export function dropped(state: OutboxState, key: string): OutboxState {
  const gone = localId(key);
  return {
    ...state,
    commands: state.commands.filter(
      (command) => command.key !== key && !Object.values(command.params).includes(gone),
    ),
  };
}

/** What waits for one order, given by its id or its local one. */
export function waitingFor(state: OutboxState, orderId: string): readonly UnsentCommand[] {
  return state.commands.filter(
    ({ key, params }) =>
      localId(key) === orderId ||
      Object.values(params).some((id) => id === orderId || knownId(state, id) === orderId),
  );
}

/** What was kept by the tab before it was loaded again; nothing of what is not of this form. */
export function stateOf(text: string | null): OutboxState {
  try {
    const kept: unknown = JSON.parse(text ?? 'null');
    if (typeof kept !== 'object' || kept === null) return EMPTY;
    if (!('commands' in kept) || !Array.isArray(kept.commands)) return EMPTY;
    if (!('placed' in kept) || typeof kept.placed !== 'object') return EMPTY;
    // safe because only this module writes under the key that it was read from
    return kept as OutboxState;
  } catch {
    return EMPTY;
  }
}
