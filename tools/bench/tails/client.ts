import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TailsOrder, TailsReport, TailsTarget, Tally } from './messages.ts';

const ENTRY = fileURLToPath(new URL('tails-process.ts', import.meta.url));

/** The reading process, seen from the conductor. One order at a time. */
export interface TailsClient {
  /** Returns when the server has answered 200 to each tail. */
  open(target: TailsTarget): Promise<void>;
  /** Returns when `events` were received by all tails together, or when nothing more comes; says how many came. */
  received(events: number): Promise<number>;
  /** Closes the tails and returns what each received, in the order of the queries. */
  finish(): Promise<readonly Tally[]>;
  close(): Promise<void>;
}

export function startTails(): TailsClient {
  const child = fork(ENTRY, [], { serialization: 'advanced', execArgv: [] });
  async function ask<K extends TailsReport['kind']>(order: TailsOrder, kind: K) {
    const answer = reportOf(child);
    child.send(order);
    const report = await answer;
    if (report.kind === 'failed') throw new Error(report.message);
    if (report.kind !== kind) throw new Error(`The reading process said "${report.kind}".`);
    // safe because the kind was just compared, which narrows no generic union.
    return report as Extract<TailsReport, { kind: K }>;
  }
  return {
    async open(target) {
      await ask({ kind: 'open', target }, 'opened');
    },
    received: async (events) => (await ask({ kind: 'await', events }, 'received')).events,
    finish: async () => (await ask({ kind: 'close' }, 'closed')).tallies,
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}

function reportOf(child: ChildProcess): Promise<TailsReport> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown): void => {
      child.off('exit', onExit);
      // safe because only tails-process.ts of this folder holds the other end of the channel.
      resolve(message as TailsReport);
    };
    const onExit = (): void => {
      child.off('message', onMessage);
      reject(new Error('The reading process ended in the middle.'));
    };
    child.once('message', onMessage);
    child.once('exit', onExit);
  });
}
