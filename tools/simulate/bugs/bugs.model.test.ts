import { expect, test } from 'vitest';
import { runSeed } from '../run.ts';
import { BUGS } from './bugs.ts';
import { huntBugs } from './hunt.ts';
import type { Tampering } from './tampering.ts';

/** Seeds that a planted defect may hide from the test; the long form looks further. */
const SEEDS_MAX = 25;

test('every planted defect is caught', { timeout: 60_000 }, async () => {
  const all = await huntBugs({ from: 1, seedsMax: SEEDS_MAX });
  expect(all.filter(({ found }) => found === null).map(({ bug }) => bug)).toEqual([]);
  expect(all).toHaveLength(BUGS.length);
});

test('what stands in the place of a defect and does nothing is not reported', async () => {
  const harmless: Tampering = {
    log: (log) => ({ ...log }),
    snapshots: (snapshots) => ({ ...snapshots }),
    projections: (store) => ({ ...store }),
    policies: (store) => ({ ...store }),
    jobs: (jobs) => ({ ...jobs }),
    policyPipeline: (pipeline) => ({ handle: (request) => pipeline.handle(request) }),
    forgets: (all) => [...all],
  };
  for (let seed = 1; seed <= 10; seed += 1)
    expect((await runSeed(seed, { tampering: harmless })).finding).toBeNull();
});
