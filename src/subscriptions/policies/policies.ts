/**
 * Runs the policies of all modules: each is a durable subscriber whose work is to give commands.
 *
 * Exactly once, in three steps. The id of each command derives from the event it answers; the pipeline keeps ids for the
 * life of a stream and gives the first result again; the checkpoint moves in the transaction that writes states, timers
 * and parked events. So a crash anywhere repeats commands that change nothing, and loses none.
 */
import type { Clock } from '../../core/clock.ts';
import { Failure } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import type { MetricRegistry } from '../../core/metrics.ts';
import type { BusinessModule } from '../../core/module.ts';
import type { PersonalData } from '../../core/personal-data.ts';
import type { Policy } from '../../core/policy.ts';
import { createEventRecorder } from '../../core/record-event.ts';
import type { LogReader } from '../../log/log.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { JobRun, Jobs } from '../../platform/jobs/jobs.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import type { SubscriptionChunk } from '../durable/durable.ts';
import type { SubscriptionStore } from '../durable/subscription-store.ts';
import type { SubscriptionRunner } from '../durable/subscriptions.ts';
import { answerChunk, type ChunkAnswer } from './answer-chunk.ts';
import type { PolicyPoint, RunningPolicy } from './answer-event.ts';
import {
  countsOfTimer,
  retryLane,
  skipFirst,
  type LanePlace,
  type ParkedDependencies,
} from './parked.ts';
import type { Lane, ParkedRow, PolicyPlace, PolicyStore } from './policy-store.ts';
import {
  enqueueTimers,
  fireTimer,
  TIMER_QUEUE,
  type TimerOutcome,
  type TimerPayload,
} from './timers.ts';

/** Timers under way at a time in this process. */
const TIMERS_AT_ONCE = 8;
/** With pauses that double from a second on: a day of trying, then the timer is parked and a person has to look. */
const TIMER_ATTEMPTS_MAX = 17;
/** Further runs that only park: the last attempt ended its process, or could not write that it failed. */
const PARKING_RUNS_MAX = 8;

export interface PoliciesDependencies {
  readonly modules: readonly BusinessModule[];
  readonly log: LogReader;
  readonly pipeline: Pick<Pipeline, 'handle'>;
  readonly subscriptions: SubscriptionRunner;
  /** The store of `subscriptions`. */
  readonly subscriptionStore: Pick<SubscriptionStore, 'beside'>;
  readonly store: PolicyStore;
  readonly jobs: Pick<Jobs, 'enqueueAll' | 'cancel' | 'work'>;
  readonly personalData?: Pick<PersonalData, 'prepare' | 'reveal'> | undefined;
  readonly clock: Clock;
  readonly metrics: MetricRegistry;
  readonly logger: Logger;
  /** Between tries of a command, and before a timer whose time has not come; real time by default. */
  readonly pause?: (ms: number) => Promise<void>;
  /** Called at named points; what it throws ends the chunk there, as a crash would. */
  readonly reached?: (point: PolicyPoint) => void;
}

export interface PolicyStatus {
  readonly name: string;
  readonly lagSeconds: number;
  readonly behindEvents: bigint;
  readonly suspended: boolean;
  /** Events and timers that wait for a person. */
  readonly parked: number;
  /** Timers that are set. */
  readonly timers: number;
  /** Commands carried out and refused since the policy began. */
  readonly done: number;
  readonly refused: number;
  /** Code of the newest refusal. */
  readonly lastRefusal: string | null;
}

export interface Policies {
  status(): Promise<readonly PolicyStatus[]>;
  /** All of these: NOT_FOUND for an unknown name. */
  parked(name: string, limit: number): Promise<readonly ParkedRow[]>;
  /** Answers the parked events of a lane in order; those that fail again stay parked. */
  retry(name: string, lane: Lane): Promise<{ readonly left: number }>;
  /** Gives up the first parked event of a lane and answers what waits behind it. */
  skip(name: string, lane: Lane): Promise<{ readonly left: number }>;
  /** Goes on with a policy that was suspended. */
  resume(name: string): Promise<void>;
}

/** Adds a subscriber for each policy and begins to work on timers; before `subscriptions.start` and `jobs.start`. */
export function createPolicies(deps: PoliciesDependencies): Policies {
  return new PolicyRunner(deps);
}

export function subscriberName(policy: string): string {
  return `policy.${policy}`;
}

class PolicyRunner implements Policies {
  readonly #deps: PoliciesDependencies;
  readonly #running = new Map<string, RunningPolicy>();
  readonly #inner: ParkedDependencies;
  readonly #metrics: ReturnType<typeof defineMetrics>;

  constructor(deps: PoliciesDependencies) {
    this.#deps = deps;
    this.#metrics = defineMetrics(deps.metrics);
    this.#inner = {
      ...deps,
      pause: deps.pause ?? ((ms) => new Promise((resolve) => void setTimeout(resolve, ms))),
      reached: deps.reached ?? (() => {}),
      beside: (place, write) => {
        const name = subscriberName(place.policy);
        return deps.subscriptionStore.beside({ name, bucket: place.bucket }, write);
      },
    };
    for (const policy of deps.modules.flatMap(({ policies }) => policies)) this.#add(policy);
    if (this.#running.size === 0) return;
    const attemptsMax = TIMER_ATTEMPTS_MAX + PARKING_RUNS_MAX;
    const options = { concurrency: TIMERS_AT_ONCE, attemptsMax };
    deps.jobs.work(TIMER_QUEUE, (run) => this.#fire(run), options);
  }

  async status(): Promise<readonly PolicyStatus[]> {
    const { subscriptions, store } = this.#deps;
    const names = [...this.#running.keys()];
    if (names.length === 0) return [];
    const [lags, counts] = await Promise.all([subscriptions.status(), store.counts(names)]);
    return names.map((name) => {
      const lag = lags.find((status) => status.name === subscriberName(name));
      const count = counts.find(({ policy }) => policy === name);
      return {
        name,
        lagSeconds: lag?.lagSeconds ?? 0,
        behindEvents: lag?.behindEvents ?? 0n,
        suspended: lag?.suspended ?? false,
        parked: count?.parked ?? 0,
        timers: count?.timers ?? 0,
        done: count?.done ?? 0,
        refused: count?.refused ?? 0,
        lastRefusal: count?.lastRefusal ?? null,
      };
    });
  }

  async parked(name: string, limit: number): Promise<readonly ParkedRow[]> {
    this.#named(name);
    return this.#deps.store.parked(name, limit);
  }

  async retry(name: string, lane: Lane): Promise<{ readonly left: number }> {
    return retryLane(this.#named(name), this.#lanePlace(name, lane), this.#inner);
  }

  async skip(name: string, lane: Lane): Promise<{ readonly left: number }> {
    return skipFirst(this.#named(name), this.#lanePlace(name, lane), this.#inner);
  }

  async resume(name: string): Promise<void> {
    this.#named(name);
    await this.#deps.subscriptions.resume(subscriberName(name));
  }

  #add(policy: Policy): void {
    const { name } = policy;
    if (this.#running.has(name)) throw new TypeError(`a policy is named ${name} already`);
    const recorder = createEventRecorder(policy.on, policy.received);
    const running = { policy, recorder };
    this.#running.set(name, running);
    this.#deps.subscriptions.add({
      name: subscriberName(name),
      types: recorder.types,
      from: policy.fromBeginning === true ? 'beginning' : 'now',
      handle: async (chunk) => {
        const answer = await answerChunk(running, chunk, this.#inner);
        const write = (tx: Queryable) => this.#write(tx, running, { chunk, answer });
        // What is parked holds up what comes behind it in its lane, and a state is what the next event is answered on.
        const isFollowed = answer.lanes.some(({ parked, state }) => parked.length > 0 || state);
        return Object.assign(write, { overlaps: !isFollowed });
      },
    });
  }

  async #write(
    tx: Parameters<PolicyStore['commit']>[0],
    { policy }: RunningPolicy,
    { chunk, answer }: { readonly chunk: SubscriptionChunk; readonly answer: ChunkAnswer },
  ): Promise<void> {
    const place: PolicyPlace = { policy: policy.name, bucket: chunk.bucket };
    this.#inner.reached('before-checkpoint');
    await this.#deps.store.commit(tx, place, answer);
    await enqueueTimers(this.#deps.jobs, tx, { place, lanes: answer.lanes });
    this.#count(policy.name, answer);
  }

  /** A timer is due. */
  async #fire({ payload, attempt }: JobRun): Promise<void> {
    // safe because only enqueueTimers puts jobs into this queue
    const { position, ...timer } = payload as TimerPayload;
    const running = this.#running.get(timer.policy);
    // The module is gone from this version; another process may still have it.
    if (running === undefined) throw new Failure('NOT_FOUND', `No policy is ${timer.policy}.`);
    const due = { ...timer, position: BigInt(position) };
    const outcome = await fireOrGiveUp(() => fireTimer(running, due, this.#inner), attempt);
    if (outcome.kind === 'stale') return;
    const place: PolicyPlace = { policy: timer.policy, bucket: timer.bucket };
    const unfit = outcome.kind === 'unfit';
    const { tenant, lane, timer: name } = timer;
    const parked = unfit
      ? [{ position: due.position, type: 'timer', reason: outcome.reason, timer: name }]
      : [];
    const answer: ChunkAnswer = {
      lanes: unfit ? [{ tenant, lane, wasParked: false, parked, timers: [] }] : [],
      counts: unfit ? { done: 0, refused: 0, lastRefusal: null } : countsOfTimer(outcome),
    };
    const { store } = this.#deps;
    await this.#inner.beside(place, async (tx) => {
      // Of two that fired it, one counts. A parked timer keeps its row, so that it can be tried again.
      if (!unfit && !(await store.removeTimer(tx, place, due))) return;
      await store.commit(tx, place, answer);
      this.#count(timer.policy, answer);
    });
  }

  #count(policy: string, { lanes, counts }: ChunkAnswer): void {
    const parked = lanes.reduce((total, lane) => total + lane.parked.length, 0);
    if (counts.done > 0) this.#metrics.commands.add(counts.done, { policy, outcome: 'done' });
    if (counts.refused > 0)
      this.#metrics.commands.add(counts.refused, { policy, outcome: 'refused' });
    if (parked > 0) this.#metrics.parked.add(parked, { policy });
  }

  #named(name: string): RunningPolicy {
    const running = this.#running.get(name);
    if (running === undefined) throw new Failure('NOT_FOUND', `No policy is named ${name}.`);
    return running;
  }

  #lanePlace(policy: string, lane: Lane): LanePlace {
    return { place: { policy, bucket: this.#deps.log.bucketOf(lane.tenant) }, lane };
  }
}

/**
 * Throws while another attempt is worth it. After the last one the timer is unfit, so that it is parked with the reason:
 * a row that nobody works on any more would be told to nobody.
 */
async function fireOrGiveUp(
  fire: () => Promise<TimerOutcome>,
  attempt: number,
): Promise<TimerOutcome> {
  if (attempt > TIMER_ATTEMPTS_MAX) return { kind: 'unfit', reason: 'TIMER_GIVEN_UP' };
  try {
    return await fire();
  } catch (error) {
    if (attempt < TIMER_ATTEMPTS_MAX) throw error;
    return { kind: 'unfit', reason: error instanceof Failure ? error.code : 'TIMER_GIVEN_UP' };
  }
}

function defineMetrics(metrics: MetricRegistry) {
  return {
    commands: metrics.counter({
      name: 'comptoir_policy_commands_total',
      help: 'Commands given by policies, by what became of them.',
      labels: ['policy', 'outcome'],
    }),
    parked: metrics.counter({
      name: 'comptoir_policy_parked_total',
      help: 'Events and timers of policies parked, those behind another included.',
      labels: ['policy'],
    }),
  };
}
