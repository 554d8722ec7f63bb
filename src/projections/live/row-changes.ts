/** Which rows of a read model the events of the log touch, and what those rows are now. */
import type { ReadModel } from '../../core/read-model.ts';
import { mayHold, type LogReader } from '../../log/log.ts';
import { KEYS_PER_READ_MAX, type Projections, type ReadRow } from '../projections.ts';
import { createPreparer } from '../read-chunk.ts';

/** Bounds what one read holds in memory. */
const EVENTS_PER_READ = 2_000;

export interface RowChange {
  readonly key: string;
  /** Null when the row is there no more. */
  readonly row: ReadRow | null;
}

export interface RowChanges {
  /** Adds the keys of the rows that the next events touch; answers with the position of the last one looked at. */
  keysBehind(after: bigint, keys: Set<string>): Promise<bigint>;
  /** What they are now. The projection must have handled what touched them. */
  rowsOf(keys: Iterable<string>): Promise<readonly RowChange[]>;
}

export interface RowChangesDependencies {
  /** Reveals personal data. */
  readonly log: LogReader;
  readonly projections: Projections;
}

export function createRowChanges(
  { log, projections }: RowChangesDependencies,
  of: { readonly model: ReadModel; readonly tenant: string },
): RowChanges {
  const { model, tenant } = of;
  const bucket = log.bucketOf(tenant);
  const preparer = createPreparer(model);
  const { types } = preparer;
  const reader = projections.reader(model);
  return {
    async keysBehind(after, keys) {
      const options = { eventsMax: EVENTS_PER_READ, types };
      let last = after;
      for (const batch of await log.readBatches(bucket, after, options)) {
        last = batch.lastPosition;
        if (!mayHold(batch, types)) continue;
        const first = Math.max(0, Number(after - batch.firstPosition + 1n));
        for (let index = first; index < batch.count; index += 1) {
          if (batch.tenantAt(index) !== tenant || !types.has(batch.typeAt(index))) continue;
          for (const key of preparer.prepareAt(batch, index)?.keys ?? []) keys.add(key);
        }
      }
      return last;
    },
    async rowsOf(keys) {
      const asked = [...keys];
      const changes: RowChange[] = [];
      for (let from = 0; from < asked.length; from += KEYS_PER_READ_MAX) {
        const some = asked.slice(from, from + KEYS_PER_READ_MAX);
        const rows = await reader.getMany({ tenant, keys: some });
        for (const key of some) changes.push({ key, row: rows.get(key) ?? null });
      }
      return changes;
    },
  };
}
