import { describe, expect, test } from 'vitest';
import { openMemorySubject } from './model/memory-subject.ts';
import { checkHistories } from './model/property.ts';
import { SEEDED_ANSWER_BUGS } from './model/seeded-answer-bugs.ts';
import { SEEDED_BUGS, type Sabotage } from './model/seeded-bugs.ts';
import { SEEDED_NEWEST_BUGS } from './model/seeded-newest-bugs.ts';

const LIMITS = { bucketCount: 2, dedupeWindowSeconds: 3_600, dedupeKeysMax: 1_000 };
/** Fixed, so that the check is one of the checker and not of luck; any other seed catches them as well. */
const SEED = 20_261;
const RUNS = 120;

/** What the checks say about a log with this bug, or null when they find nothing. */
async function complaint(sabotage: Sabotage): Promise<string | null> {
  try {
    await checkHistories({
      limits: LIMITS,
      open: async () => openMemorySubject(LIMITS, sabotage),
      runs: RUNS,
      stepsMax: 30,
      seed: SEED,
      shrink: false,
      file: 'src/log/checker.model.test.ts',
    });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('the checks of random histories', () => {
  test('catch every seeded bug and say how to repeat the run', async () => {
    const missed: string[] = [];
    const bugs = { ...SEEDED_BUGS, ...SEEDED_ANSWER_BUGS, ...SEEDED_NEWEST_BUGS };
    const names = Object.keys(bugs);
    for (const name of names) {
      const message = await complaint(bugs[name]!);
      if (message === null) missed.push(name);
      else expect(message).toMatch(/seed 20261; repeat with COMPTOIR_MODEL_SEED=20261/);
    }
    console.info(`caught ${names.length - missed.length} of ${names.length}`);
    expect(missed).toEqual([]);
  });

  test('find nothing in a log without a bug', async () => {
    expect(await complaint((log) => log)).toBeNull();
  });
});
