/**
 * Whether this process may have let a request with a key in before. Nearly every key is new, and looking each up before
 * the append does it again cost a statement for little; a repeat comes within minutes and mostly to the same process. A key that is not known here needs no
 * look: the append verifies it under the lock, and whoever gets no further than a refusal asks then (settle-round).
 *
 * Two Bloom filters (Bloom 1970) in turn: the older one is forgotten when the newer one is full, so the newest 300,000
 * keys at least are known, in a megabyte, and of those that are new one in a hundred is looked up in vain.
 */

/** 2^22: fourteen bits a key. */
const BITS = 4_194_304;
const KEYS_PER_FILTER = 300_000;
/** Words of the key that each choose a bit. Keys are keyed hashes, so they are as good as random. */
const HASHES = 4;
const HASH_BYTES = 4;

export interface RecentKeys {
  /** False: nobody has asked with it here for a long time. */
  mayHold(key: Uint8Array): boolean;
  add(key: Uint8Array): void;
}

export function createRecentKeys(keysPerFilter = KEYS_PER_FILTER): RecentKeys {
  let newer = new Uint32Array(BITS / 32);
  let older = new Uint32Array(BITS / 32);
  let added = 0;
  return {
    mayHold: (key) => holds(newer, key) || holds(older, key),
    add(key) {
      if (added >= keysPerFilter) {
        [newer, older] = [older, newer];
        newer.fill(0);
        added = 0;
      }
      added += 1;
      for (let hash = 0; hash < HASHES; hash += 1) {
        const bit = bitOf(key, hash);
        newer[bit >>> 5] = (newer[bit >>> 5] ?? 0) | (1 << (bit & 31));
      }
    },
  };
}

function holds(filter: Uint32Array, key: Uint8Array): boolean {
  for (let hash = 0; hash < HASHES; hash += 1) {
    const bit = bitOf(key, hash);
    if (((filter[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false;
  }
  return true;
}

function bitOf(key: Uint8Array, hash: number): number {
  const at = hash * HASH_BYTES;
  const [a = 0, b = 0, c = 0] = [key[at], key[at + 1], key[at + 2]];
  return ((a << 16) | (b << 8) | c) & (BITS - 1);
}
