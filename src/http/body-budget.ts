/** How many bytes of bodies a process holds at once, over all requests that are being read. */
import { Failure } from '../core/errors.ts';

/** 256 bodies of the largest kind (a command of 256 KiB), or thousands of usual ones. */
const BYTES_MAX = 67_108_864;

export interface BodyBudget {
  /** Errors: OVERLOADED when it would be more than the budget; nothing is taken then. */
  take(bytes: number): void;
  give(bytes: number): void;
}

export function createBodyBudget(bytesMax: number): BodyBudget {
  let held = 0;
  return {
    take(bytes) {
      if (held + bytes > bytesMax)
        throw new Failure('OVERLOADED', 'The server reads as many bodies as it can hold.', {
          retryAfterSeconds: 1,
        });
      held += bytes;
    },
    give(bytes) {
      held -= bytes;
    },
  };
}

/** Of this process: memory is one, however many servers run in it. */
export const PROCESS_BODY_BUDGET = createBodyBudget(BYTES_MAX);
