import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LoadOrder, LoadReport } from './messages.ts';
import type { LoadPhase, LoadResult } from './phase.ts';

const ENTRY = fileURLToPath(new URL('load-process.ts', import.meta.url));

/** The load process, seen from the conductor. One phase at a time. */
export interface LoadClient {
  run(phase: LoadPhase, hooks?: { readonly onMeasuring?: () => void }): Promise<LoadResult>;
  /** Ends the phase under way early; its `run` resolves. */
  stop(): void;
  close(): Promise<void>;
}

export function startLoad(): LoadClient {
  const child = fork(ENTRY, [], { serialization: 'advanced', execArgv: [] });
  const tell = (order: LoadOrder): void => void child.send(order);
  return {
    async run(phase, hooks) {
      const finished = reportOf(child, hooks?.onMeasuring);
      tell({ kind: 'run', phase });
      return await finished;
    },
    stop: () => tell({ kind: 'stop' }),
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}

function reportOf(child: ChildProcess, onMeasuring: (() => void) | undefined): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      child.off('message', onMessage);
      child.off('exit', onExit);
    };
    const onExit = (): void => {
      settle();
      reject(new Error('The load process ended in the middle of a phase.'));
    };
    const onMessage = (message: unknown): void => {
      // safe because only load-process.ts of this folder holds the other end of the channel.
      const report = message as LoadReport;
      if (report.kind === 'measuring') {
        onMeasuring?.();
        return;
      }
      settle();
      if (report.kind === 'done') resolve(report.result);
      else reject(new Error(report.message));
    };
    child.on('message', onMessage);
    child.once('exit', onExit);
  });
}

/** Throws when the load did not really run: a bench that measured refusals would look fast. */
export function assertRan(result: LoadResult, what: string): void {
  const { total } = result;
  const wrong = total.rejected + total.lost + total.broken;
  if (wrong === 0 && total.accepted + total.duplicates > 0) return;
  throw new Error(
    `${what} did not run as it should: ${JSON.stringify(total)}; first problem: ${result.firstProblem ?? 'none'}`,
  );
}
