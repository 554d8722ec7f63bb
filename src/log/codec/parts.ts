/**
 * The appends that a merged row consists of, in order: 16 bytes batch id, 8 bytes last position, 8 bytes recorded time
 * (microseconds), little-endian. Batch ids settle unknown outcomes, recorded times belong to the append: both survive
 * compaction.
 */
export interface BatchPart {
  readonly batchId: string;
  readonly lastPosition: number;
  readonly recordedAt: number;
}

/** Recorded time of the event at a position, in microseconds since the epoch; safe as a number until the year 2255. */
export function recordedAtOf(parts: readonly BatchPart[], position: number): number {
  let low = 0;
  let high = parts.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle]?.lastPosition ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return parts[low]?.recordedAt ?? 0;
}

const PART_BYTES = 32;

export function encodeParts(parts: readonly BatchPart[]): Buffer {
  const bytes = Buffer.alloc(parts.length * PART_BYTES);
  parts.forEach((part, index) => {
    const at = index * PART_BYTES;
    bytes.write(part.batchId.replaceAll('-', ''), at, 'hex');
    bytes.writeBigInt64LE(BigInt(part.lastPosition), at + 16);
    bytes.writeBigInt64LE(BigInt(part.recordedAt), at + 24);
  });
  return bytes;
}

export function decodeParts(bytes: Buffer): BatchPart[] {
  return Array.from({ length: bytes.length / PART_BYTES }, (_, index) => {
    const at = index * PART_BYTES;
    const hex = bytes.toString('hex', at, at + 16);
    const groups = [
      hex.slice(0, 8),
      hex.slice(8, 12),
      hex.slice(12, 16),
      hex.slice(16, 20),
      hex.slice(20),
    ];
    return {
      batchId: groups.join('-'),
      lastPosition: Number(bytes.readBigInt64LE(at + 16)),
      recordedAt: Number(bytes.readBigInt64LE(at + 24)),
    };
  });
}
