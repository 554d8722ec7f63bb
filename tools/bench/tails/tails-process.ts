/** Entry of the process that reads the tails, so that its CPU is not mixed with anybody's. Started by client.ts. */
import { setTimeout as delay } from 'node:timers/promises';
import type { TailsOrder, TailsReport, TailsTarget } from './messages.ts';
import { openTail } from './reader.ts';
import type { TailReader } from './reader.ts';

/** Tails opened at once: a real thousand does not knock in the same millisecond either. */
const OPENING_MAX = 50;
const LOOK_MS = 20;
/** What has not come after this long without any other is missing. */
const SILENCE_MS = 3_000;
/** What comes twice comes late: this long is waited for it. */
const LATE_MS = 300;

let tails: TailReader[] = [];
let received = 0;
let receivedAtMs = 0;

process.on('message', (message) => {
  // safe because only client.ts of this folder holds the other end of the channel.
  void obey(message as TailsOrder).then(report, (error: unknown) => {
    report({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  });
});
process.once('disconnect', () => process.exit());

async function obey(order: TailsOrder): Promise<TailsReport> {
  switch (order.kind) {
    case 'open':
      await open(order.target);
      return { kind: 'opened' };
    case 'await':
      return { kind: 'received', events: await untilReceived(order.events) };
    case 'close':
      return { kind: 'closed', tallies: await close() };
  }
}

async function open(target: TailsTarget): Promise<void> {
  received = 0;
  tails = [];
  for (let at = 0; at < target.queries.length; at += OPENING_MAX) {
    const next = target.queries.slice(at, at + OPENING_MAX).map((query) =>
      openTail(target, query, () => {
        received += 1;
        receivedAtMs = performance.now();
      }),
    );
    tails.push(...next);
    await Promise.all(next.map(({ opened }) => opened));
  }
}

async function untilReceived(events: number): Promise<number> {
  receivedAtMs = performance.now();
  while (received < events && performance.now() - receivedAtMs < SILENCE_MS) await delay(LOOK_MS);
  return received;
}

async function close() {
  await delay(LATE_MS);
  const tallies = tails.map((tail) => tail.tally());
  for (const tail of tails) tail.close();
  tails = [];
  return tallies;
}

function report(message: TailsReport): void {
  process.send?.(message);
}
