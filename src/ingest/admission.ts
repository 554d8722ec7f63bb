/**
 * Admission control: how much work a process takes on at once. What is beyond is refused at once with OVERLOADED, before
 * its body is read, instead of making everything slow (L14).
 */
import { Failure } from '../core/errors.ts';
import type { MetricRegistry } from '../core/metrics.ts';

/** At 15,000 single events a second these are a quarter of a second of work; more would only wait. */
const REQUESTS_MAX = 4_096;
/** Bodies held at once, inflated ones by their inflated size: eight of the largest batches, or 1,000 usual ones. */
const BYTES_MAX = 67_108_864;
const RETRY_AFTER_SECONDS = 1;

export interface AdmissionLimits {
  readonly requestsMax: number;
  readonly bytesMax: number;
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
  limits: AdmissionLimits = { requestsMax: REQUESTS_MAX, bytesMax: BYTES_MAX },
): Admission {
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
    return new Failure(
      'OVERLOADED',
      'The server has more events waiting than it accepts; nothing was stored.',
      {
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      },
    );
  }

  return {
    admit(bytes) {
      if (requests >= limits.requestsMax) throw overloaded();
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
