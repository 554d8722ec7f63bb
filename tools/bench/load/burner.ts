import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('burn-process.ts', import.meta.url));

/** A process that takes as much of the cores as a load generator would, and asks nothing of the server. */
export interface Burner {
  readonly pid: number;
  close(): Promise<void>;
}

/** `share`: of one core, from 0 to 1. It burns when this resolves. Throws RangeError for another share. */
export async function startBurner(share: number): Promise<Burner> {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`A share of a core, not ${share}.`);
  const child = fork(ENTRY, [String(share)], { execArgv: [] });
  const exited = once(child, 'exit');
  const first = await Promise.race([once(child, 'message'), exited.then(() => null)]);
  if (first === null || child.pid === undefined) throw new Error('The burner did not start.');
  return {
    pid: child.pid,
    async close() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
