/** A planted fault in front of the real log: readers are shown events out of order. */
import type { LogBatch } from '../../../src/log/log.ts';
import type { PostgresLog } from '../../../src/log/postgres/postgres-log.ts';

/** Batches read backwards within themselves: every position is there once, in the wrong place. */
export function disordered(log: PostgresLog): PostgresLog {
  return override(log, {
    readBatches: async (bucket, after, options) =>
      (await log.readBatches(bucket, after, options)).map(reversed),
  });
}

function reversed(batch: LogBatch): LogBatch {
  const mirror = (index: number): number => batch.count - 1 - index;
  return {
    bucket: batch.bucket,
    firstPosition: batch.firstPosition,
    lastPosition: batch.lastPosition,
    count: batch.count,
    types: null,
    hasSealed: batch.hasSealed,
    dataKindAt: (index) => batch.dataKindAt(mirror(index)),
    tenantAt: (index) => batch.tenantAt(mirror(index)),
    typeAt: (index) => batch.typeAt(mirror(index)),
    sourceAt: (index) => batch.sourceAt(mirror(index)),
    recordedAtMicrosAt: (index) => batch.recordedAtMicrosAt(mirror(index)),
    eventAt: (index) => batch.eventAt(mirror(index)),
  };
}

/** The log with some of its functions replaced; the others keep their `this`. */
function override(log: PostgresLog, replaced: Partial<PostgresLog>): PostgresLog {
  return new Proxy(log, {
    get(target, name) {
      const own: unknown = Reflect.get(replaced, name) ?? Reflect.get(target, name, target);
      return typeof own === 'function' ? own.bind(target) : own;
    },
  });
}
