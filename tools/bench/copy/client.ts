import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CopyJob, CopyReport, CopyResult } from './messages.ts';

const ENTRY = fileURLToPath(new URL('copy-process.ts', import.meta.url));

/** The copying process, seen from the conductor. One job at a time, each into a new table. */
export interface CopyClient {
  run(job: CopyJob): Promise<CopyResult>;
  close(): Promise<void>;
}

export function startCopier(): CopyClient {
  const child = fork(ENTRY, [], { serialization: 'advanced', execArgv: [] });
  return {
    async run(job) {
      const answer = Promise.race([once(child, 'message'), once(child, 'exit').then(() => [])]);
      child.send(job);
      // safe because only copy-process.ts of this folder holds the other end of the channel.
      const [report] = (await answer) as [CopyReport?];
      if (report?.kind === 'done') return report.result;
      throw new Error(report?.message ?? 'The copying process ended in the middle of a job.');
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
