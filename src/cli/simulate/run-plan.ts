/** Sends a plan's batches when they are due and measures each from that moment. */
import type { HttpClient } from '../http-client.ts';
import { listMember, textMember } from '../json.ts';
import { createLatencyRecorder, type LatencyRecorder } from '../../platform/telemetry/latency.ts';
import type { Generator } from './generator.ts';
import { dueAt, eventsDue, eventsPlanned, type Plan } from './pace.ts';

export interface Totals {
  created: number;
  duplicates: number;
  rejected: number;
  /** Events in batches that got no answer or were refused as a whole (overload). */
  failed: number;
  /** Events due that were not sent because too many batches were waiting. */
  unsent: number;
}

export interface Outcome {
  readonly planned: number;
  readonly totals: Totals;
  /** Of whole batches, from when they were due to their answer. */
  readonly latency: LatencyRecorder;
  /** Seconds from the start to the last answer. */
  readonly seconds: number;
  /** Events answered while the plan ran or within the grace after it, a second of the plan. */
  readonly achievedRate: number;
  readonly stopped: boolean;
  /** Why batches failed, by code, for words. */
  readonly failures: ReadonlyMap<string, number>;
}

export interface Simulation {
  readonly plan: Plan;
  readonly generator: Generator;
  readonly client: HttpClient;
  readonly connections: number;
  readonly stop: AbortSignal;
  /** Called with the running totals now and then. */
  onProgress?(progress: Progress): void;
}

export interface Progress {
  readonly totals: Totals;
  readonly seconds: number;
  readonly latency: LatencyRecorder;
}

/** Finer than anything that is measured, coarse enough to cost nothing. */
const TICK_MS = 2;
/** Batches that wait for a connection; a server this far behind has failed the run. */
const WAITING_MAX = 2000;
/** Answers to the last batches are on their way when the plan ends; what comes within this counts as held. */
const GRACE_SECONDS = 1;
const PROGRESS_MS = 500;

export async function runPlan(simulation: Simulation): Promise<Outcome> {
  const run = new PlanRun(simulation);
  return await run.finish();
}

/** A class because it owns a timer and the requests under way. */
class PlanRun {
  readonly #simulation: Simulation;
  readonly #planned: number;
  readonly #startedAt = performance.now();
  readonly #totals: Totals = { created: 0, duplicates: 0, rejected: 0, failed: 0, unsent: 0 };
  readonly #latency = createLatencyRecorder();
  readonly #failures = new Map<string, number>();
  readonly #done = Promise.withResolvers<void>();
  readonly #timer: NodeJS.Timeout;
  readonly #progressTimer: NodeJS.Timeout;
  /** First event of each batch that is due and has no connection yet. */
  readonly #waiting: number[] = [];
  #next = 0;
  #inFlight = 0;
  #answeredInTime = 0;
  #lastAnswerSeconds = 0;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
    this.#planned = eventsPlanned(simulation.plan);
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#progressTimer = setInterval(() => this.#report(), PROGRESS_MS);
  }

  async finish(): Promise<Outcome> {
    try {
      await this.#done.promise;
    } finally {
      clearInterval(this.#timer);
      clearInterval(this.#progressTimer);
    }
    return {
      planned: this.#planned,
      totals: this.#totals,
      latency: this.#latency,
      seconds: this.#lastAnswerSeconds,
      achievedRate: this.#answeredInTime / this.#simulation.plan.seconds,
      stopped: this.#simulation.stop.aborted,
      failures: this.#failures,
    };
  }

  #seconds(): number {
    return (performance.now() - this.#startedAt) / 1000;
  }

  #tick(): void {
    const { plan, stop } = this.#simulation;
    if (stop.aborted) {
      this.#totals.unsent += this.#waiting.length * plan.batch;
      this.#waiting.length = 0;
      this.#next = this.#planned;
    }
    const now = this.#seconds();
    const due = now >= plan.seconds ? this.#planned : eventsDue(plan, now);
    // A batch leaves when its last event is due; the last batch may be smaller.
    while (this.#next < this.#planned && Math.min(this.#next + plan.batch, this.#planned) <= due) {
      if (this.#waiting.length >= WAITING_MAX) this.#totals.unsent += this.#sizeAt(this.#next);
      else this.#waiting.push(this.#next);
      this.#next += plan.batch;
    }
    this.#pump();
  }

  #sizeAt(first: number): number {
    return Math.min(this.#simulation.plan.batch, this.#planned - first);
  }

  #pump(): void {
    while (this.#inFlight < this.#simulation.connections) {
      const first = this.#waiting.shift();
      if (first === undefined) break;
      this.#inFlight += 1;
      void this.#send(first).finally(() => {
        this.#inFlight -= 1;
        this.#pump();
      });
    }
    if (this.#inFlight === 0 && this.#waiting.length === 0 && this.#next >= this.#planned)
      this.#done.resolve();
  }

  async #send(first: number): Promise<void> {
    const { plan, generator, client } = this.#simulation;
    const count = this.#sizeAt(first);
    const dueSeconds = dueAt(plan, first + count);
    const body = Buffer.from(generator.render(first, count));
    try {
      const response = await client.once({
        method: 'POST',
        path: '/v1/events',
        headers: { 'content-type': 'application/cloudevents-batch+json' },
        body,
      });
      const now = this.#seconds();
      this.#latency.record((now - dueSeconds) * 1000);
      this.#lastAnswerSeconds = now;
      const answer: unknown = JSON.parse(response.text);
      if (response.status !== 200)
        return this.#fail(count, textMember(answer, 'code') ?? `HTTP ${response.status}`);
      this.#count(listMember(answer, 'results'));
      if (now <= plan.seconds + GRACE_SECONDS) this.#answeredInTime += count;
    } catch (error) {
      this.#lastAnswerSeconds = this.#seconds();
      this.#fail(count, error instanceof Error ? error.message : 'unknown');
    }
  }

  #count(results: readonly unknown[]): void {
    for (const result of results) {
      const status = textMember(result, 'status');
      if (status === 'created') this.#totals.created += 1;
      else if (status === 'duplicate') this.#totals.duplicates += 1;
      else this.#totals.rejected += 1;
    }
  }

  #fail(count: number, reason: string): void {
    this.#totals.failed += count;
    this.#failures.set(reason, (this.#failures.get(reason) ?? 0) + count);
  }

  #report(): void {
    this.#simulation.onProgress?.({
      totals: this.#totals,
      seconds: this.#seconds(),
      latency: this.#latency,
    });
  }
}
