/**
 * The log as everybody but the writer reads it: sealed fields in clear, those of erased persons null. Batches without
 * sealed events pass as they are.
 */
import { DataKind, type StoredEvent } from '../core/event.ts';
import { mayHold, type LogBatch, type LogReader } from '../log/log.ts';

/** What reveals; `PersonalDataService` does. */
export interface Revealing {
  revealer(events: Iterable<StoredEvent>): Promise<(event: StoredEvent) => StoredEvent>;
}

export function revealingReader(log: LogReader, personal: Revealing): LogReader {
  return {
    incarnation: log.incarnation,
    bucketCount: log.bucketCount,
    bucketOf: (tenant) => log.bucketOf(tenant),
    head: (bucket) => log.head(bucket),
    knownHead: (bucket) => log.knownHead(bucket),
    onAppend: (bucket, listener) => log.onAppend(bucket, listener),
    async readBatches(bucket, after, options) {
      const batches = await log.readBatches(bucket, after, options);
      const { types } = options;
      const sealed = batches.filter(
        (batch) => (types === undefined || mayHold(batch, types)) && batch.hasSealed,
      );
      if (sealed.length === 0) return batches;
      const reveal = await personal.revealer(sealedIn(sealed));
      const revealed = new Set(sealed);
      return batches.map((batch) => (revealed.has(batch) ? revealedBatch(batch, reveal) : batch));
    },
    async readStream(tenant, stream, options) {
      return revealAll(personal, await log.readStream(tenant, stream, options));
    },
    streamVersions: (tenant, streams) => log.streamVersions(tenant, streams),
    async find(query) {
      const page = await log.find(query);
      return { ...page, events: await revealAll(personal, page.events) };
    },
    async findNewest(query) {
      const page = await log.findNewest(query);
      return { ...page, events: await revealAll(personal, page.events) };
    },
  };
}

async function revealAll(
  personal: Revealing,
  events: readonly StoredEvent[],
): Promise<readonly StoredEvent[]> {
  if (!events.some(({ dataKind }) => dataKind === DataKind.sealed)) return events;
  return events.map(await personal.revealer(events));
}

function* sealedIn(batches: readonly LogBatch[]): Iterable<StoredEvent> {
  for (const batch of batches) {
    if (!batch.hasSealed) continue;
    for (let index = 0; index < batch.count; index++) {
      if (batch.dataKindAt(index) !== DataKind.sealed) continue;
      const event = batch.eventAt(index);
      if (event !== null) yield event;
    }
  }
}

/** Events are revealed when they are asked for: most readers want few of a batch. */
function revealedBatch(batch: LogBatch, reveal: (event: StoredEvent) => StoredEvent): LogBatch {
  return {
    bucket: batch.bucket,
    firstPosition: batch.firstPosition,
    lastPosition: batch.lastPosition,
    count: batch.count,
    hasSealed: false,
    types: batch.types,
    tenantAt: (index) => batch.tenantAt(index),
    typeAt: (index) => batch.typeAt(index),
    sourceAt: (index) => batch.sourceAt(index),
    recordedAtMicrosAt: (index) => batch.recordedAtMicrosAt(index),
    dataKindAt(index) {
      const kind = batch.dataKindAt(index);
      return kind === DataKind.sealed ? DataKind.json : kind;
    },
    eventAt(index) {
      const event = batch.eventAt(index);
      return event === null ? null : reveal(event);
    },
  };
}
