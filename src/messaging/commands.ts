/** Commands that messaging gives to modules, as a system principal of the tenant, repeated while contention passes. */
import type { Principal } from '../access/principal.ts';
import { Failure } from '../core/errors.ts';
import type { CommandAnswer, Pipeline } from '../pipeline/pipeline.ts';

const TRIES_MAX = 5;
const PAUSE_MS = 20;

export interface MessagingCommand {
  readonly tenant: string;
  readonly category: string;
  readonly command: string;
  readonly id: string;
  readonly input: unknown;
  /** The same for the same cause, so that a repetition changes nothing. */
  readonly commandId?: string | undefined;
}

export type GiveCommand = (command: MessagingCommand) => Promise<CommandAnswer>;

/** Errors: those of the pipeline. */
export function createCommandGiver(pipeline: Pick<Pipeline, 'handle'>): GiveCommand {
  return async ({ tenant, ...command }) => {
    const [module = command.category] = command.category.split('.');
    const scopes: Principal['scopes'] = new Set([`${module}:write` as const]);
    const principal = { keyId: 'messaging', tenant, scopes };
    for (let tries = 1; ; tries += 1)
      try {
        return await pipeline.handle({ principal, ...command });
      } catch (error) {
        if (!isPassing(error) || tries === TRIES_MAX) throw error;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * 2 ** tries));
      }
  };
}

function isPassing(error: unknown): boolean {
  return (
    error instanceof Failure &&
    (error.retryable || error.code === 'VERSION_CONFLICT' || error.code === 'IDEMPOTENCY_IN_FLIGHT')
  );
}
