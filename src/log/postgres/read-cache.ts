import type { StoredBatch } from '../codec/stored-batch.ts';

/** Batches kept per process after they were read back: a producer that repeats, repeats neighbours. */
const BATCHES_MAX = 64;

/** Most recently used batches that came from the database. */
export class ReadCache {
  readonly #bytesMax: number;
  #batches: StoredBatch[] = [];
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  holding(bucket: number, position: number): StoredBatch | undefined {
    const index = this.#batches.findLastIndex(
      (batch) => batch.bucket === bucket && batch.first <= position && position <= batch.last,
    );
    if (index < 0) return undefined;
    const [batch] = this.#batches.splice(index, 1);
    if (batch) this.#batches.push(batch);
    return batch;
  }

  add(batch: StoredBatch): void {
    this.#batches.push(batch);
    this.#bytes += batch.rawBytes;
    while (
      this.#batches.length > 1 &&
      (this.#bytes > this.#bytesMax || this.#batches.length > BATCHES_MAX)
    )
      this.#bytes -= this.#batches.shift()?.rawBytes ?? 0;
  }

  /** Forgets a bucket: after retention rewrote stored batches. */
  forget(bucket: number): void {
    this.#batches = this.#batches.filter((batch) => batch.bucket !== bucket);
    this.#bytes = this.#batches.reduce((sum, batch) => sum + batch.rawBytes, 0);
  }
}
