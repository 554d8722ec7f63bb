import type { StoredBatch } from '../codec/stored-batch.ts';
import { ExactTable } from '../dedupe/exact-table.ts';
import type { KeyHasher } from '../dedupe/key-hasher.ts';

/** Batches kept per process after they were read back: a producer that repeats, repeats neighbours. */
const BATCHES_MAX = 64;

interface Entry {
  readonly batch: StoredBatch;
  /** Its keys, made when the first of them is asked for. */
  keys: ExactTable | null;
}

/** Most recently used batches that came from the database. */
export class ReadCache {
  readonly #bytesMax: number;
  readonly #hasher: KeyHasher;
  #entries: Entry[] = [];
  #bytes = 0;
  /** How often each bucket was forgotten. */
  readonly #forgotten = new Map<number, number>();

  constructor(bytesMax: number, hasher: KeyHasher) {
    this.#bytesMax = bytesMax;
    this.#hasher = hasher;
  }

  holding(bucket: number, position: number): StoredBatch | undefined {
    const index = this.#entries.findLastIndex(
      ({ batch }) => batch.bucket === bucket && batch.first <= position && position <= batch.last,
    );
    return index < 0 ? undefined : this.#used(index).batch;
  }

  /**
   * A position with this key hash, and the batch that has it. Hashing the keys of a batch takes 0.2 us an event, once
   * while it is held.
   */
  recall(
    bucket: number,
    hash: { readonly high: number; readonly low: number },
  ): { batch: StoredBatch; position: number } | undefined {
    // From the last one used: who repeats, goes through a batch in order.
    for (let index = this.#entries.length - 1; index >= 0; index--) {
      const entry = this.#entries[index];
      if (entry === undefined || entry.batch.bucket !== bucket) continue;
      const keys = (entry.keys ??= keysOf(entry.batch, this.#hasher));
      const slot = keys.find(hash.high, hash.low, keys.first(hash.low));
      if (slot >= 0) return { batch: this.#used(index).batch, position: keys.positionAt(slot) };
    }
    return undefined;
  }

  /** Asked before a read of the bucket begins, for `add`. */
  timesForgotten(bucket: number): number {
    return this.#forgotten.get(bucket) ?? 0;
  }

  /** Keeps a batch, unless its bucket was forgotten since the read began: it may be as it was before. */
  add(batch: StoredBatch, timesForgotten: number): void {
    if (timesForgotten !== this.timesForgotten(batch.bucket)) return;
    this.#entries.push({ batch, keys: null });
    this.#bytes += batch.rawBytes;
    while (
      this.#entries.length > 1 &&
      (this.#bytes > this.#bytesMax || this.#entries.length > BATCHES_MAX)
    )
      this.#bytes -= this.#entries.shift()?.batch.rawBytes ?? 0;
  }

  /** Forgets a bucket: after retention or an erasure rewrote stored batches. */
  forget(bucket: number): void {
    this.#forgotten.set(bucket, this.timesForgotten(bucket) + 1);
    this.#entries = this.#entries.filter(({ batch }) => batch.bucket !== bucket);
    this.#bytes = this.#entries.reduce((sum, { batch }) => sum + batch.rawBytes, 0);
  }

  /** Moves an entry to the end, where those stand that go last. */
  #used(index: number): Entry {
    const newest = this.#entries.at(-1);
    if (newest !== undefined && index === this.#entries.length - 1) return newest;
    const [entry] = this.#entries.splice(index, 1);
    if (entry === undefined) throw new RangeError(`no batch ${index} in the cache`);
    this.#entries.push(entry);
    return entry;
  }
}

/** The keys of the received events of a batch. */
function keysOf({ decoder, first, count }: StoredBatch, hasher: KeyHasher): ExactTable {
  const keys = new ExactTable(first - 1, count);
  const key = { bytes: new Uint8Array(0), idStart: 0, idEnd: 0, source: '' };
  for (let index = 0; index < count; index++) {
    if (decoder.removedAt(index) || decoder.decidedAt(index)) continue;
    decoder.readId(index, key);
    key.source = decoder.sourceAt(index);
    hasher.keyOf(decoder.tenantAt(index), key);
    keys.add(hasher.high, hasher.low, first + index);
  }
  return keys;
}
