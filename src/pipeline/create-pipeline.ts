import type { Clock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { MetricRegistry } from '../core/metrics.ts';
import type { BusinessModule } from '../core/module.ts';
import type { PersonalData } from '../core/personal-data.ts';
import type { EventLog, LogReader } from '../log/log.ts';
import { createCatalogue, type Catalogue } from './catalogue.ts';
import { createCommandGate } from './command-gate.ts';
import { createConsultedStreams } from './consulted-streams.ts';
import { handleCommand, roundDependencies, type HandleDependencies } from './handle-command.ts';
import { createRequestsUnderWay } from './idempotency.ts';
import { createKeyedHash } from './keyed-hash.ts';
import { createStreamLoader, placeOf, type StreamPlace } from './load-stream.ts';
import type { CommandAnswer, CommandRequest, Pipeline } from './pipeline.ts';
import { definePipelineMetrics, type PipelineMetrics } from './pipeline-metrics.ts';
import { createRecentKeys } from './recent-keys.ts';
import { createMemoryNumbers } from './series/memory-numbers.ts';
import { createNumberSeries, type NumberStore } from './series/number-series.ts';
import { settleRound, type RoundDependencies } from './settle-round.ts';
import { createSnapshotWriter, type SnapshotRule } from './snapshots/snapshot-writer.ts';
import type { SnapshotStore } from './snapshots/snapshots.ts';
import type { StateCacheLimits } from './state-cache.ts';
import { createStreamLanes } from './stream-lanes.ts';
import { readHistory, streamStateOf } from './time-travel.ts';
import type { WaitingCommand } from './waiting-command.ts';

/** A pause between two tries grows from this to PAUSE_MAX_MS, at random, so that two processes do not keep step. */
const PAUSE_MS = 1;
const PAUSE_MAX_MS = 16;

export interface PipelineDependencies {
  /** Where commands append and find answers. */
  readonly log: EventLog;
  /** Where streams are read, as stored: sealed fields are revealed here. Often the same as `log`. */
  readonly reader: LogReader;
  readonly modules: readonly BusinessModule[];
  readonly personal: PersonalData;
  readonly snapshots: SnapshotStore;
  readonly clock: Clock;
  /** A UUID of version 7: ids of streams, commands and events. */
  readonly newId: () => string;
  /** 128 bits in base64url. */
  readonly newSecret: () => string;
  /** Keys the hashes of idempotency keys and of what was asked; the same in every process, for the log's life. */
  readonly hashSecret: Uint8Array;
  readonly metrics: MetricRegistry;
  readonly logger: Logger;
  /** Waits before a command is decided again; a random few milliseconds by default. */
  readonly pause?: (conflicts: number) => Promise<void>;
  /** Where numbers of series come from; by default memory, which is for tests and tools only. */
  readonly numbers?: NumberStore;
  /** Uses an approval up: see RoundDependencies. Without it nothing can be approved. */
  readonly useApproval?: RoundDependencies['useApproval'];
  /** For tests and simulations: smaller than in service. */
  readonly limits?: PipelineLimits;
  /** For simulations, which open many pipelines: what `createCatalogue` made of these modules, so compiled once. */
  readonly catalogue?: Catalogue;
}

export interface PipelineLimits {
  readonly cache?: StateCacheLimits;
  readonly snapshots?: SnapshotRule;
  readonly waitingMax?: number;
  readonly underWayMax?: number;
}

/** Checks and compiles the modules; throws a TypeError for a mistake in one of them. */
export function createPipeline(dependencies: PipelineDependencies): Pipeline {
  const { logger, personal, reader, limits = {} } = dependencies;
  const catalogue = dependencies.catalogue ?? createCatalogue(dependencies.modules);
  const lanes = createStreamLanes<WaitingCommand>({
    // What a round needs is made below, before the first command can come.
    round: (commands) => settleRound(commands, [], forRounds),
    ...(limits.waitingMax === undefined ? {} : { waitingMax: limits.waitingMax }),
  });
  const metrics = definePipelineMetrics(dependencies.metrics, () => lanes.waiting);
  const snapshots = createSnapshotWriter({ ...dependencies, metrics, rule: limits.snapshots });
  const loader = createStreamLoader({
    reader,
    personal,
    snapshots: dependencies.snapshots,
    metrics,
    logger,
    clock: dependencies.clock,
    limits: limits.cache,
  });
  const gate = createCommandGate(() => performance.now(), limits.underWayMax);
  const parts: HandleDependencies = {
    pause: randomPause,
    ...dependencies,
    loader,
    snapshots,
    metrics,
    catalogue,
    lanes,
    underWay: createRequestsUnderWay(),
    recentKeys: createRecentKeys(),
    keyedHash: createKeyedHash(dependencies.hashSecret),
    numbers: createNumberSeries(dependencies.numbers ?? createMemoryNumbers()),
    consultedStreams: createConsultedStreams({ loader, reader, clock: dependencies.clock }),
  };
  const forRounds = roundDependencies(parts);
  return {
    // A policy names its commands; it must not fall behind because guests are many.
    handle: (request) => gate.pass(() => measured(request, parts), request.commandId !== undefined),
    load: async (tenant, category, id) =>
      streamStateOf(await loader.newest(findPlace(catalogue, { tenant, category, id }))),
    loadAsOf: async (stream, moment) =>
      streamStateOf(await loader.asOf(findPlace(catalogue, stream), moment)),
    history: async (stream, page) => await readHistory(loader, findPlace(catalogue, stream), page),
    aggregate: (category) => catalogue.get(category)?.entry,
    async close() {
      await gate.close();
      loader.close();
      await snapshots.close();
    },
  };
}

/** Errors: NOT_FOUND for an unknown category. */
function findPlace(
  catalogue: Catalogue,
  stream: { readonly tenant: string; readonly category: string; readonly id: string },
): StreamPlace {
  const known = catalogue.get(stream.category);
  if (known === undefined) throw new Failure('NOT_FOUND', 'There are no streams of this category.');
  return placeOf(stream.tenant, known, stream.id);
}

async function measured(
  request: CommandRequest,
  parts: HandleDependencies,
): Promise<CommandAnswer> {
  const startMs = performance.now();
  try {
    const answer = await handleCommand(request, parts);
    note(parts, request, { outcome: answer.replayed ? 'replayed' : answer.status, startMs });
    return answer;
  } catch (error) {
    const failure =
      error instanceof Failure
        ? error
        : new Failure('INTERNAL', 'The command could not be handled.', { cause: error });
    note(parts, request, { outcome: failure.code, startMs });
    if (failure.code === 'INTERNAL')
      parts.logger.error('a command failed because something broke', {
        code: failure.code,
        name: request.command,
        error: failure.cause ?? failure,
      });
    throw failure;
  }
}

/** Names come from the caller: what no module has is counted under one name, so that the labels stay few. */
function note(
  { catalogue, metrics }: { readonly catalogue: Catalogue; readonly metrics: PipelineMetrics },
  request: CommandRequest,
  { outcome, startMs }: { readonly outcome: string; readonly startMs: number },
): void {
  const known = catalogue.get(request.category);
  const command = known?.commands.has(request.command) === true ? request.command : 'unknown';
  const name = { module: known?.module ?? 'unknown', command };
  metrics.command(name, outcome, (performance.now() - startMs) / 1000);
}

async function randomPause(conflicts: number): Promise<void> {
  // The first try again goes at once: the news is the freshest there is.
  if (conflicts === 1) return;
  const longest = Math.min(PAUSE_MS * 2 ** conflicts, PAUSE_MAX_MS);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * longest));
}
