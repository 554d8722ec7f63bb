/** Quick sales as a phase: what they cost, how many were credited too, and whether the log says the same. */
import { percentileMs } from '../histogram.ts';
import { settle, targetOf, type Subject } from '../measure.ts';
import type { Scope } from '../scope.ts';
import { significant } from '../statistics.ts';
import type { BusinessClient } from './client.ts';
import type { House } from './house.ts';
import type { Ledger } from './ledger.ts';
import type { SalesLoad } from './messages.ts';

const WARM_UP_SECONDS = 1;
const CONNECTIONS = 100;
/** A till that waits for an answer does not keep others waiting: open loop. */
const PACED_CONNECTIONS = 400;
/** What the policies have not answered within it counts as lost. */
const SETTLED_SECONDS = 120;

/** A server with a house, and all that is needed to sell there. */
export interface Shop {
  readonly scope: Scope;
  readonly subject: Subject;
  readonly client: BusinessClient;
  readonly ledger: Ledger;
  readonly house: House;
}

export interface Sold {
  readonly load: SalesLoad;
  /** Sales a second whose loyalty command was done too, within the measuring time. */
  readonly perSecond: number;
  readonly serverMicros: number;
  readonly postgresMicros: number;
  readonly loadMicros: number;
}

export async function sell(
  { scope, subject, client, ledger, house }: Shop,
  phase: { readonly name: string; readonly seconds: number; readonly perSecond: number | null },
): Promise<Sold> {
  const soldBefore = ledger.placed.size;
  const before = subject.cpu();
  const load = await client.run({
    ...phase,
    kind: 'sales',
    target: targetOf(subject.server),
    house,
    connections: phase.perSecond === null ? CONNECTIONS : PACED_CONNECTIONS,
    warmUpSeconds: WARM_UP_SECONDS,
    boards: true,
  });
  const isSettled = await ledger.settled(SETTLED_SECONDS);
  const after = await settle(subject);
  check(load, {
    name: phase.name,
    isPaced: phase.perSecond !== null,
    isSettled,
    placed: ledger.placed.size - soldBefore,
    ledger,
  });
  const sold: Sold = {
    load,
    perSecond: pairsPerSecond(ledger, load),
    serverMicros: ((after.serverSeconds - before.serverSeconds) * 1e6) / load.sold,
    postgresMicros: ((after.postgresSeconds - before.postgresSeconds) * 1e6) / load.sold,
    loadMicros: (load.cpuSeconds * 1e6) / load.measured,
  };
  scope.say(`${phase.name}: ${words(sold)}`);
  return sold;
}

/** Whichever is fewer: sales recorded while measuring, or loyalty commands. */
function pairsPerSecond({ placed, credited }: Ledger, { fromMs, toMs }: SalesLoad): number {
  const within = (times: ReadonlyMap<string, bigint>): number => {
    let count = 0;
    for (const micros of times.values()) {
      const ms = Number(micros) / 1_000;
      if (ms >= fromMs && ms < toMs) count += 1;
    }
    return count;
  };
  return (Math.min(within(placed), within(credited)) * 1_000) / (toMs - fromMs);
}

function check(
  load: SalesLoad,
  found: {
    readonly name: string;
    readonly isPaced: boolean;
    readonly isSettled: boolean;
    readonly placed: number;
    readonly ledger: Ledger;
  },
): void {
  const { name, isPaced, isSettled, placed, ledger } = found;
  // More may be offered than the server takes; in a closed loop it is not.
  const wrong = load.wrong + (isPaced ? 0 : load.refused);
  if (wrong > 0)
    throw new Error(`${name}: ${wrong} sales went wrong; first: ${load.firstProblem ?? ''}`);
  if (!isSettled)
    throw new Error(
      `${name}: of ${ledger.placed.size} sales ${ledger.credited.size} were credited.`,
    );
  if (placed !== load.sold)
    throw new Error(`${name}: ${load.sold} answered, ${placed} in the log.`);
  if (ledger.doubled > 0) throw new Error(`${name}: ${ledger.doubled} were credited twice.`);
  if (load.unseen > 0) throw new Error(`${name}: ${load.unseen} sales stood on no board.`);
}

export function figuresOf(sold: Sold) {
  const { load, perSecond, serverMicros, postgresMicros, loadMicros } = sold;
  return {
    perSecond: significant(perSecond),
    sentPerSecond: significant((load.measured * 1_000) / (load.toMs - load.fromMs)),
    refused: load.refused,
    p50Ms: significant(percentileMs(load.latency, 0.5)),
    p95Ms: significant(percentileMs(load.latency, 0.95)),
    p99Ms: significant(percentileMs(load.latency, 0.99)),
    lagP50Ms: significant(percentileMs(load.lag, 0.5)),
    lagP99Ms: significant(percentileMs(load.lag, 0.99)),
    serverCpuMicrosPerSale: significant(serverMicros),
    postgresCpuMicrosPerSale: significant(postgresMicros),
    loadCpuMicrosPerSale: significant(loadMicros),
  };
}

function words(sold: Sold): string {
  const figures = figuresOf(sold);
  return (
    `${figures.perSecond}/s with loyalty (${figures.sentPerSecond} sent), p95 ${figures.p95Ms} ms, ` +
    `board p99 ${figures.lagP99Ms} ms, CPU ${figures.serverCpuMicrosPerSale} + ` +
    `${figures.postgresCpuMicrosPerSale} + ${figures.loadCpuMicrosPerSale} us a sale`
  );
}
