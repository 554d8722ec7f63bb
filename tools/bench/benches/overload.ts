/**
 * overload: what is still accepted, and how soon the rest is refused, when twice and five times as much is offered as the
 * server takes. Rounds of capacity, 2x, capacity, 5x, capacity follow one another, so that goodput is held against the
 * capacity measured just before and just after, and the last one shows that the server is as it was.
 *
 * The load is open-loop in a process of its own. It shares the cores: what making and sending five times the load costs
 * is taken from the server too, and what a refusal waits in the sockets of both sides is charged to it at the client.
 * So what the server itself does about it is told in two more ways. In its CPU: of what it used under overload, the share
 * that the accepted events cost as they do at capacity, and the rest for each refusal. And against the capacity beside a
 * process that takes as much of the cores as the load did beyond its own share at capacity, and asks for nothing.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { BenchResult } from '../fields.ts';
import { createHistogram, mergeInto, percentileMs } from '../histogram.ts';
import { assertRan, startLoad } from '../load/client.ts';
import type { LoadClient } from '../load/client.ts';
import { startBurner } from '../load/burner.ts';
import type { LoadPhase, LoadResult } from '../load/phase.ts';
import { bucketCounts, bucketPercentile, metricValue, readMetrics } from '../metrics.ts';
import type { BenchOptions } from '../options.ts';
import {
  cpuOf,
  descendantsOf,
  POSTGRES_NAME,
  readProcesses,
  residentMb,
} from '../process-table.ts';
import type { Scope } from '../scope.ts';
import { startServer } from '../server.ts';
import type { BenchServer } from '../server.ts';
import { significant, spreadOf } from '../statistics.ts';
import type { BenchContext } from './context.ts';
import type { EventNumbers } from './phases.ts';
import { advance, batchPhase, perSecond, takeStart, WARM_UP_SECONDS } from './phases.ts';

/** All phases of one kind together. Handing connections over to the load shedder and its start are part of them. */
const SECONDS = 18;
/**
 * Enough that the rate offered does not fall with the time an answer takes: of 8,000 batches a second 7,000 are refused and asked
 * again after some 60 ms, and 200 are under way.
 */
const CONNECTIONS = 800;
const FACTORS = { x2: 2, x5: 5 } as const;
type Load = keyof typeof FACTORS;
const LOADS: readonly Load[] = ['x2', 'x5'];
/** The table of processes is read for it. */
const SAMPLE_MS = 1_000;
/** Back to normal within 30 s is asked. */
const CALM_TIMEOUT_MS = 30_000;
const CALM_POLL_MS = 200;

/** Time from the head of a request to the end of its answer, by the server's own clock. */
const SERVER_SECONDS = 'comptoir_http_request_seconds_bucket';
const REFUSED = { route: 'POST /v1/events', status: '5xx' };

interface Parts {
  readonly server: BenchServer;
  readonly client: LoadClient;
  readonly numbers: EventNumbers;
  readonly options: BenchOptions;
  readonly scope: Scope;
  /** Of one phase. */
  readonly seconds: number;
}

interface Overloaded {
  readonly goodput: number;
  readonly offered: number;
  readonly refusedShare: number;
  readonly load: LoadResult;
  /** Refusals by the server's clock, cumulative by upper bound in seconds. */
  readonly serverRefusals: ReadonlyMap<number, number>;
  /** Of the server, its PostgreSQL aside, for all that was answered. */
  readonly cpuSeconds: number;
}

interface Capacity {
  readonly perSecond: number;
  /** Of the server for one event. */
  readonly cpuSeconds: number;
  /** Of one core, that the load process took. */
  readonly loadShare: number;
}

/** One phase of overload held against the capacity before and behind it. */
interface Held extends Overloaded {
  /** Goodput against the capacity beside a process that takes the load's part of the cores. */
  readonly besideLoad: number;
  /** Share of the server's CPU that the accepted events would have cost at capacity. */
  readonly cpuShare: number;
  readonly cpuMicrosPerRefusal: number;
}

type Round = Readonly<Record<Load, Held>> & { readonly recovered: number };

export async function overload({ options, scope }: BenchContext): Promise<BenchResult> {
  const server = await startServer(scope);
  const client = startLoad();
  scope.defer(() => client.close());
  const seconds = (options.seconds ?? SECONDS) / options.rounds;
  const parts = { server, client, numbers: { next: 0 }, options, scope, seconds };
  let rssMaxMb = 0;
  const sampler = setInterval(() => {
    rssMaxMb = Math.max(rssMaxMb, residentMbOf(server));
  }, SAMPLE_MS);
  scope.defer(() => clearInterval(sampler));
  await capacity({ ...parts, seconds: WARM_UP_SECONDS });
  const rounds: Round[] = [];
  for (let index = 0; index < options.rounds; index += 1) {
    const round = await runRound(parts);
    rounds.push(round);
    scope.say(`round ${index + 1}: ${LOADS.map((load) => describe(load, round[load])).join('; ')}`);
  }
  return { ...report(rounds), rssMaxMb: significant(rssMaxMb) };
}

async function runRound(parts: Parts): Promise<Round> {
  const before = await capacity(parts);
  const x2 = await offered(parts, FACTORS.x2 * before.perSecond);
  const between = await capacity(parts);
  const beside2 = await capacityBeside(parts, x2, between);
  const x5 = await offered(parts, FACTORS.x5 * between.perSecond);
  const after = await capacity(parts);
  const beside5 = await capacityBeside(parts, x5, after);
  return {
    x2: { ...heldAgainst(x2, [before, between]), besideLoad: x2.goodput / beside2.perSecond },
    x5: { ...heldAgainst(x5, [between, after]), besideLoad: x5.goodput / beside5.perSecond },
    recovered: after.perSecond / before.perSecond,
  };
}

function heldAgainst(phase: Overloaded, capacities: readonly Capacity[]): Omit<Held, 'besideLoad'> {
  const mean = (of: (capacity: Capacity) => number): number =>
    capacities.reduce((sum, each) => sum + of(each), 0) / capacities.length;
  const { accepted, requests, refused } = phase.load.answered;
  const eventsPerRequest = (accepted + refused) / requests;
  const forAccepted = accepted * mean(({ cpuSeconds }) => cpuSeconds);
  return {
    ...phase,
    goodput: phase.goodput / mean(({ perSecond: rate }) => rate),
    cpuShare: forAccepted / phase.cpuSeconds,
    cpuMicrosPerRefusal: ((phase.cpuSeconds - forAccepted) * 1e6 * eventsPerRequest) / refused,
  };
}

/** Events a second that a closed loop gets in, of the server alone. */
async function capacity(parts: Parts): Promise<Capacity> {
  await untilCalm(parts.server);
  const { load, cpuSeconds } = await run(parts, {});
  const loadShare = loadShareOf(load);
  return { perSecond: perSecond(load), cpuSeconds: cpuSeconds / load.answered.accepted, loadShare };
}

/** The load shedder has given everything back. */
async function untilCalm(server: BenchServer): Promise<void> {
  const deadline = performance.now() + CALM_TIMEOUT_MS;
  for (;;) {
    const metrics = await readMetrics(server);
    const open = metricValue(metrics, 'comptoir_load_shedder_open');
    const held = metricValue(metrics, 'comptoir_load_shedder_connections');
    if (open === 0 && held === 0) return;
    if (performance.now() > deadline)
      throw new Error(`The server is not back to normal after ${CALM_TIMEOUT_MS / 1000} s.`);
    await delay(CALM_POLL_MS);
  }
}

/** The server and its load shedder. */
function residentMbOf({ pid }: BenchServer): number {
  const processes = readProcesses();
  const postgres = new Set(
    processes.filter(({ name }) => name === POSTGRES_NAME).map((entry) => entry.pid),
  );
  return descendantsOf(processes, pid)
    .filter((entry) => !postgres.has(entry.pid) && !postgres.has(entry.parent))
    .reduce((sum, entry) => sum + residentMb(entry.pid), 0);
}

function loadShareOf({ cpuSeconds, measuredSeconds }: LoadResult): number {
  return cpuSeconds / measuredSeconds;
}

/** What a closed loop gets in while another process takes what the load of `phase` took beyond the loop's own. */
async function capacityBeside(
  parts: Parts,
  phase: Overloaded,
  { loadShare }: Capacity,
): Promise<Capacity> {
  const extra = loadShareOf(phase.load) - loadShare;
  const burner = await startBurner(Math.min(1, Math.max(0, extra)));
  parts.scope.defer(() => burner.close());
  try {
    return await capacity(parts);
  } finally {
    await burner.close();
  }
}

async function offered(parts: Parts, eventsPerSecond: number): Promise<Overloaded> {
  const before = bucketCounts(await readMetrics(parts.server), SERVER_SECONDS, REFUSED);
  const { load, cpuSeconds } = await run(parts, {
    eventsPerSecond,
    connections: CONNECTIONS,
    latencyFromSending: true,
  });
  const after = bucketCounts(await readMetrics(parts.server), SERVER_SECONDS, REFUSED);
  const { accepted, refused } = load.measured;
  return {
    goodput: perSecond(load),
    offered: (accepted + refused) / load.measuredSeconds,
    refusedShare: refused / (accepted + refused),
    load,
    cpuSeconds,
    serverRefusals: new Map(
      [...after].map(([bound, count]) => [bound, count - (before.get(bound) ?? 0)]),
    ),
  };
}

interface Ran {
  readonly load: LoadResult;
  readonly cpuSeconds: number;
}

async function run(parts: Parts, rest: Partial<LoadPhase>): Promise<Ran> {
  const { server, client, numbers, options, seconds } = parts;
  const firstEvent = takeStart(numbers, options.batchEvents);
  const phase = batchPhase(server, options, { firstEvent, seconds, ...rest });
  const before = serverSeconds(server);
  const load = await client.run(phase);
  const cpuSeconds = serverSeconds(server) - before;
  assertRan(load, 'the phase');
  // What is refused is asked again byte for byte: a duplicate would be a refusal that was stored.
  if (load.total.duplicates > 0)
    throw new Error(`${load.total.duplicates} events were stored though they had been refused.`);
  advance(numbers, phase, load);
  return { load, cpuSeconds };
}

function serverSeconds({ pid }: BenchServer): number {
  return cpuOf(readProcesses(), { server: pid, postmasters: [] }).serverSeconds;
}

function report(rounds: readonly Round[]): BenchResult {
  const of = (load: Load): BenchResult => {
    const phases = rounds.map((round) => round[load]);
    const refusals = createHistogram();
    const accepted = createHistogram();
    for (const { load: result } of phases) {
      mergeInto(refusals, result.refusals);
      mergeInto(accepted, result.latency);
    }
    const atServer = new Map<number, number>();
    for (const { serverRefusals } of phases)
      for (const [bound, count] of serverRefusals)
        atServer.set(bound, (atServer.get(bound) ?? 0) + count);
    const goodput = spreadOf(phases.map((phase) => phase.goodput));
    const ms = (value: number): number => significant(value);
    return {
      goodputRatio: significant(goodput.median),
      goodputRatioRange: [significant(goodput.min), significant(goodput.max)],
      offeredPerSecond: significant(spreadOf(phases.map((phase) => phase.offered)).median),
      refusedShare: significant(spreadOf(phases.map((phase) => phase.refusedShare)).median),
      refusalP50Ms: ms(percentileMs(refusals, 0.5)),
      refusalP95Ms: ms(percentileMs(refusals, 0.95)),
      serverRefusalP50Ms: ms(bucketPercentile(atServer, 0.5) * 1000),
      serverRefusalP95Ms: ms(bucketPercentile(atServer, 0.95) * 1000),
      acceptedP99Ms: ms(percentileMs(accepted, 0.99)),
      goodputBesideLoad: significant(spreadOf(phases.map((phase) => phase.besideLoad)).median),
      goodputByServerCpu: significant(spreadOf(phases.map((phase) => phase.cpuShare)).median),
      cpuMicrosPerRefusal: significant(
        spreadOf(phases.map((phase) => phase.cpuMicrosPerRefusal)).median,
      ),
      loadCpuShare: significant(spreadOf(phases.map(({ load }) => loadShareOf(load))).median),
    };
  };
  const recovered = spreadOf(rounds.map((round) => round.recovered));
  return { x2: of('x2'), x5: of('x5'), recoveredRatio: significant(recovered.median) };
}

function describe(load: Load, phase: Held): string {
  const { goodput, offered: rate, refusedShare, load: result } = phase;
  const { cpuShare, cpuMicrosPerRefusal } = phase;
  return (
    `${load} goodput ${goodput.toFixed(2)} (${phase.besideLoad.toFixed(2)} beside as much of other work) of ${Math.round(rate)}/s, refused ${(refusedShare * 100).toFixed(0)} % ` +
    `in ${percentileMs(result.refusals, 0.5).toFixed(1)} ms (p95 ${percentileMs(result.refusals, 0.95).toFixed(1)}), ` +
    `by the server's clock ${(bucketPercentile(phase.serverRefusals, 0.95) * 1000).toFixed(1)} (p95), ` +
    `accepted p99 ${percentileMs(result.latency, 0.99).toFixed(1)} ms, ${cpuShare.toFixed(2)} of the server's CPU for ` +
    `accepted events, ${cpuMicrosPerRefusal.toFixed(0)} us a refusal`
  );
}
