import type { DataKind, StoredEvent } from '../../core/event.ts';
import type { LogBatch } from '../log.ts';
import type { BatchDecoder } from './batch-decoder.ts';
import { type BatchPart, recordedAtOf } from './parts.ts';

/** A batch of the log in memory: decoded columns plus where and when it was appended. */
export class StoredBatch implements LogBatch {
  readonly bucket: number;
  readonly firstPosition: bigint;
  readonly lastPosition: bigint;
  readonly count: number;
  readonly hasSealed: boolean;
  /** Types that the decoder knows are enough: whoever holds this has unpacked it. */
  readonly types = null;
  readonly decoder: BatchDecoder;
  /** The appends it consists of, oldest first; at least one. */
  readonly parts: readonly BatchPart[];
  readonly first: number;
  readonly last: number;
  /** Bytes of the decompressed payload, for caches that are bounded in bytes. */
  readonly rawBytes: number;

  constructor(place: {
    bucket: number;
    first: number;
    parts: readonly BatchPart[];
    decoder: BatchDecoder;
    rawBytes: number;
  }) {
    this.bucket = place.bucket;
    this.decoder = place.decoder;
    this.count = place.decoder.count;
    this.hasSealed = place.decoder.hasSealed;
    this.parts = place.parts;
    this.first = place.first;
    this.last = place.first + this.count - 1;
    this.firstPosition = BigInt(this.first);
    this.lastPosition = BigInt(this.last);
    this.rawBytes = place.rawBytes;
  }

  tenantAt(index: number): string {
    return this.decoder.tenantAt(index);
  }

  typeAt(index: number): string {
    return this.decoder.typeAt(index);
  }

  sourceAt(index: number): string {
    return this.decoder.sourceAt(index);
  }

  dataKindAt(index: number): DataKind {
    return this.decoder.dataKindAt(index);
  }

  recordedAtMicrosAt(index: number): bigint {
    return BigInt(this.recordedAt(index));
  }

  /** The same as a number. */
  recordedAt(index: number): number {
    return recordedAtOf(this.parts, this.first + index);
  }

  eventAt(index: number): StoredEvent | null {
    return this.decoder.removedAt(index) ? null : new EventView(this, index);
  }
}

/** One event of a batch; decodes what is asked for. Keeps its batch in memory while it is held. */
class EventView implements StoredEvent {
  readonly #batch: StoredBatch;
  readonly #index: number;

  constructor(batch: StoredBatch, index: number) {
    this.#batch = batch;
    this.#index = index;
  }

  get tenant(): string {
    return this.#batch.tenantAt(this.#index);
  }
  get bucket(): number {
    return this.#batch.bucket;
  }
  get position(): bigint {
    return BigInt(this.#batch.first + this.#index);
  }
  get recordedAtMicros(): bigint {
    return this.#batch.recordedAtMicrosAt(this.#index);
  }
  get id(): string {
    return this.#batch.decoder.idAt(this.#index);
  }
  get source(): string {
    return this.#batch.sourceAt(this.#index);
  }
  get type(): string {
    return this.#batch.typeAt(this.#index);
  }
  get subject(): string | null {
    return this.#batch.decoder.subjectAt(this.#index);
  }
  get time(): string | null {
    return this.#batch.decoder.timeAt(this.#index);
  }
  get dataContentType(): string | null {
    return this.#batch.decoder.contentTypeAt(this.#index);
  }
  get dataSchema(): string | null {
    return this.#batch.decoder.schemaAt(this.#index);
  }
  get extensionsJson(): string | null {
    return this.#batch.decoder.extensionsAt(this.#index);
  }
  get dataKind(): DataKind {
    return this.#batch.decoder.dataKindAt(this.#index);
  }
  get data(): Uint8Array {
    return this.#batch.decoder.dataAt(this.#index);
  }
  get decided(): boolean {
    return this.#batch.decoder.decidedAt(this.#index);
  }
  get stream(): string | null {
    return this.#batch.decoder.streamAt(this.#index);
  }
  get streamVersion(): bigint {
    return this.#batch.decoder.streamVersionAt(this.#index);
  }
}
