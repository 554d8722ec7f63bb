/**
 * The bucket of a tenant. Stored data, partitions of other systems and open cursors depend on this function: it may
 * never change. Golden values stand in bucket.test.ts.
 *
 * FNV-1a with 32 bits over the UTF-8 bytes, offset basis 0x811c9dc5 and prime 0x01000193 (RFC 9923), then the final
 * mix of MurmurHash3 (fmix32), because the low bits of FNV-1a alone spread short similar names badly; then the
 * remainder by the number of buckets.
 */
const FNV_OFFSET_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const ASCII_MAX = 0x7f;
const encoder = new TextEncoder();

/** The bucket from 0 to `bucketCount - 1` that holds every event of `tenant`. */
export function bucketOfTenant(tenant: string, bucketCount: number): number {
  let hash = asciiHash(tenant) ?? bytesHash(encoder.encode(tenant));
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  return (hash >>> 0) % bucketCount;
}

/** Asked many times for every command: encoding each time was a fortieth of what a sale cost here. Null for other texts. */
function asciiHash(text: string): number | null {
  let hash = FNV_OFFSET_BASIS;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > ASCII_MAX) return null;
    hash = Math.imul(hash ^ code, FNV_PRIME);
  }
  return hash;
}

function bytesHash(bytes: Uint8Array): number {
  let hash = FNV_OFFSET_BASIS;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, FNV_PRIME);
  return hash;
}
