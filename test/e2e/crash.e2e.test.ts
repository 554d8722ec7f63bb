/**
 * The short form of the crash proof; `npm run chaos -- crash --kills N` is the long one. A failing run prints its seed,
 * with which that command repeats it.
 */
import { expect, it } from 'vitest';
import { runCrash } from '../../tools/chaos/crash/run.ts';
import { describeVerdict } from '../../tools/chaos/report.ts';

const KILLS = 4;
const TEST_TIMEOUT_MS = 180_000;

it(
  'kill -9 of the server and of PostgreSQL loses, repeats and reorders nothing',
  async () => {
    const seed = process.env['CHAOS_SEED'] ?? 'test';
    const { verdict, kills } = await runCrash({ kills: KILLS, seed });
    const words = describeVerdict(verdict, { kills: kills.length, seed });
    console.log(words);
    expect(kills).toHaveLength(KILLS);
    expect(new Set(kills.map((kill) => kill.target))).toEqual(
      new Set(['server', 'postgres', 'both']),
    );
    expect(verdict.violations, words).toEqual([]);
    expect(verdict.lost).toBe(0);
    // A run without these would have proved nothing.
    expect(verdict.acknowledged, words).toBeGreaterThan(500);
    expect(verdict.unknownOutcomes, words).toBeGreaterThan(0);
    expect(verdict.duplicatesAnswered, words).toBeGreaterThan(0);
    expect(verdict.conflictsAnswered, words).toBeGreaterThan(0);
    expect(verdict.buckets).toBeGreaterThan(1);
  },
  TEST_TIMEOUT_MS,
);
