/**
 * The one writer of a bucket in this process. Whatever waits when the previous append has ended goes in one batch
 * (natural batching, no timer); any number of processes may do the same on one bucket.
 *
 *   idle -> planning -> appending -> applying -> idle
 *                 ^          |
 *                 +----------+ overtaken: catch up, plan anew; refuted: plan anew and presume nothing;
 *                              after OVERTAKEN_MAX times under the head lock
 *
 * Invariants: `keys.known` equals the head the plan is made for; nothing is answered `created` or `duplicate` before
 * the batch that holds the original is committed; one append in flight.
 */
import { Failure } from '../../core/errors.ts';
import type { AppendAnswer, PreparedBatch } from './append-batch.ts';
import { type AppendUnit, answerUnknown } from './append-unit.ts';
import { applyPlan } from './apply-plan.ts';
import type { BucketState } from './bucket-state.ts';
import { appendLocked } from './append-locked.ts';
import { watchAppend } from './late-append.ts';
import { isEmpty, planAppend } from './plan-append.ts';
import { prepareBatch } from './prepare-batch.ts';
import { NeverSettled, appendFailure, settleAppend } from './settle-append.ts';

/** Times a writer may be overtaken before it takes the head lock first: no starvation. */
const OVERTAKEN_MAX = 3;
/** Bytes of one batch: 4 MB of events pack in about 10 ms, what others on the event loop can bear. */
const BATCH_BYTES_MAX = 4 * 1024 * 1024;
/** Events waiting per bucket: about a quarter of a second of work at full rate; beyond it refusing is kinder (L14). */
const QUEUE_EVENTS_MAX = 30_000;
/** Bytes waiting per bucket. */
const QUEUE_BYTES_MAX = 48 * 1024 * 1024;
/** After a connection broke, newcomers wait this long for the outcome to be settled before they are refused. */
const UNSETTLED_GRACE_MS = 300;

export interface WriterLimits {
  /** Most events of one batch; 2,000 by default, 1 for the baseline of the append benchmark. */
  readonly batchEventsMax: number;
}

export class BucketWriter {
  readonly #state: BucketState;
  readonly #limits: WriterLimits;
  #queue: AppendUnit[] = [];
  #queuedEvents = 0;
  #queuedBytes = 0;
  #running: Promise<void> | null = null;
  /** True while the outcome of an append is not known and has not been for a while. */
  #unsettled = false;
  #closed = false;

  constructor(state: BucketState, limits: WriterLimits) {
    this.#state = state;
    this.#limits = limits;
  }

  get queuedEvents(): number {
    return this.#queuedEvents;
  }

  /** Queues a unit; its `resolve` or `reject` is called once. Throws a Failure when it cannot be queued. */
  submit(unit: AppendUnit): void {
    if (this.#closed) throw unavailable('The log is closing; nothing was stored.');
    if (this.#unsettled)
      throw unavailable('The outcome of an earlier append is not known yet; nothing was stored.');
    const tooMany =
      this.#queuedEvents + unit.events > QUEUE_EVENTS_MAX ||
      this.#queuedBytes + unit.bytes > QUEUE_BYTES_MAX;
    if (tooMany && this.#queue.length > 0)
      throw new Failure('OVERLOADED', 'The log has more events waiting than it accepts.', {
        retryAfterSeconds: 1,
      });
    this.#queue.push(unit);
    this.#queuedEvents += unit.events;
    this.#queuedBytes += unit.bytes;
    this.#running ??= this.#run();
  }

  /** Refuses newcomers and waits until everything queued was answered. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    // Let everything that arrived in this turn of the event loop be queued first: it shares the commit.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) await this.#settleUnits(this.#take());
    this.#running = null;
  }

  /** Every unit is answered when this resolves; it never rejects. */
  async #settleUnits(units: readonly AppendUnit[]): Promise<void> {
    try {
      await this.#append(units);
    } catch (error) {
      this.#state.doubt();
      const answer =
        error instanceof NeverSettled
          ? answerUnknown
          : (unit: AppendUnit): void => {
              unit.reject(appendFailure(error));
            };
      for (const unit of units) answer(unit);
    }
  }

  #take(): AppendUnit[] {
    let events = 0;
    let bytes = 0;
    let count = 0;
    for (const unit of this.#queue) {
      if (
        count > 0 &&
        (events + unit.events > this.#limits.batchEventsMax || bytes + unit.bytes > BATCH_BYTES_MAX)
      )
        break;
      events += unit.events;
      bytes += unit.bytes;
      count++;
    }
    this.#queuedEvents -= events;
    this.#queuedBytes -= bytes;
    return this.#queue.splice(0, count);
  }

  async #append(units: readonly AppendUnit[]): Promise<void> {
    const state = this.#state;
    let thorough = false;
    for (let overtaken = 0; ; overtaken++) {
      await state.catchUp();
      if (overtaken > OVERTAKEN_MAX) {
        await appendLocked(state, units);
        return;
      }
      // The plan sees the keys as they are now, before its first wait: that is the head it holds for.
      const expectedHead = state.keys.known;
      const plan = await planAppend(units, state.planSources(), thorough);
      if (isEmpty(plan)) {
        // An append proves that what was known is current. Without one a version must be asked for.
        if (!thorough && plan.findings.some(({ unit }) => unit.kind === 'decided')) {
          thorough = true;
          state.doubt();
          continue;
        }
        applyPlan(plan, { head: state.keys.known, recordedAt: 0 });
        return;
      }
      const prepared = prepareBatch(plan, {
        bucket: state.bucket,
        expectedHead,
        hasher: state.hasher,
      });
      const startedMs = this.#now();
      const answer = await this.#settled(units, prepared);
      if (answer.appended) {
        state.committed(plan, prepared, answer);
        state.measure(prepared, this.#now() - startedMs);
        applyPlan(plan, answer);
        return;
      }
      // What is known of the head is still true after a refuted presumption.
      if (answer.refuted) thorough = true;
      else state.overtaken();
    }
  }

  /** Sends the batch until its outcome is known; tells callers and newcomers when that takes too long. */
  async #settled(units: readonly AppendUnit[], batch: PreparedBatch): Promise<AppendAnswer> {
    const { database, faults, logger, bucket } = this.#state;
    const refuse = (): void => {
      this.#unsettled = true;
      this.#refuseQueued();
    };
    let grace: NodeJS.Timeout | undefined;
    const late = watchAppend(database, (lateness) => {
      for (const unit of units) answerUnknown(unit);
      refuse();
      logger.warn('callers were told that the outcome of an append is unknown', {
        bucket,
        ...lateness,
      });
    });
    try {
      return await settleAppend(database, batch, {
        faults,
        onUnknown: () => {
          logger.warn('the outcome of an append is unknown, settling it', {
            bucket,
            count: batch.count,
          });
          late.lost();
          grace = setTimeout(refuse, UNSETTLED_GRACE_MS);
        },
        stopped: () => this.#closed,
      });
    } finally {
      late.settled();
      clearTimeout(grace);
      this.#unsettled = false;
    }
  }

  #refuseQueued(): void {
    const refused = this.#queue.splice(0);
    this.#queuedEvents = 0;
    this.#queuedBytes = 0;
    for (const unit of refused)
      unit.reject(
        unavailable('The database cannot be reached; nothing of this request was stored.'),
      );
  }

  #now(): number {
    return performance.now();
  }
}

function unavailable(detail: string): Failure {
  return new Failure('UNAVAILABLE', detail, { retryAfterSeconds: 1 });
}
