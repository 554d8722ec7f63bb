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
const encoder = new TextEncoder();

/** The bucket from 0 to `bucketCount - 1` that holds every event of `tenant`. */
export function bucketOfTenant(tenant: string, bucketCount: number): number {
  let hash = FNV_OFFSET_BASIS;
  for (const byte of encoder.encode(tenant)) hash = Math.imul(hash ^ byte, FNV_PRIME);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  return (hash >>> 0) % bucketCount;
}
