/** Where a planted defect may stand: between the code of a process and the gates to what it shares. */
import type { ForgetsPersons } from '../../../src/core/personal-data.ts';
import type { MemoryLog } from '../../../src/log/memory/memory-log.ts';
import type { Pipeline } from '../../../src/pipeline/pipeline.ts';
import type { SnapshotStore } from '../../../src/pipeline/snapshots/snapshots.ts';
import type { Jobs } from '../../../src/platform/jobs/jobs.ts';
import type { ProjectionStore } from '../../../src/projections/projection-store.ts';
import type { SubscriptionStore } from '../../../src/subscriptions/durable/subscription-store.ts';
import type { SubscriptionRunner } from '../../../src/subscriptions/durable/subscriptions.ts';
import type { PolicyStore } from '../../../src/subscriptions/policies/policy-store.ts';
import type { Plan } from '../faults/plan.ts';
import type { SharedStorage } from '../world/storage.ts';

export interface Tampering {
  /** Kinds of faults that bring it to light soonest; it must be found without as well, only later. */
  plan?(plan: Plan): Plan;
  storage?(storage: SharedStorage): void;
  log?(log: MemoryLog): MemoryLog;
  snapshots?(snapshots: SnapshotStore): SnapshotStore;
  projections?(store: ProjectionStore): ProjectionStore;
  policies?(store: PolicyStore): PolicyStore;
  jobs?(jobs: Jobs): Jobs;
  subscriptions?(runner: SubscriptionRunner, store: SubscriptionStore): SubscriptionRunner;
  policyPipeline?(
    pipeline: Pipeline,
    made: { readonly newId: () => string },
  ): Pick<Pipeline, 'handle'>;
  forgets?(forgets: readonly ForgetsPersons[]): readonly ForgetsPersons[];
}

export const UNTOUCHED: Tampering = {};
