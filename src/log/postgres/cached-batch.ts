import type { DataKind, StoredEvent } from '../../core/event.ts';
import type { StoredBatch } from '../codec/stored-batch.ts';
import type { LogBatch } from '../log.ts';

/**
 * A batch of the cache as readers get it: unpacked when the first of its events is looked at. Who follows the log for a
 * few types steps over most batches by `types` alone.
 */
export class CachedBatch implements LogBatch {
  readonly bucket: number;
  readonly firstPosition: bigint;
  readonly lastPosition: bigint;
  readonly count: number;
  readonly types: readonly string[] | null;
  readonly #recordedAtMicros: bigint;
  readonly #unpack: () => StoredBatch;
  #unpacked: StoredBatch | null = null;

  constructor(place: {
    readonly bucket: number;
    readonly first: number;
    readonly last: number;
    readonly types: readonly string[] | null;
    /** Of all its events: a batch of the cache is one append. */
    readonly recordedAt: number;
    readonly unpack: () => StoredBatch;
  }) {
    this.bucket = place.bucket;
    this.firstPosition = BigInt(place.first);
    this.lastPosition = BigInt(place.last);
    this.count = place.last - place.first + 1;
    this.types = place.types;
    this.#recordedAtMicros = BigInt(place.recordedAt);
    this.#unpack = place.unpack;
  }

  get #batch(): StoredBatch {
    this.#unpacked ??= this.#unpack();
    return this.#unpacked;
  }

  get hasSealed(): boolean {
    return this.#batch.hasSealed;
  }

  tenantAt(index: number): string {
    return this.#batch.tenantAt(index);
  }

  typeAt(index: number): string {
    return this.#batch.typeAt(index);
  }

  sourceAt(index: number): string {
    return this.#batch.sourceAt(index);
  }

  dataKindAt(index: number): DataKind {
    return this.#batch.dataKindAt(index);
  }

  recordedAtMicrosAt(): bigint {
    return this.#recordedAtMicros;
  }

  eventAt(index: number): StoredEvent | null {
    return this.#batch.eventAt(index);
  }
}
