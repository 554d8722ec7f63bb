/** One process of the server: everything of src/app-frame.ts over gates, with its real loops in virtual time. */
import type { Clock } from '../../../src/core/clock.ts';
import type { Logger } from '../../../src/core/logger.ts';
import type { LogReader } from '../../../src/log/log.ts';
import { noMetrics } from '../../../src/core/metrics.ts';
import type { ForgetsPersons } from '../../../src/core/personal-data.ts';
import { createErasure, type Erasure } from '../../../src/personal-data/erase.ts';
import type { PersonIds } from '../../../src/personal-data/person-ids.ts';
import { openPersonalData } from '../../../src/personal-data/open.ts';
import type { PersonalDataService } from '../../../src/personal-data/personal-data.ts';
import { revealingReader } from '../../../src/personal-data/revealing-reader.ts';
import { createPipeline } from '../../../src/pipeline/create-pipeline.ts';
import type { Pipeline } from '../../../src/pipeline/pipeline.ts';
import type { Jobs } from '../../../src/platform/jobs/jobs.ts';
import {
  createMemoryJobs,
  type MemoryJobs,
  type MemoryJobStorage,
} from '../../../src/platform/jobs/memory-jobs.ts';
import {
  createProjections,
  type RunningProjections,
} from '../../../src/projections/create-projections.ts';
import {
  createSubscriptions,
  type SubscriptionRunner,
} from '../../../src/subscriptions/durable/subscriptions.ts';
import type { PolicyPoint } from '../../../src/subscriptions/policies/answer-event.ts';
import { createPolicies, type Policies } from '../../../src/subscriptions/policies/policies.ts';
import type { Tampering } from '../bugs/tampering.ts';
import { crash, gated, gatedLog, holdingReader, type GateParts, type Life } from './gate.ts';
import type { Release } from './releases.ts';
import { MASTER_KEY, type SharedStorage } from './storage.ts';

/** A job that a dead process held runs again after this: shorter than in service, to see it often. */
const JOB_MS_MAX = 5_000;

export interface ProcessOptions extends GateParts {
  readonly storage: SharedStorage;
  readonly release: Release;
  /** Of this process: it may be wrong. */
  readonly clock: Clock;
  readonly storageClock: Clock;
  readonly logger: Logger;
  readonly newId: () => string;
  readonly newSecret: () => string;
  readonly tampering: Tampering;
}

export interface SimulatedProcess {
  readonly life: Life;
  readonly release: Release;
  readonly pipeline: Pipeline;
  readonly projections: RunningProjections;
  readonly policies: Policies;
  readonly erasure: Erasure;
  /** Ends everything in good order; resolves when it is done. */
  stop(): Promise<void>;
  /** Holds the appends of this process back until the returned function is called. */
  holdAppends(): () => void;
}

/** Resolves when the process serves. Rejects with Crashed when it ended on the way. */
export async function openProcess(options: ProcessOptions): Promise<SimulatedProcess> {
  const { life, storage, release, clock, logger } = options;
  const shared = sharedOf(options);
  const texts = { newest: MASTER_KEY, older: [], notices: [], settled: async () => {} };
  const { personal, personIds } = await openPersonalData({ keys: shared.keys, texts, logger });
  const reader = holdingReader(revealingReader(shared.log, personal));
  const pipeline = openPipeline(options, { shared, personal });
  const projections = createProjections({
    clock,
    logger,
    metrics: noMetrics,
    log: reader,
    models: release.module.readModels,
    store: shared.projections,
  });
  const jobs = createMemoryJobs({
    storage: jobStorageOf(life, storage.jobs),
    // The queue goes by the clock of the database, as it does in PostgreSQL.
    clock: options.storageClock,
    runMsMax: JOB_MS_MAX,
  });
  const { policies, subscriptions } = openPolicies(options, { shared, reader, pipeline, jobs });
  const erasure = openErasure(options, { shared, personal, personIds, projections });
  await erasure.applyErasures();
  await projections.start();
  await jobs.start();
  await subscriptions.start();
  erasure.start();
  const stoppable = { pipeline, projections, jobs, subscriptions, erasure, personal };
  return {
    life,
    release,
    pipeline,
    projections,
    policies,
    erasure,
    stop: () => stop(stoppable),
    holdAppends: () => shared.log.holdAppends(),
  };
}

function openPolicies(
  options: ProcessOptions,
  parts: {
    readonly shared: Shared;
    readonly reader: LogReader;
    readonly pipeline: Pipeline;
    readonly jobs: MemoryJobs;
  },
): { readonly policies: Policies; readonly subscriptions: SubscriptionRunner } {
  const { life, release, clock, logger, tampering } = options;
  const { shared, reader, pipeline } = parts;
  const given = { clock, logger, metrics: noMetrics, log: reader };
  const open = ['work', 'start', 'stop', 'counts'];
  const jobs = gated<Jobs>(options, { name: 'jobs', target: parts.jobs, open });
  const subscriptions = createSubscriptions({
    ...given,
    store: shared.subscriptions,
    owner: life.name,
  });
  const policies = createPolicies({
    ...given,
    modules: [release.module],
    pipeline: tampering.policyPipeline?.(pipeline, options) ?? pipeline,
    subscriptions: tampering.subscriptions?.(subscriptions, shared.subscriptions) ?? subscriptions,
    subscriptionStore: shared.subscriptions,
    store: shared.policies,
    jobs: tampering.jobs?.(jobs) ?? jobs,
    reached: (point) => reached(options, point),
  });
  return { policies, subscriptions };
}

function openErasure(
  { clock, logger, newId, tampering }: ProcessOptions,
  parts: {
    readonly shared: Shared;
    readonly personal: PersonalDataService;
    readonly personIds: PersonIds;
    readonly projections: RunningProjections;
  },
): Erasure {
  const { shared, personal, personIds, projections } = parts;
  const forgets: readonly ForgetsPersons[] = [shared.snapshots, projections];
  return createErasure({
    keys: shared.keys,
    personal,
    personIds,
    log: shared.log,
    database: shared.database,
    forgets: tampering.forgets?.(forgets) ?? forgets,
    projections,
    marksOf: () => undefined,
    // Memory has no files to rewrite.
    scrub: async () => true,
    clock,
    newId,
    logger,
  });
}

type Shared = Omit<SharedStorage, 'jobs' | 'hashSecret'>;

/** What is shared, behind the gates of this process; a planted defect stands in front of them. */
function sharedOf(options: ProcessOptions): Shared {
  const { storage, tampering } = options;
  const log = gatedLog(options, storage.log.openAnother());
  const snapshots = gated(options, { name: 'snapshots', target: storage.snapshots });
  const projections = gated(options, { name: 'projections', target: storage.projections });
  const policies = gated(options, { name: 'policies', target: storage.policies });
  const keys = gated(options, {
    name: 'keys',
    target: storage.keys,
    open: ['keepDestroyedKeys', 'close', 'createSecret', 'readSecret'],
  });
  return {
    log: tampering.log?.(log) ?? log,
    snapshots: tampering.snapshots?.(snapshots) ?? snapshots,
    projections: tampering.projections?.(projections) ?? projections,
    policies: tampering.policies?.(policies) ?? policies,
    subscriptions: gated(options, { name: 'subscriptions', target: storage.subscriptions }),
    keys,
    database: gated(options, { name: 'database', target: storage.database }),
  };
}

function openPipeline(
  { storage, release, clock, logger, newId, newSecret }: ProcessOptions,
  { shared, personal }: { readonly shared: Shared; readonly personal: PersonalDataService },
): Pipeline {
  return createPipeline({
    log: shared.log,
    reader: shared.log,
    modules: [release.module],
    catalogue: release.catalogue,
    personal,
    snapshots: shared.snapshots,
    clock,
    newId,
    newSecret,
    hashSecret: storage.hashSecret,
    metrics: noMetrics,
    logger,
    // So small that states fall out of the cache and snapshots are made and read.
    limits: { cache: { statesMax: 3 }, snapshots: { events: 3 } },
  });
}

function reached(options: ProcessOptions, point: PolicyPoint): void {
  const { faults } = options;
  if (faults.at(`policy ${point}`, 'before') === 'crash') crash(options, `policy ${point}`);
}

/** A process that ended finds no jobs any more, and can report nothing of those it ran. */
function jobStorageOf(life: Life, storage: MemoryJobStorage): MemoryJobStorage {
  return {
    get jobs() {
      return life.alive ? storage.jobs : new Map();
    },
    get next() {
      return storage.next;
    },
    set next(next) {
      if (life.alive) storage.next = next;
    },
  };
}

async function stop(parts: {
  readonly pipeline: Pipeline;
  readonly projections: RunningProjections;
  readonly jobs: { stop(): Promise<void> };
  readonly subscriptions: SubscriptionRunner;
  readonly erasure: Erasure;
  readonly personal: PersonalDataService;
}): Promise<void> {
  await parts.erasure.stop();
  await parts.subscriptions.stop();
  await parts.jobs.stop();
  await parts.projections.stop();
  await parts.pipeline.close();
  await parts.personal.close();
}
