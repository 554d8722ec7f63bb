/** Entry of the process that makes the load, so that its CPU is not mixed with anybody's. Started by client.ts. */
import { runLoad } from './generator.ts';
import type { LoadOrder, LoadReport } from './messages.ts';
import type { LoadPhase } from './phase.ts';

let stop = new AbortController();

process.on('message', (message) => {
  // safe because only client.ts of this folder holds the other end of the channel.
  const order = message as LoadOrder;
  if (order.kind === 'stop') stop.abort();
  else void run(order.phase);
});
process.once('disconnect', () => process.exit());

async function run(phase: LoadPhase): Promise<void> {
  stop = new AbortController();
  try {
    const result = await runLoad(phase, {
      onMeasuring: () => report({ kind: 'measuring' }),
      signal: stop.signal,
    });
    report({ kind: 'done', result });
  } catch (error) {
    report({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

function report(message: LoadReport): void {
  process.send?.(message);
}
