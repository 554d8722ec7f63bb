/**
 * Admission control: how much work a process takes on at once. What is beyond is refused at once with OVERLOADED, before
 * its body is read, instead of making everything slow (L14).
 */
import { Failure } from '../core/errors.ts';
import type { MetricRegistry } from '../core/metrics.ts';

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

/** Made once: its stack means nothing, and taking one for each refusal was a fifth of what a refusal costs. */
const OVERLOADED = new Failure(
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
  /** Gives everything back; later calls do nothing. */
  release(): void;
}

export interface Admission {
  /** Errors: OVERLOADED. */
  admit(bytes: number): Ticket;
}

export function createAdmission(
  metrics: MetricRegistry,
  chosen: Partial<AdmissionLimits> = {},
): Admission {
  const limits = { requestsMax: REQUESTS_MAX, bytesMax: BYTES_MAX, ...chosen };
  let requests = 0;
  let total = 0;
  const refused = metrics.counter({
    name: 'comptoir_ingest_refused_total',
    help: 'Ingest requests refused by admission control.',
  });
  metrics.gauge({
    name: 'comptoir_ingest_requests',
    help: 'Ingest requests under way.',
    collect: () => requests,
  });
  metrics.gauge({
    name: 'comptoir_ingest_body_bytes',
    help: 'Bytes of request bodies held by ingest.',
    collect: () => total,
  });

  function take(bytes: number): void {
    if (total + bytes > limits.bytesMax) throw overloaded();
    total += bytes;
  }

  function overloaded(): Failure {
    refused.add(1);
    return OVERLOADED;
  }

  return {
    admit(bytes) {
      const queued = limits.queuedEvents?.() ?? 0;
      if (requests >= limits.requestsMax || queued > QUEUED_EVENTS_MAX) throw overloaded();
      take(bytes);
      requests++;
      let held = bytes;
      let released = false;
      return {
        grow(more) {
          take(more);
          held += more;
        },
        release() {
          if (released) return;
          released = true;
          requests--;
          total -= held;
        },
      };
    },
  };
}
