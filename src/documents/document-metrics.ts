/** What the PDF service measures. Tenants and documents are no labels. */
import type { MetricRegistry } from '../core/metrics.ts';
import type { WorkerPool } from '../platform/workers/worker-pool.ts';
import type { Verdict } from './verdict.ts';

/** A small file takes some 20 ms; a worker is killed after 13 s, and a second try doubles that. */
const WORK_BUCKETS_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export interface DocumentMetrics {
  judged(verdict: Verdict, ms: number): void;
  operated(outcome: 'done' | 'failed' | 'cancelled', ms: number): void;
  /** Verdicts and operations of all tenants that wait or run. */
  open(count: number): void;
  refusedUpload(): void;
}

export function createDocumentMetrics(
  metrics: MetricRegistry,
  workers: Pick<WorkerPool, 'running'> | null,
): DocumentMetrics {
  const verdicts = metrics.counter({
    name: 'comptoir_documents_verdicts_total',
    help: 'Uploads by the verdict that they got.',
    labels: ['verdict'],
  });
  const operations = metrics.counter({
    name: 'comptoir_documents_operations_total',
    help: 'Operations on documents by what they came to.',
    labels: ['outcome'],
  });
  const seconds = metrics.histogram({
    name: 'comptoir_documents_work_seconds',
    help: 'Time from taking up a verdict or an operation to its end.',
    labels: ['kind'],
    buckets: WORK_BUCKETS_SECONDS,
  });
  const open = metrics.gauge({
    name: 'comptoir_documents_open',
    help: 'Verdicts and operations that wait or run, as the newest upload or job found them.',
  });
  const refused = metrics.counter({
    name: 'comptoir_documents_uploads_refused_total',
    help: 'Uploads refused because too many were being received.',
  });
  if (workers !== null)
    metrics.gauge({
      name: 'comptoir_documents_running',
      help: 'Workers of this process that are busy.',
      collect: () => workers.running,
    });
  return {
    judged(verdict, ms) {
      verdicts.add(1, { verdict });
      seconds.observe(ms / 1000, { kind: 'verdict' });
    },
    operated(outcome, ms) {
      operations.add(1, { outcome });
      seconds.observe(ms / 1000, { kind: 'operation' });
    },
    open: (count) => open.set(count),
    refusedUpload: () => refused.add(1),
  };
}
