/** What business modules stand on: pipeline, projections, policies, jobs, webhooks. Part of the composition root. */
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import type { Access } from './access/create-access.ts';
import type { Keys } from './app-keys.ts';
import type { Opened } from './app-opened.ts';
import { CONNECT_TIMEOUT_MS, STATEMENT_TIMEOUT_MS, type Storage } from './app-storage.ts';
import type { Config } from './config.ts';
import { systemClock, type Clock } from './core/clock.ts';
import type { Logger } from './core/logger.ts';
import { noMetrics, type MetricRegistry } from './core/metrics.ts';
import type { BusinessModule } from './core/module.ts';
import type { LogReader } from './log/log.ts';
import type { PostgresLog } from './log/postgres/postgres-log.ts';
import { createPipeline } from './pipeline/create-pipeline.ts';
import type { Pipeline } from './pipeline/pipeline.ts';
import { createPostgresNumbers } from './pipeline/series/postgres-numbers.ts';
import { createPostgresSnapshots } from './pipeline/snapshots/postgres-snapshots.ts';
import {
  checkSnapshots,
  SAMPLE_EVENTS_MAX,
  SAMPLES,
  type SnapshotCheck,
} from './pipeline/snapshots/check-snapshots.ts';
import { sampleSnapshots } from './pipeline/snapshots/sample-snapshots.ts';
import type { SnapshotStore } from './pipeline/snapshots/snapshots.ts';
import { createJobs } from './platform/jobs/boss-jobs.ts';
import type { Jobs } from './platform/jobs/jobs.ts';
import { openDatabase } from './platform/postgres/pool.ts';
import { PROJECTION_CONNECTIONS } from './projections/limits.ts';
import { createProjections, type RunningProjections } from './projections/create-projections.ts';
import { createPostgresStore } from './projections/postgres/postgres-store.ts';
import type { Subscriber } from './subscriptions/durable/durable.ts';
import { createPostgresSubscriptionStore } from './subscriptions/durable/postgres/postgres-subscription-store.ts';
import {
  createSubscriptions,
  type SubscriptionRunner,
} from './subscriptions/durable/subscriptions.ts';
import { createPolicies, type Policies } from './subscriptions/policies/policies.ts';
import { createPostgresPolicyStore } from './subscriptions/policies/postgres/postgres-policy-store.ts';
import { egressAllowing } from './webhooks/egress/url.ts';
import { createPostgresWebhookStore } from './webhooks/postgres/postgres-store.ts';
import { createSecretBox } from './webhooks/secret-box.ts';
import { createWebhooks, type Webhooks } from './webhooks/webhooks.ts';

const SECRET_BYTES = 16;

export interface FrameParts {
  readonly storage: Storage;
  readonly keys: Keys;
  readonly log: PostgresLog;
  /** Reveals personal data. */
  readonly reader: LogReader;
  readonly logger: Logger;
  readonly metrics: MetricRegistry;
  readonly modules: readonly BusinessModule[];
  readonly access: Access;
}

export interface Frame {
  readonly modules: readonly BusinessModule[];
  readonly pipeline: Pipeline;
  /** Another one whose commands are taken in at the time of `clock`; whoever asks for it closes it. */
  pipelineAt(clock: Clock): Pipeline;
  readonly snapshots: SnapshotStore;
  /** For `comptoir doctor`: some snapshots against the fold of their streams; takes seconds. */
  checkSnapshots(): Promise<SnapshotCheck>;
  readonly projections: RunningProjections;
  readonly jobs: Jobs;
  readonly policies: Policies;
  readonly webhooks: Webhooks;
  /** Adds a reader of the log with a checkpoint of its own; before `start`. */
  subscribe(subscriber: Subscriber): void;
  /** Position of a bucket that every projection and subscription has passed; null when there is none. */
  passed(bucket: number): Promise<bigint | null>;
  /** Begins to work by the roles of the process; what was erased must have been applied. */
  start(): Promise<void>;
}

/** Nothing works before `start`; what was opened is closed with `opened`. */
export function createFrame(config: Config, opened: Opened, parts: FrameParts): Frame {
  const { storage, log, logger, modules } = parts;
  const bucketOf = (tenant: string): number => log.bucketOf(tenant);
  const snapshots = createPostgresSnapshots({ database: storage.database, bucketOf });
  const atClock = { ...parts, snapshots };
  const pipeline = opened.add(openPipeline(atClock, systemClock), (it) => it.close());
  const projections = openProjections(config, opened, parts);
  const keepsStatements = storage.embedded !== null;
  const jobs = createJobs({ databaseUrl: storage.url, keepsStatements, logger });
  const works = config.roles.has('jobs');
  const { allow } = config.webhooks;
  const effects = createEffects({ ...parts, pipeline, jobs, works, allow });
  return {
    modules,
    pipeline,
    // Its figures are not those of people's commands.
    pipelineAt: (clock) => openPipeline({ ...atClock, metrics: noMetrics }, clock),
    snapshots,
    checkSnapshots: () =>
      checkSnapshots({
        reader: log,
        personal: parts.keys.personal,
        modules,
        snapshots,
        sample: () =>
          sampleSnapshots(storage.database, { limit: SAMPLES, versionMax: SAMPLE_EVENTS_MAX }),
      }),
    projections,
    jobs,
    policies: effects.policies,
    webhooks: effects.webhooks,
    subscribe: (subscriber) => effects.subscriptions.add(subscriber),
    async passed(bucket) {
      const places = await Promise.all([projections.passed(bucket), effects.passed(bucket)]);
      return places.reduce((least, place) =>
        least === null || (place !== null && place < least) ? place : least,
      );
    },
    async start() {
      opened.add(projections, (it) => it.stop());
      await projections.start();
      if (works) effects.webhooks.work();
      opened.add(jobs, (it) => it.stop());
      await jobs.start();
      // Also in a process that leaves the work to others: what happens from now on is theirs to handle.
      await effects.subscriptions.begin();
      if (!works) return;
      opened.add(effects.webhooks, (it) => it.stop());
      effects.webhooks.start();
      opened.add(effects.subscriptions, (it) => it.stop());
      await effects.subscriptions.start();
    },
  };
}

function openPipeline(
  parts: FrameParts & { readonly snapshots: SnapshotStore },
  clock: Clock,
): Pipeline {
  const { keys, log } = parts;
  return createPipeline({
    ...parts,
    // As stored: the pipeline reveals what it reads.
    reader: log,
    personal: keys.personal,
    numbers: createPostgresNumbers({
      database: parts.storage.database,
      bucketOf: (tenant) => log.bucketOf(tenant),
    }),
    useApproval: parts.access.useApproval,
    clock,
    newId: () => randomUUIDv7(),
    newSecret: () => randomBytes(SECRET_BYTES).toString('base64url'),
    hashSecret: keys.commandSecret,
  });
}

function openProjections(config: Config, opened: Opened, parts: FrameParts): RunningProjections {
  const { storage, keys, log, reader, logger, metrics, modules } = parts;
  // A pool of their own: behind waiting appends they would lag, and before them they would hold commands up.
  const database = opened.add(
    openDatabase({
      url: storage.url,
      connectionsMax: PROJECTION_CONNECTIONS,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      keepsStatements: storage.embedded !== null,
      isPatient: storage.isPatient,
      logger,
    }),
    (it) => it.close(),
  );
  return createProjections({
    clock: systemClock,
    logger,
    metrics,
    log: reader,
    models: modules.flatMap(({ readModels }) => readModels),
    store: createPostgresStore({
      database,
      bucketCount: log.bucketCount,
      referenceOf: (tenant, personId) => keys.personal.referenceOf(tenant, personId),
    }),
    works: config.roles.has('projections'),
  });
}

interface Effects {
  readonly subscriptions: SubscriptionRunner;
  readonly policies: Policies;
  readonly webhooks: Webhooks;
  passed(bucket: number): Promise<bigint | null>;
}

/** Side effects: they hang on subscriptions with checkpoints of their own, never on a projection. */
function createEffects(
  parts: FrameParts & {
    readonly pipeline: Pipeline;
    readonly jobs: Jobs;
    readonly works: boolean;
    /** Addresses of the own network that webhooks may reach. */
    readonly allow: readonly string[];
  },
): Effects {
  const { storage, keys, log, reader, jobs, logger, metrics } = parts;
  const { database } = storage;
  const given = { clock: systemClock, logger, metrics };
  const subscriptionStore = createPostgresSubscriptionStore(database, log);
  const subscriptions = createSubscriptions({
    ...given,
    log,
    store: subscriptionStore,
    personalData: keys.personal,
  });
  const policies = createPolicies({
    ...given,
    modules: parts.modules,
    log,
    personalData: keys.personal,
    pipeline: parts.pipeline,
    subscriptions,
    subscriptionStore,
    store: createPostgresPolicyStore(database),
    jobs: parts.works ? jobs : enqueuing(jobs),
  });
  const webhooks = createWebhooks({
    ...given,
    store: createPostgresWebhookStore(database),
    log: reader,
    jobs,
    checkpoints: subscriptionStore,
    secretBox: createSecretBox(keys.webhookSecret),
    newId: () => randomUUIDv7(),
    random: Math.random,
    egress: egressAllowing(parts.allow),
  });
  subscriptions.add(webhooks.subscriber);
  const passed = (bucket: number) => subscriptionStore.passed(bucket);
  return { subscriptions, policies, webhooks, passed };
}

/** For a process that leaves the work to others. */
function enqueuing(jobs: Jobs): Pick<Jobs, 'enqueue' | 'enqueueAll' | 'cancel' | 'work'> {
  return {
    enqueue: (tx, job) => jobs.enqueue(tx, job),
    enqueueAll: (tx, queue, keyed) => jobs.enqueueAll(tx, queue, keyed),
    cancel: (tx, job) => jobs.cancel(tx, job),
    work() {},
  };
}
