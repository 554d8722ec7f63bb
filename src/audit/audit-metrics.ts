import type { AuditClass } from '../core/audit.ts';
import type { MetricRegistry } from '../core/metrics.ts';

export interface AuditMetrics {
  written(of: AuditClass, count: number): void;
  lost(of: AuditClass, count: number): void;
}

/** What the audit trail measures. Tenants and actors are no labels. */
export function createAuditMetrics(metrics: MetricRegistry, queued: () => number): AuditMetrics {
  const written = metrics.counter({
    name: 'comptoir_audit_entries_total',
    help: 'Entries of the audit trail that were stored.',
    labels: ['class'],
  });
  const lost = metrics.counter({
    name: 'comptoir_audit_lost_total',
    help: 'Entries of the audit trail that were lost because too many waited or storing them failed.',
    labels: ['class'],
  });
  metrics.gauge({
    name: 'comptoir_audit_queue',
    help: 'Entries of the audit trail that wait to be stored.',
    collect: queued,
  });
  return {
    written: (of, count) => written.add(count, { class: of }),
    lost: (of, count) => lost.add(count, { class: of }),
  };
}
