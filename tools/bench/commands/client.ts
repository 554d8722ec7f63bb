import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CommandLoad, CommandPhase, CommandReport } from './messages.ts';

const ENTRY = fileURLToPath(new URL('load-process.ts', import.meta.url));

/** The process that gives commands, seen from the conductor. One phase at a time. */
export interface CommandClient {
  /** Throws when a command was answered with anything but 200 and 201. */
  run(phase: CommandPhase, onMeasuring?: () => void): Promise<CommandLoad>;
  close(): Promise<void>;
}

export function startCommandLoad(): CommandClient {
  const child = fork(ENTRY, [], { serialization: 'advanced', execArgv: [] });
  return {
    async run(phase, onMeasuring) {
      const result = await new Promise<CommandLoad>((resolve, reject) => {
        const onExit = (): void => reject(new Error('The load process ended within a phase.'));
        const onMessage = (message: unknown): void => {
          // safe because only load-process.ts of this folder holds the other end of the channel
          const report = message as CommandReport;
          if (report.kind === 'measuring') return onMeasuring?.();
          child.off('message', onMessage).off('exit', onExit);
          if (report.kind === 'done') resolve(report.result);
          else reject(new Error(report.message));
        };
        child.on('message', onMessage).once('exit', onExit);
        child.send(phase);
      });
      if (result.wrong > 0 || result.done === 0)
        throw new Error(
          `${phase.name}: ${result.done} commands done, ${result.wrong} went wrong; first: ${result.firstProblem ?? 'none'}`,
        );
      return result;
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
