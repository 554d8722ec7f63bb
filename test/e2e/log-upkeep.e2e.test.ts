/**
 * The quick part of the kills in the middle of long work; `npm run chaos -- work` does the others and repeats: imports,
 * backups, restores, rebuilds, erasures. A failing run prints its seed.
 */
import { rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { randomOf } from '../../tools/chaos/random.ts';
import { logs } from '../../tools/chaos/work/logs.ts';
import { temporaryFolder } from '../support/server-process.ts';

const KILLS = 3;
const TEST_TIMEOUT_MS = 120_000;

it(
  'kill -9 while the log is sealed, compacted and retained loses, repeats and moves nothing',
  async () => {
    const seed = process.env['CHAOS_SEED'] ?? 'test';
    const folder = await temporaryFolder('comptoir-upkeep-');
    try {
      const work = await logs({ folder, random: randomOf(seed) });
      const rounds = [];
      for (let kill = 1; kill <= KILLS; kill += 1) rounds.push(await work.round(kill));
      const wrong = [...rounds.flatMap((round) => round.wrong), ...(await work.finish())];
      expect(wrong, `seed ${seed}`).toEqual([]);
      expect(new Set(rounds.map(({ hit }) => hit.split(' ')[0])).size).toBe(KILLS);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  },
  TEST_TIMEOUT_MS,
);
