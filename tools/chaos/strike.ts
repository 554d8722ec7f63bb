/** One kill -9 of a server, of all of its PostgreSQL, or of both at once, and the way back without a hand. */
import { killEach, postmasterPid } from '../../test/support/postgres-processes.ts';
import type { ServerProcess } from '../../test/support/server-process.ts';
import { until } from '../../test/support/until.ts';
import type { KillTarget } from './crash/messages.ts';

/** The supervisor restarts PostgreSQL, which replays its log; 1 s is usual. */
const RECOVERY_TIMEOUT_MS = 60_000;

/** Kills, starts the server again where it was hit, and returns once it is ready. */
export async function strike(server: ServerProcess, target: KillTarget): Promise<void> {
  const before = postmasterPid(server.dataDir);
  if (target !== 'server') killEach(server.postgresPids());
  if (target !== 'postgres') {
    await server.kill('SIGKILL');
    return server.restart();
  }
  // /health/ready may still answer from before the kill: a new postmaster shows that the supervisor acted.
  await until('a new postmaster', () => (postmasterPid(server.dataDir) ?? before) !== before, {
    timeoutMs: RECOVERY_TIMEOUT_MS,
    explain: () => server.logs().slice(-5_000),
  });
  return server.ready(RECOVERY_TIMEOUT_MS);
}
