/** Work that costs much, a few at a time: what does not fit is refused at once instead of making everything slow. */
import { Failure } from '../core/errors.ts';

export interface Lane {
  /** Runs the work when its turn comes. Errors: OVERLOADED with seconds to wait; those of the work. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

export interface LaneLimits {
  readonly atOnce: number;
  readonly waitingMax: number;
  /** Said with the refusal, in seconds: how long a full lane takes to empty. */
  readonly retryAfterSeconds: number;
}

export function createLane({ atOnce, waitingMax, retryAfterSeconds }: LaneLimits): Lane {
  let running = 0;
  const waiting: (() => void)[] = [];
  return {
    async run(work) {
      if (running >= atOnce) {
        if (waiting.length >= waitingMax)
          throw new Failure('OVERLOADED', 'Too many people sign in at this moment.', {
            retryAfterSeconds,
          });
        // Whoever ends hands its place over, so `running` does not change in between.
        await new Promise<void>((resolve) => waiting.push(resolve));
      } else running += 1;
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) running -= 1;
        else next();
      }
    },
  };
}
