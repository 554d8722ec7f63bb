import { randomUUID } from 'node:crypto';
import { BatchEncoder } from '../codec/batch-encoder.ts';
import { COMPRESSION, type PackedPayload, packPayload } from '../codec/packed-batch.ts';
import type { KeyHasher } from '../dedupe/key-hasher.ts';
import type { PreparedBatch } from './append-batch.ts';
import type { AppendPlan } from './plan-append.ts';
import { prepareAnswers, prepareCommands, prepareStreams } from './prepare-rows.ts';

/** A batch with more distinct values than this has no statistic for them: it is always unpacked. */
const STATISTIC_VALUES_MAX = 64;

/** One encoder a process is enough: encoding is synchronous. */
const encoder = new BatchEncoder();
/** Of a batch that holds answers or command ids and no event: nothing of it is stored. */
const NOTHING_PACKED: PackedPayload = { codec: 0, checksum: 0, payload: Buffer.alloc(0) };

/** Packs the fresh events of a plan for one append. */
export function prepareBatch(
  plan: AppendPlan,
  place: { bucket: number; expectedHead: number; hasher: KeyHasher },
): PreparedBatch {
  const { fresh } = plan;
  encoder.begin();
  const keyHashes = Buffer.allocUnsafe(fresh.length * 8);
  const subjectHashes = Buffer.alloc(fresh.length * 4);
  let anySubject = false;
  fresh.forEach((event, index) => {
    encoder.add(event.draft, {
      tenant: event.tenant,
      decided: event.stream !== null,
      stream: event.stream,
      streamVersion: event.streamVersion,
    });
    keyHashes.writeInt32BE(event.high, index * 8);
    keyHashes.writeInt32BE(event.low, index * 8 + 4);
    const subject = place.hasher.subjectOf(event.tenant, event.draft);
    if (subject === 0) return;
    anySubject = true;
    subjectHashes.writeInt32BE(subject, index * 4);
  });
  const packed =
    fresh.length === 0 ? NOTHING_PACKED : packPayload(encoder.finish(), COMPRESSION.append);
  return {
    bucket: place.bucket,
    expectedHead: place.expectedHead,
    batchId: randomUUID(),
    count: fresh.length,
    packed,
    keyHashes,
    subjectHashes: anySubject ? subjectHashes : null,
    ...statisticsOf(encoder.values(), place.hasher),
    streams: prepareStreams(plan),
    presumed: plan.presumed,
    answers: prepareAnswers(plan.answers),
    commands: prepareCommands(plan.commands),
  };
}

/** Keyed hashes of tenants and sources, and types as they are. */
export function statisticsOf(
  values: { tenants: readonly string[]; sources: readonly string[]; types: readonly string[] },
  hasher: KeyHasher,
): Pick<PreparedBatch, 'tenants' | 'sources' | 'types'> {
  const few = <T>(list: readonly T[]): readonly T[] | null =>
    list.length <= STATISTIC_VALUES_MAX ? list : null;
  return {
    tenants: few(values.tenants)?.map((tenant) => hasher.statistic('tenant', tenant)) ?? null,
    sources: few(values.sources)?.map((source) => hasher.statistic('source', source)) ?? null,
    types: few(values.types),
  };
}
