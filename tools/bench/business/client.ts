import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LoadReport, Loads } from './messages.ts';

const ENTRY = fileURLToPath(new URL('load-process.ts', import.meta.url));

/** The process that makes the load, seen from the conductor. One phase at a time. */
export interface BusinessClient {
  /** Throws what the phase throws. */
  run<Kind extends keyof Loads>(
    phase: Loads[Kind]['phase'] & { readonly kind: Kind },
    onMeasuring?: () => void,
  ): Promise<Loads[Kind]['load']>;
  close(): Promise<void>;
}

export function startBusinessLoad(): BusinessClient {
  const child = fork(ENTRY, [], { serialization: 'advanced', execArgv: [] });
  return {
    run: <Kind extends keyof Loads>(
      phase: Loads[Kind]['phase'],
      onMeasuring?: () => void,
    ): Promise<Loads[Kind]['load']> =>
      new Promise((resolve, reject) => {
        const onExit = (): void => reject(new Error('The load process ended within a phase.'));
        const onMessage = (message: unknown): void => {
          // safe because only load-process.ts of this folder holds the other end of the channel
          const report = message as LoadReport;
          if (report.kind === 'measuring') return onMeasuring?.();
          child.off('message', onMessage).off('exit', onExit);
          // safe because the load process answers a phase of a kind with the load of that kind
          if (report.kind === 'done') resolve(report.load as Loads[Kind]['load']);
          else reject(new Error(report.message));
        };
        child.on('message', onMessage).once('exit', onExit);
        child.send(phase);
      }),
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
