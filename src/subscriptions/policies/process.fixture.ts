/** Processes of a test: each has its own pipeline, subscriptions, policies and jobs on shared storage. */
import type { Principal } from '../../access/principal.ts';
import type { Clock } from '../../core/clock.ts';
import { silentLogger } from '../../core/logger.ts';
import { noMetrics } from '../../core/metrics.ts';
import type { BusinessModule } from '../../core/module.ts';
import type { EventLog } from '../../log/log.ts';
import { openPipeline } from '../../pipeline/fixture.ts';
import type { CommandAnswer, Pipeline } from '../../pipeline/pipeline.ts';
import type { Jobs } from '../../platform/jobs/jobs.ts';
import type { SubscriptionStore } from '../durable/subscription-store.ts';
import { createSubscriptions, type SubscriptionRunner } from '../durable/subscriptions.ts';
import type { PolicyPoint } from './answer-event.ts';
import type { AlarmState, CounterState } from './fixture.ts';
import { createPolicies, type Policies } from './policies.ts';
import type { PolicyStore } from './policy-store.ts';

export const TENANT = 'shop';

export interface Storage {
  readonly log: EventLog;
  readonly subscriptionStore: SubscriptionStore;
  readonly store: PolicyStore;
}

export interface TestProcess {
  readonly pipeline: Pipeline;
  readonly subscriptions: SubscriptionRunner;
  readonly policies: Policies;
  readonly jobs: Jobs;
}

/** For routes, which are mounted before the log of a process exists. */
export function laterPolicies(policies: () => Policies): Policies {
  return {
    status: () => policies().status(),
    parked: (name, limit) => policies().parked(name, limit),
    retry: (name, lane) => policies().retry(name, lane),
    skip: (name, lane) => policies().skip(name, lane),
    resume: (name) => policies().resume(name),
  };
}

export interface ProcessOptions extends Storage {
  readonly modules: readonly BusinessModule[];
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly reached?: (point: PolicyPoint) => void;
  /** Passes no time by default. */
  readonly pause?: (ms: number) => Promise<void>;
  /** Stands between policies and pipeline. */
  readonly around?: (pipeline: Pipeline) => Pick<Pipeline, 'handle'>;
}

export function openProcess(options: ProcessOptions): TestProcess {
  const { log, modules, clock, jobs, reached, pause, around = (it) => it } = options;
  const given = { clock, metrics: noMetrics, logger: silentLogger };
  const pipeline = openPipeline({ log, reader: log, modules, clock });
  const subscriptions = createSubscriptions({ log, store: options.subscriptionStore, ...given });
  const policies = createPolicies({
    ...options,
    ...given,
    pipeline: around(pipeline),
    subscriptions,
    jobs,
    pause: pause ?? (async () => {}),
    ...(reached === undefined ? {} : { reached }),
  });
  return { pipeline, subscriptions, policies, jobs };
}

export function person(tenant: string): Principal {
  return { keyId: 'person', tenant, scopes: new Set(['counters:write', 'alarms:write']) };
}

export interface Asked {
  readonly command: string;
  readonly id: string;
  readonly input?: object;
  readonly tenant?: string;
}

export function ask(pipeline: Pipeline, asked: Asked): Promise<CommandAnswer> {
  const { command, id, input = {}, tenant = TENANT } = asked;
  const category = /Alarm|Acknowledge|Escalate/.test(command) ? 'alarms' : 'counters';
  return pipeline.handle({ principal: person(tenant), category, command, id, input });
}

/** Creates the counters, `total` included. */
export async function createCounters(
  pipeline: Pipeline,
  ids: readonly string[],
  tenant = TENANT,
): Promise<void> {
  for (const id of ['total', ...ids]) await ask(pipeline, { command: 'CreateCounter', id, tenant });
}

export async function counter(
  pipeline: Pipeline,
  id: string,
  tenant = TENANT,
): Promise<CounterState> {
  return (await pipeline.load(tenant, 'counters', id)).state as CounterState;
}

export async function alarm(pipeline: Pipeline, id: string): Promise<AlarmState> {
  return (await pipeline.load(TENANT, 'alarms', `alarm-${id}`)).state as AlarmState;
}
