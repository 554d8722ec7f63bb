/** Entry of the process that gives the commands, so that its CPU is not mixed with anybody's. Started by client.ts. */
import { runCommands } from './load.ts';
import type { CommandPhase, CommandReport } from './messages.ts';

// safe because only client.ts of this folder holds the other end of the channel
process.on('message', (message) => void run(message as CommandPhase));
process.once('disconnect', () => process.exit());

async function run(phase: CommandPhase): Promise<void> {
  try {
    const result = await runCommands(phase, () => report({ kind: 'measuring' }));
    report({ kind: 'done', result });
  } catch (error) {
    report({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

function report(message: CommandReport): void {
  process.send?.(message);
}
