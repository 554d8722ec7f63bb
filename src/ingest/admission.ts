/**
 * Admission control: how much work a process takes on at once. What is beyond is refused at once with OVERLOADED, before
 * its body is read, instead of making everything slow (L14).
 */
import { Failure } from '../core/errors.ts';
import type { Counter, MetricRegistry } from '../core/metrics.ts';

/** At 15,000 single events a second these are a seventh of a second of work; more would only wait. */
const REQUESTS_MAX = 2_048;
/** Bodies held at once, inflated ones by their inflated size: eight of the largest batches, or 1,000 usual ones. */
const BYTES_MAX = 67_108_864;
/**
 * Events that the log has queued when newcomers are refused: less than a tenth of a second of work at full rate, so that
 * what is admitted is answered soon and refusing costs neither the body nor its parsing. The time that the event loop
 * spends in a turn was tried beside it (25 ms): where others use the processor too, it refused loads that were taken.
 */
const QUEUED_EVENTS_MAX = 10_000;
const RETRY_AFTER_SECONDS = 1;

/**
 * Bodies that wait to be parsed count as events of this size: what orders take on the wire. Most bodies of a turn wait until
 * its end, so with a smaller one a hundred usual batches at once would be refused in part where there is room for all.
 */
const EVENT_BYTES = 544;

/**
 * What may be under way of requests that another process admits beforehand and refuses itself beyond that: as much as is let
 * wait here, so that there is always work and hardly any of it is refused here.
 */
export const ADMITTED_BEFORE_MAX = {
  requests: REQUESTS_MAX / 2,
  bytes: QUEUED_EVENTS_MAX * EVENT_BYTES,
} as const;

/** Made once: its stack means nothing, and taking one for each refusal was a fifth of what a refusal costs. */
export const OVERLOADED = new Failure(
  'OVERLOADED',
  'The server has more events waiting than it accepts; nothing was stored.',
  { retryAfterSeconds: RETRY_AFTER_SECONDS },
);

export interface AdmissionLimits {
  readonly requestsMax: number;
  readonly bytesMax: number;
  /** Events waiting in the log at this moment; without it only requests and bytes count. */
  readonly queuedEvents?: () => number;
}

/** The share of one request. */
export interface Ticket {
  /** Takes `bytes` more. Errors: OVERLOADED. */
  grow(bytes: number): void;
  /** The body is there and waits to be parsed: until `parsed` it counts as its events will. */
  waits(): void;
  parsed(): void;
  /** Gives everything back; later calls do nothing. */
  release(): void;
}

export interface Admission {
  /** Null for a request that is to be refused: under overload most are, so it is not thrown. */
  admit(bytes: number): Ticket | null;
  /** Counts requests that another process refused for this one. */
  refusedElsewhere(requests: number): void;
}

/** What the requests under way hold together. */
interface Held {
  requests: number;
  bytes: number;
  /** Of bodies that are there and wait to be parsed. */
  waitingBytes: number;
}

export function createAdmission(
  metrics: MetricRegistry,
  chosen: Partial<AdmissionLimits> = {},
): Admission {
  const limits = { requestsMax: REQUESTS_MAX, bytesMax: BYTES_MAX, ...chosen };
  const held: Held = { requests: 0, bytes: 0, waitingBytes: 0 };
  const refused = defineMetrics(metrics, held);

  function take(bytes: number): boolean {
    if (held.bytes + bytes > limits.bytesMax) return refuse();
    held.bytes += bytes;
    return true;
  }

  function refuse(): false {
    refused.add(1);
    return false;
  }

  function isFull(): boolean {
    const queued = (limits.queuedEvents?.() ?? 0) + held.waitingBytes / EVENT_BYTES;
    return held.requests >= limits.requestsMax || queued > QUEUED_EVENTS_MAX;
  }

  return {
    admit(bytes) {
      if (isFull()) refuse();
      else if (take(bytes)) return ticketOf(held, bytes, take);
      return null;
    },
    refusedElsewhere: (requests) => refused.add(requests),
  };
}

function ticketOf(held: Held, bytes: number, take: (bytes: number) => boolean): Ticket {
  let own = bytes;
  let waiting = 0;
  let released = false;
  held.requests++;
  const parsed = (): void => {
    held.waitingBytes -= waiting;
    waiting = 0;
  };
  return {
    grow(more) {
      if (!take(more)) throw OVERLOADED;
      own += more;
    },
    waits() {
      held.waitingBytes += own - waiting;
      waiting = own;
    },
    parsed,
    release() {
      if (released) return;
      released = true;
      held.requests--;
      held.bytes -= own;
      parsed();
    },
  };
}

/** Answers with the counter of refusals. */
function defineMetrics(metrics: MetricRegistry, held: Held): Counter {
  metrics.gauge({
    name: 'comptoir_ingest_requests',
    help: 'Ingest requests under way.',
    collect: () => held.requests,
  });
  metrics.gauge({
    name: 'comptoir_ingest_body_bytes',
    help: 'Bytes of request bodies held by ingest.',
    collect: () => held.bytes,
  });
  return metrics.counter({
    name: 'comptoir_ingest_refused_total',
    help: 'Ingest requests refused by admission control.',
  });
}
