/** Conducts the kills in the middle of long work: one server for all kinds, one kind after another. */
import { rm } from 'node:fs/promises';
import { startServer, temporaryFolder } from '../../../test/support/server-process.ts';
import { randomOf } from '../random.ts';
import { until } from '../../../test/support/until.ts';
import { backups, restores } from './backups.ts';
import { doctorSays, isCaughtUp } from './comptoir.ts';
import { erasures } from './erasures.ts';
import { importedOrders } from './imported-orders.ts';
import { logs } from './logs.ts';
import { readModels } from './read-models.ts';
import type { Round, Work } from './work.ts';

/** In this order: what is imported is what the others work on. */
export const WORKS: Readonly<Record<string, Work>> = {
  import: importedOrders,
  backup: backups,
  restore: restores,
  rebuild: readModels,
  erase: erasures,
  log: logs,
};

export interface WorkOptions {
  /** Of each kind. */
  readonly kills: number;
  readonly seed: string;
  /** Names of WORKS; all unless given. */
  readonly only?: readonly string[] | undefined;
  readonly onRound?: ((name: string, round: Round) => void) | undefined;
}

export interface WorkResult {
  readonly name: string;
  readonly kills: number;
  readonly wrong: readonly string[];
}

const CAUGHT_UP_TIMEOUT_MS = 120_000;

/** Runs to the end and cleans up. Throws when the proof itself fails; faults of the product are in the results. */
export async function runWork(options: WorkOptions): Promise<WorkResult[]> {
  const folder = await temporaryFolder('comptoir-work-');
  const server = await startServer();
  const access = { url: server.url, apiKey: server.apiKey };
  const results: WorkResult[] = [];
  try {
    for (const [name, work] of Object.entries(WORKS)) {
      if (options.only !== undefined && !options.only.includes(name)) continue;
      const random = randomOf(`${options.seed}/${name}`);
      const open = await work({ server, folder, random });
      const wrong: string[] = [];
      for (let kill = 1; kill <= options.kills; kill += 1) {
        const round = await open.round(kill);
        options.onRound?.(name, round);
        wrong.push(...round.wrong);
      }
      wrong.push(...(await open.finish()));
      await until('the read models', () => isCaughtUp(access).catch(() => false), {
        timeoutMs: CAUGHT_UP_TIMEOUT_MS,
      });
      wrong.push(...(await doctorSays({ ...access, dataDir: server.dataDir })));
      results.push({ name, kills: options.kills, wrong });
    }
    return results;
  } finally {
    await server.dispose();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
