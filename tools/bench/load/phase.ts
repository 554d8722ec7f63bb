import type { Histogram } from '../histogram.ts';
import type { IdKind } from '../options.ts';

/** One stretch of load, all of whose requests have the same shape. */
export interface LoadPhase {
  readonly host: string;
  readonly port: number;
  readonly apiKey: string;
  /** 1 posts single structured events, more posts batches. */
  readonly eventsPerRequest: number;
  readonly connections: number;
  /** Load before measuring begins: the server's code gets compiled, its caches fill. */
  readonly warmUpSeconds: number;
  /** Longest measuring time. */
  readonly seconds: number;
  /** Number of the first event; a multiple of `eventsPerRequest`. */
  readonly firstEvent: number;
  /** Ends the phase early after so many requests. */
  readonly requestsMax?: number;
  /** Starts again at `firstEvent` after so many requests: every further event is a duplicate. */
  readonly requestsDistinct?: number;
  /** Open loop at this rate; without it every connection sends as soon as it was answered. */
  readonly eventsPerSecond?: number;
  /** In an open loop: latency counts from sending, not from when the request was due; for loads beyond what is taken. */
  readonly latencyFromSending?: boolean;
  /** Connects again after a lost connection instead of failing: for phases that kill the server. */
  readonly lossExpected?: boolean;
  /** So many subjects come round in turn; without it each order is a subject. */
  readonly subjects?: number;
  readonly seed: number;
  readonly ids: IdKind;
}

export interface Counts {
  /** Requests answered. */
  requests: number;
  /** Events by their answer; `rejected` also counts whole requests refused with 4xx. */
  accepted: number;
  duplicates: number;
  rejected: number;
  /** Events of requests refused with 429, 503 or 507. */
  refused: number;
  /** Requests without an answer because the connection broke. */
  lost: number;
  /** Sampled answers whose counts and results disagree. */
  broken: number;
}

export interface LoadResult {
  /** From the beginning of measuring to its end. */
  readonly measured: Counts;
  /** From the beginning of measuring until the last answer: what the CPU read after the phase paid for. */
  readonly answered: Counts;
  /** Warm-up included. */
  readonly total: Counts;
  readonly measuredSeconds: number;
  /** Latency of the requests answered while measuring, but for those refused. */
  readonly latency: Histogram;
  /** Latency of those refused. */
  readonly refusals: Histogram;
  /** Different requests sent; the next phase begins at event `firstEvent + requestsSent * eventsPerRequest`. */
  readonly requestsSent: number;
  /** CPU seconds of the load process while measuring. */
  readonly cpuSeconds: number;
  /** First answer that was neither 2xx nor a refusal, for the report. */
  readonly firstProblem: string | undefined;
}

export function zeroCounts(): Counts {
  return {
    requests: 0,
    accepted: 0,
    duplicates: 0,
    rejected: 0,
    refused: 0,
    lost: 0,
    broken: 0,
  };
}

export function countsSince(now: Counts, before: Counts): Counts {
  return {
    requests: now.requests - before.requests,
    accepted: now.accepted - before.accepted,
    duplicates: now.duplicates - before.duplicates,
    rejected: now.rejected - before.rejected,
    refused: now.refused - before.refused,
    lost: now.lost - before.lost,
    broken: now.broken - before.broken,
  };
}
