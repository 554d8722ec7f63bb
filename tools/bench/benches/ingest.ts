/**
 * ingest: batches, single events and duplicates over HTTP beside the COPY baseline.
 *
 * Rounds of batch, copy, duplicates, single follow one another on one PostgreSQL, because the machine's speed drifts
 * over minutes: ratios are made inside a round, then their median is taken. Sizes are read at the end, after
 * compaction.
 */
import { startCopier } from '../copy/client.ts';
import type { CopyClient } from '../copy/client.ts';
import { createScratchDatabase, logSize } from '../database.ts';
import type { BenchResult } from '../fields.ts';
import { createHistogram, mergeInto, percentileMs } from '../histogram.ts';
import type { LoadClient } from '../load/client.ts';
import { startLoad } from '../load/client.ts';
import type { LoadPhase } from '../load/phase.ts';
import type { PhaseMeasure, Subject } from '../measure.ts';
import { measurePhase, settle, subjectOf } from '../measure.ts';
import type { BenchOptions } from '../options.ts';
import { startServer } from '../server.ts';
import { significant, spreadOf } from '../statistics.ts';
import type { BenchContext } from './context.ts';
import type { EventNumbers } from './phases.ts';
import { advance, batchPhase, perSecond, takeStart, WARM_UP_SECONDS } from './phases.ts';

/** All rounds of one kind of phase together. */
const SECONDS = 30;

interface Bench {
  readonly options: BenchOptions;
  readonly subject: Subject;
  readonly client: LoadClient;
  readonly copier: CopyClient;
  readonly copyUrl: string;
  readonly numbers: EventNumbers;
  /** Of one phase in one round. */
  readonly seconds: number;
}

interface CopyMeasure {
  readonly eventsPerSecond: number;
  readonly nodeMicros: number;
  readonly postgresMicros: number;
  readonly bytesPerEvent: number;
}

interface Round {
  readonly batch: PhaseMeasure;
  readonly copy: CopyMeasure;
  readonly duplicates: PhaseMeasure;
  readonly single: PhaseMeasure;
}

export async function ingest({ options, scope }: BenchContext): Promise<BenchResult> {
  const server = await startServer(scope);
  const subject = await subjectOf(scope, server);
  const client = startLoad();
  scope.defer(() => client.close());
  const copier = startCopier();
  scope.defer(() => copier.close());
  const bench: Bench = {
    options,
    subject,
    client,
    copier,
    copyUrl: await createScratchDatabase(scope, await server.databaseUrl()),
    numbers: { next: 0 },
    seconds: (options.seconds ?? SECONDS) / options.rounds,
  };
  await warmUp(bench);
  const rounds: Round[] = [];
  for (let index = 0; index < options.rounds; index += 1) {
    const round = await runRound(bench);
    rounds.push(round);
    scope.say(`round ${index + 1}: ${describe(round)}`);
  }
  const size = await logSize(subject.database);
  const expected = acceptedIn(rounds);
  if (size.events < expected)
    throw new Error(`${expected} events were acknowledged, the log holds ${size.events}.`);
  return {
    ...report(rounds, size.bytes / size.events),
    eventsInLog: size.events,
    batchesInLog: size.batches,
    tableBytesPerEvent: Object.fromEntries(
      Object.entries(size.tables).map(([name, bytes]) => [
        name,
        significant(bytes / size.events, 3),
      ]),
    ),
  };
}

async function warmUp(bench: Bench): Promise<void> {
  const { options, copier, copyUrl } = bench;
  await freshPhase(bench, { seconds: WARM_UP_SECONDS });
  await freshPhase(bench, { ...singleShape(options), seconds: WARM_UP_SECONDS / 2 });
  await copier.run({ url: copyUrl, seconds: WARM_UP_SECONDS / 2, ...identity(options) });
}

async function runRound(bench: Bench): Promise<Round> {
  const { options, subject, client, seconds } = bench;
  const firstEvent = takeStart(bench.numbers, options.batchEvents);
  const batch = await freshPhase(bench, { seconds });
  const copy = await copyRound(bench);
  const duplicates = await measurePhase(
    subject,
    client,
    batchPhase(subject.server, options, {
      firstEvent,
      seconds,
      requestsDistinct: batch.load.requestsSent,
    }),
  );
  if (duplicates.load.total.accepted > 0)
    throw new Error('Events sent again were stored a second time.');
  const single = await freshPhase(bench, { ...singleShape(options), seconds });
  return { batch, copy, duplicates, single };
}

/** A phase of events never sent before. */
async function freshPhase(
  bench: Bench,
  rest: Partial<LoadPhase> & { readonly seconds: number },
): Promise<PhaseMeasure> {
  const eventsPerRequest = rest.eventsPerRequest ?? bench.options.batchEvents;
  const firstEvent = takeStart(bench.numbers, eventsPerRequest);
  const phase = batchPhase(bench.subject.server, bench.options, { ...rest, firstEvent });
  const measure = await measurePhase(bench.subject, bench.client, phase);
  advance(bench.numbers, phase, measure.load);
  if (measure.load.total.duplicates > 0)
    throw new Error('Events sent for the first time were called duplicates.');
  return measure;
}

async function copyRound(bench: Bench): Promise<CopyMeasure> {
  const { copier, copyUrl, seconds, subject, options } = bench;
  const before = subject.cpu();
  const result = await copier.run({ url: copyUrl, seconds, ...identity(options) });
  const after = await settle(subject, 0);
  return {
    eventsPerSecond: result.rows / result.seconds,
    nodeMicros: (result.cpuSeconds * 1e6) / result.rows,
    postgresMicros: ((after.postgresSeconds - before.postgresSeconds) * 1e6) / result.rows,
    bytesPerEvent: result.bytes / result.rows,
  };
}

type Kind = 'batch' | 'single' | 'duplicates';
type OfRound = (round: Round) => number;

function report(rounds: readonly Round[], bytesPerEvent: number): BenchResult {
  const median = (of: OfRound): number => significant(spreadOf(rounds.map(of)).median);
  const duplicatesToFresh: OfRound = (round) => rate('duplicates')(round) / rate('batch')(round);
  const cpuToCopy: OfRound = (round) => cpuOf(round.batch) / copyCpu(round);
  const single = kindReport(rounds, 'single');
  return {
    batch: {
      ...kindReport(rounds, 'batch'),
      cpuMicrosPerEventRange: rangeOf(rounds, (round) => cpuOf(round.batch)),
    },
    single: {
      ...single,
      requestsPerSecond: single.eventsPerSecond,
      requestsPerSecondRange: single.eventsPerSecondRange,
    },
    duplicates: kindReport(rounds, 'duplicates'),
    copyRows: {
      eventsPerSecond: median(({ copy }) => copy.eventsPerSecond),
      eventsPerSecondRange: rangeOf(rounds, ({ copy }) => copy.eventsPerSecond),
      cpuMicrosPerEvent: median(copyCpu),
      cpuMicrosPerEventRange: rangeOf(rounds, copyCpu),
      nodeCpuMicrosPerEvent: median(({ copy }) => copy.nodeMicros),
      postgresCpuMicrosPerEvent: median(({ copy }) => copy.postgresMicros),
      bytesPerEvent: median(({ copy }) => copy.bytesPerEvent),
    },
    bytesPerEvent: significant(bytesPerEvent),
    ratios: {
      cpuToCopy: median(cpuToCopy),
      cpuToCopyRange: rangeOf(rounds, cpuToCopy),
      bytesToCopy: significant(bytesPerEvent / median(({ copy }) => copy.bytesPerEvent)),
      duplicatesToFresh: median(duplicatesToFresh),
      duplicatesToFreshRange: rangeOf(rounds, duplicatesToFresh),
    },
  };
}

/** Rates and CPU are medians of the rounds; latencies are those of all rounds together. */
function kindReport(rounds: readonly Round[], kind: Kind) {
  const median = (of: OfRound): number => significant(spreadOf(rounds.map(of)).median);
  const merged = createHistogram();
  for (const round of rounds) mergeInto(merged, round[kind].load.latency);
  const latency = (fraction: number): number => significant(percentileMs(merged, fraction));
  return {
    eventsPerSecond: median(rate(kind)),
    eventsPerSecondRange: rangeOf(rounds, rate(kind)),
    p50Ms: latency(0.5),
    p95Ms: latency(0.95),
    p99Ms: latency(0.99),
    cpuMicrosPerEvent: median((round) => cpuOf(round[kind])),
    serverCpuMicrosPerEvent: median((round) => round[kind].serverMicros),
    postgresCpuMicrosPerEvent: median((round) => round[kind].postgresMicros),
    loadCpuShare: median(({ [kind]: { load } }) => load.cpuSeconds / load.measuredSeconds),
    refused: rounds.reduce((sum, round) => sum + round[kind].load.total.refused, 0),
  };
}

function rangeOf(rounds: readonly Round[], of: OfRound): number[] {
  const { min, max } = spreadOf(rounds.map(of));
  return [significant(min), significant(max)];
}

function rate(kind: Kind): OfRound {
  return (round) => perSecond(round[kind].load);
}

function describe({ batch, copy, duplicates, single }: Round): string {
  const words = (name: string, measure: PhaseMeasure): string =>
    `${name} ${Math.round(perSecond(measure.load))}/s at ${measure.serverMicros.toFixed(2)} + ` +
    `${measure.postgresMicros.toFixed(2)} us, p99 ${percentileMs(measure.load.latency, 0.99).toFixed(1)} ms, ` +
    `refused ${measure.load.total.refused}`;
  const baseline = `copy ${Math.round(copy.eventsPerSecond)}/s at ${copy.nodeMicros.toFixed(2)} + ${copy.postgresMicros.toFixed(2)} us`;
  return [
    words('batch', batch),
    baseline,
    words('duplicates', duplicates),
    words('single', single),
  ].join('; ');
}

const cpuOf = (measure: PhaseMeasure): number => measure.serverMicros + measure.postgresMicros;
const copyCpu = ({ copy }: Round): number => copy.nodeMicros + copy.postgresMicros;

function singleShape(options: BenchOptions): Pick<LoadPhase, 'eventsPerRequest' | 'connections'> {
  return { eventsPerRequest: 1, connections: options.singleConnections };
}

function identity({ seed, ids }: BenchOptions): Pick<BenchOptions, 'seed' | 'ids'> {
  return { seed, ids };
}

function acceptedIn(rounds: readonly Round[]): number {
  return rounds.reduce(
    (sum, { batch, single }) => sum + batch.load.total.accepted + single.load.total.accepted,
    0,
  );
}
