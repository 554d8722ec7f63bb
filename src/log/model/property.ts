import fc from 'fast-check';
import { runHistory } from './run.ts';
import { stepArbitrary } from './steps.ts';
import type { ModelLimits, ModelSubject } from './subject.ts';

export interface PropertyOptions {
  readonly limits: ModelLimits;
  readonly open: () => Promise<ModelSubject>;
  /** Histories to run. */
  readonly runs: number;
  /** Most steps of one history. */
  readonly stepsMax: number;
  /** That of all property tests otherwise (test/support/property-seed.ts), random where there is none. */
  readonly seed?: number | undefined;
  /** False to stop at the first failure, for checkers that only ask whether there is one. */
  readonly shrink?: boolean;
  /** The test file, for the command that repeats a failure. */
  readonly file: string;
}

/** Running and shrinking end here, on a slow machine with fewer histories or a larger failure. */
const TIME_LIMIT_MS = 40_000;
/** Read by the setup of the tests: repeats the histories of a seed, or takes a new one each time. */
const SEED_VARIABLE = 'COMPTOIR_MODEL_SEED';
/** Runs so many times as many histories, for a longer search. */
const FACTOR_VARIABLE = 'COMPTOIR_MODEL_FACTOR';

/** Runs random histories on fresh logs. A failure carries the history, the seed and the command that repeats it. */
export async function checkHistories(options: PropertyOptions): Promise<void> {
  const seed =
    options.seed ?? fc.readConfigureGlobal().seed ?? Math.floor(Math.random() * 0x7fff_ffff);
  const factor = Number(process.env[FACTOR_VARIABLE] ?? 1);
  const property = fc.asyncProperty(
    fc.array(stepArbitrary, { minLength: 1, maxLength: options.stepsMax, size: 'max' }),
    async (steps) => {
      const subject = await options.open();
      try {
        await runHistory(subject, options.limits, steps);
      } finally {
        await subject.close();
      }
    },
  );
  const details = await fc.check(property, {
    seed,
    numRuns: options.runs * factor,
    endOnFailure: options.shrink === false,
    interruptAfterTimeLimit: TIME_LIMIT_MS * factor,
  });
  if (!details.failed) return;
  const cause = details.errorInstance;
  throw new Error(
    [
      cause instanceof Error ? cause.message : String(cause),
      `after ${details.numRuns} runs, shrunk ${details.numShrinks} times, to ${details.counterexample?.[0].length} steps:`,
      ...(details.counterexample?.[0] ?? []).map((step) => `  ${JSON.stringify(step)}`),
      `seed ${seed}; repeat with ${SEED_VARIABLE}=${seed} npx vitest run ${options.file}`,
    ].join('\n'),
    { cause },
  );
}
