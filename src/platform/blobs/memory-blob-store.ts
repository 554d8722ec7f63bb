/** Blobs in memory: for tests of what stands on a blob store, under the contract that the files keep. */
import type { BlobStore } from '../../core/blobs.ts';

export interface MemoryBlobStore extends BlobStore {
  /** The stored bytes, as an onlooker of the disk would see them. */
  readonly kept: ReadonlyMap<string, Uint8Array>;
}

export function createMemoryBlobStore(): MemoryBlobStore {
  const kept = new Map<string, Uint8Array>();
  const keptAt = new Map<string, number>();
  return {
    kept,
    draft() {
      const chunks: Uint8Array[] = [];
      return Promise.resolve({
        write(bytes) {
          chunks.push(Uint8Array.from(bytes));
          return Promise.resolve();
        },
        keep(key) {
          if (!kept.has(key)) {
            kept.set(key, Buffer.concat(chunks));
            keptAt.set(key, Date.now());
          }
          return Promise.resolve();
        },
        drop: () => Promise.resolve(),
      });
    },
    open(key) {
      const bytes = kept.get(key);
      return Promise.resolve(bytes === undefined ? null : oneChunk(bytes));
    },
    remove(key) {
      kept.delete(key);
      return Promise.resolve();
    },
    async *olderThan(ageMs) {
      const before = Date.now() - ageMs;
      for (const key of kept.keys())
        if ((keptAt.get(key) ?? 0) <= before) yield await Promise.resolve(key);
    },
  };
}

async function* oneChunk(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}
