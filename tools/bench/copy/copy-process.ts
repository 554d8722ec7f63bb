/** Entry of the process that runs the COPY baseline, so that its CPU is not mixed with anybody's. See client.ts. */
import { createCopier } from './copier.ts';
import type { CopyJob, CopyReport } from './messages.ts';

const copier = createCopier();

process.on('message', (message) => {
  // safe because only client.ts of this folder holds the other end of the channel.
  void run(message as CopyJob);
});
process.once('disconnect', () => process.exit());

async function run(job: CopyJob): Promise<void> {
  try {
    report({ kind: 'done', result: await copier.run(job) });
  } catch (error) {
    report({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

function report(message: CopyReport): void {
  process.send?.(message);
}
