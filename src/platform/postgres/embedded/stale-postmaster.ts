/**
 * Clears what a killed Comptoir or a killed PostgreSQL left behind, so that a new server can start on the cluster. The
 * caller holds the lock of the data directory: whatever still runs there belongs to nobody.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { assert } from '../../../core/assert.ts';
import type { Logger } from '../../../core/logger.ts';
import { isPostmasterOf, isZombie, processesIn, recordedPostmaster } from './process-table.ts';

/** A fast shutdown writes a checkpoint: seconds with the configured buffers on a slow disk. */
const FAST_SHUTDOWN_MS = 8_000;
const IMMEDIATE_SHUTDOWN_MS = 3_000;
/** Where the first process of a container collects orphans slowly, a dead postmaster stays a zombie: 1.4 s was seen. */
const REAPED_MS = 3_000;
/** Children notice the postmaster's death within milliseconds unless they are in the middle of a long computation. */
const ORPHANS_LEAVE_MS = 3_000;
const POLL_MS = 20;

/** Stops a server that is still running on `cluster` and waits, within bounds, until its files are free. */
export async function clearStale(cluster: string, logger: Logger): Promise<void> {
  const pid = await recordedPostmaster(cluster);
  if (pid !== undefined) {
    if (await isPostmasterOf(pid, cluster)) {
      logger.warn('a PostgreSQL of an earlier run is still there and is stopped', { pid });
      await stopPostmaster(pid, cluster);
    }
    await waitUntil(async () => !(await isZombie(pid)), REAPED_MS);
    // The number now belongs to nobody or to a stranger, whom PostgreSQL would take for another server of the cluster.
    await rm(path.join(cluster, 'postmaster.pid'), { force: true });
  }
  await clearOrphans(cluster, logger);
}

async function stopPostmaster(pid: number, cluster: string): Promise<void> {
  const gone = async (): Promise<boolean> => !(await isPostmasterOf(pid, cluster));
  signal(pid, 'SIGINT');
  if (await waitUntil(gone, FAST_SHUTDOWN_MS)) return;
  signal(pid, 'SIGQUIT');
  if (await waitUntil(gone, IMMEDIATE_SHUTDOWN_MS)) return;
  signal(pid, 'SIGKILL');
  await waitUntil(gone, IMMEDIATE_SHUTDOWN_MS);
}

async function clearOrphans(cluster: string, logger: Logger): Promise<void> {
  const gone = async (): Promise<boolean> => (await processesIn(cluster)).length === 0;
  if (await waitUntil(gone, ORPHANS_LEAVE_MS)) return;
  for (const pid of await processesIn(cluster)) {
    logger.warn('a server process without its PostgreSQL did not leave and is killed', { pid });
    signal(pid, 'SIGKILL');
  }
  await waitUntil(gone, IMMEDIATE_SHUTDOWN_MS);
}

/** Sends a signal to one process, if it is still there. */
export function signal(pid: number, name: NodeJS.Signals): void {
  // 0 and negative numbers mean whole process groups, ours among them.
  assert(pid > 1, `no signal is sent to process ${pid}`);
  try {
    process.kill(pid, name);
  } catch {
    // It has ended in between.
  }
}

/** Whether `condition` came true within `limitMs`. */
export async function waitUntil(
  condition: () => Promise<boolean>,
  limitMs: number,
): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    if (await condition()) return true;
    if (performance.now() >= deadline) return false;
    await delay(POLL_MS);
  }
}
