/** Gives a command of a policy to the pipeline, as the policy itself, and says what became of it. */
import { Failure, type ErrorCode } from '../../core/errors.ts';
import type { CommandReaction } from '../../core/policy.ts';
import type { RecordedEvent } from '../../core/recorded-event.ts';
import type { Principal } from '../../access/principal.ts';
import type { CommandCause, Pipeline } from '../../pipeline/pipeline.ts';
import { DatabaseError } from '../../platform/postgres/database.ts';

/** Tries before the whole chunk waits: a moment of overload should not stop what is on its way. */
const TRIES_MAX = 5;
const PAUSE_MS = 20;

export type CommandOutcome =
  | { readonly kind: 'done' }
  /** The business said no: an answer like any other. */
  | { readonly kind: 'refused'; readonly code: string }
  /** It cannot be given as it is; somebody has to look. */
  | { readonly kind: 'unfit'; readonly reason: string };

export interface GivenCommand {
  readonly policy: string;
  readonly tenant: string;
  readonly reaction: CommandReaction;
  readonly commandId: string;
  readonly cause: CommandCause;
}

export interface CommandGiver {
  readonly pipeline: Pick<Pipeline, 'handle'>;
  readonly pause: (ms: number) => Promise<void>;
}

/** Throws what is worth trying again later: the caller keeps the order. */
export async function giveCommand(
  { pipeline, pause }: CommandGiver,
  command: GivenCommand,
): Promise<CommandOutcome> {
  const { policy, tenant, reaction, commandId, cause } = command;
  const { category, command: name, id, input } = reaction;
  const principal = principalOf(policy, tenant, category);
  const request = { principal, category, command: name, id, input, commandId, cause };
  for (let tries = 1; ; tries += 1)
    try {
      const answer = await pipeline.handle(request);
      return answer.status === 'refused'
        ? { kind: 'refused', code: answer.code }
        : { kind: 'done' };
    } catch (error) {
      if (!isPassing(error)) return outcomeOf(error);
      if (tries === TRIES_MAX) throw error;
      await pause(PAUSE_MS * 2 ** tries);
    }
}

/** A system principal: the scope of the module that it asks, nothing else, in the tenant of the event. */
function principalOf(policy: string, tenant: string, category: string): Principal {
  const [module = category] = category.split('.');
  return { keyId: `policy:${policy}`, tenant, scopes: new Set([`${module}:write` as const]) };
}

/** Contention that the pipeline gave up on passes too. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['VERSION_CONFLICT', 'IDEMPOTENCY_IN_FLIGHT']);

export function isPassing(error: unknown): boolean {
  if (error instanceof Failure) return error.retryable || PASSING.has(error.code);
  // The server's own answer to a statement does not change by asking again.
  return error instanceof DatabaseError && error.kind !== 'server';
}

function outcomeOf(error: unknown): CommandOutcome {
  if (!(error instanceof Failure)) return { kind: 'unfit', reason: 'COMMAND_FAILED' };
  // Nobody can do anything for a person who is gone; the policy has had its answer.
  if (error.code === 'PERSON_ERASED') return { kind: 'refused', code: error.code };
  return { kind: 'unfit', reason: error.code };
}

/** The chain of causes of a command that answers `event`. */
export function causeOf(event: RecordedEvent): CommandCause {
  const { correlationId, hops } = event.causation;
  return {
    correlationId: correlationId ?? event.eventId,
    causationId: event.eventId,
    hops: hops + 1,
  };
}
