/**
 * Runs: the hashes of a range of positions, sorted, cut into blocks. An entry is the hash (key: 8 bytes, subject: 4
 * bytes) and the offset of its position (4 bytes), big-endian, ascending by hash and then by offset. The hash of a
 * block's first entry, moved into PostgreSQL's signed range, and that entry's offset are the block's key in the index.
 */
import { releaseBytes } from '../../platform/memory/release-bytes.ts';

export type RunKind = 'key' | 'subject';

/**
 * Bytes of entries in a block. A row with more than 2 kB is moved out of line by PostgreSQL, in two pieces with an index
 * of their own: writing a run then took twice the CPU and a look-up three descents instead of one.
 */
const BLOCK_BYTES = 1_920;
/** Parts that are sorted one after another, by the upper bits of the hash: about 2 ms each for 2^18 keys. */
const PARTS = 16;
const PART_SHIFT = 28;

/**
 * Entries of a run. All words are 32 bits, kept signed: what does not fit 31 bits unsigned would be an object on the heap
 * for each step of code that is not compiled yet, and sealing a run runs rarely (200 MB of garbage a run).
 */
export interface RunEntries {
  readonly count: number;
  /** For subjects the hash itself; `low` is 0 then. */
  readonly high: Int32Array;
  readonly low: Int32Array;
  /** Position minus the run's first position. */
  readonly offset: Int32Array;
}

/** Gives the memory of entries back that nobody looks at any more. */
export function releaseEntries({ high, low, offset }: RunEntries): void {
  for (const words of [high, low, offset]) releaseBytes(words);
}

/** A sorted run as it is stored: all entries in `bytes`, and where each block begins and ends. */
export interface RunBlocks {
  readonly bytes: Buffer;
  readonly blocks: readonly RunBlock[];
}

export interface RunBlock {
  readonly firstHash: bigint;
  readonly firstOffset: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Sorts by hash, unsigned, ties by offset; offsets must be ascending already. The upper 32 bits and the index make one
 * unsigned number of 64 bits, and the engine's own sort of those does the work: 50 ns a key, where a radix sort over
 * index arrays took 400, nearly all of it cache misses. `breathe` is awaited between parts; equal hashes share one.
 */
export async function sortEntries(
  entries: RunEntries,
  kind: RunKind,
  breathe: () => Promise<unknown>,
): Promise<RunEntries> {
  const { count } = entries;
  const { packed, ends } = partitioned(entries);
  const words = new Int32Array(packed.buffer);
  const order = new Int32Array(count);
  const sorted = {
    count,
    high: new Int32Array(count),
    low: new Int32Array(count),
    offset: new Int32Array(count),
  };
  let start = 0;
  for (const end of ends) {
    await breathe();
    packed.subarray(start, end).sort();
    for (let at = start; at < end; at++) {
      order[at] = words[2 * at + LOWER] ?? 0;
      sorted.high[at] = words[2 * at + UPPER] ?? 0;
    }
    if (kind === 'key') sortTies({ order, high: sorted.high, low: entries.low, start, end });
    for (let at = start; at < end; at++) {
      const index = order[at] ?? 0;
      sorted.low[at] = entries.low[index] ?? 0;
      sorted.offset[at] = entries.offset[index] ?? 0;
    }
    start = end;
  }
  for (const used of [packed, order]) releaseBytes(used);
  return sorted;
}

/** Halves of a 64-bit number in memory; every platform of Node is little-endian. */
const LOWER = 0;
const UPPER = 1;

/** Hash and index of every entry as one number, grouped by the upper bits; `ends` are the ends of the groups. */
function partitioned({ count, high }: RunEntries): { packed: BigUint64Array; ends: number[] } {
  const counts = Array.from({ length: PARTS }, () => 0);
  for (let index = 0; index < count; index++) {
    const part = (high[index] ?? 0) >>> PART_SHIFT;
    counts[part] = (counts[part] ?? 0) + 1;
  }
  let end = 0;
  const ends = counts.map((size) => (end += size));
  const next = ends.map((last, part) => last - (counts[part] ?? 0));
  const packed = new BigUint64Array(count);
  const words = new Int32Array(packed.buffer);
  for (let index = 0; index < count; index++) {
    const upper = high[index] ?? 0;
    const part = upper >>> PART_SHIFT;
    const at = next[part] ?? 0;
    words[2 * at + LOWER] = index;
    words[2 * at + UPPER] = upper;
    next[part] = at + 1;
  }
  return { packed, ends };
}

interface Ties {
  readonly order: Int32Array;
  readonly high: Int32Array;
  readonly low: Int32Array;
  readonly start: number;
  readonly end: number;
}

/** Orders entries with equal upper halves by the lower one, unsigned, equal ones by offset. */
function sortTies({ order, high, low, ...range }: Ties): void {
  const lowOf = (index: number): number => (low[index] ?? 0) >>> 0;
  let start = range.start;
  for (let end = start + 1; end <= range.end; end++) {
    if (end < range.end && high[end] === high[start]) continue;
    if (end - start > 1) order.subarray(start, end).sort((a, b) => lowOf(a) - lowOf(b) || a - b);
    start = end;
  }
}

/** Writes sorted entries as they are stored and cuts them into blocks. */
export function toBlocks(sorted: RunEntries, kind: RunKind): RunBlocks {
  const { count } = sorted;
  const entryBytes = entryBytesOf(kind);
  const perBlock = Math.floor(BLOCK_BYTES / entryBytes);
  const bytes = Buffer.allocUnsafeSlow(count * entryBytes);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (let index = 0; index < count; index++) {
    view.setInt32(at, sorted.high[index] ?? 0);
    if (kind === 'key') view.setInt32(at + 4, sorted.low[index] ?? 0);
    at += entryBytes;
    view.setInt32(at - 4, sorted.offset[index] ?? 0);
  }
  const blocks = Array.from({ length: Math.ceil(count / perBlock) }, (_, block): RunBlock => {
    const first = block * perBlock;
    return {
      firstHash: indexHash(kind, sorted.high[first] ?? 0, sorted.low[first] ?? 0),
      firstOffset: sorted.offset[first] ?? 0,
      start: first * entryBytes,
      end: Math.min(first + perBlock, count) * entryBytes,
    };
  });
  return { bytes, blocks };
}

/** Keys of the blocks of a key run in order, as `toBlocks` wrote them. */
export function readKeys(blocks: readonly Buffer[]): RunEntries {
  const entryBytes = entryBytesOf('key');
  const count = blocks.reduce((sum, block) => sum + block.length / entryBytes, 0);
  const high = new Int32Array(count);
  const low = new Int32Array(count);
  const offset = new Int32Array(count);
  let index = 0;
  for (const block of blocks)
    for (let at = 0; at < block.length; at += entryBytes, index++) {
      high[index] = block.readInt32BE(at);
      low[index] = block.readInt32BE(at + 4);
      offset[index] = block.readInt32BE(at + 8);
    }
  return { count, high, low, offset };
}

/** The hash as the index column orders it: unsigned order in PostgreSQL's signed 64 bits. */
export function indexHash(kind: RunKind, high: number, low: number): bigint {
  if (kind === 'subject') return BigInt(high >>> 0);
  return BigInt.asIntN(64, ((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)) - (1n << 63n));
}

/**
 * Offsets of the entries of a block whose hash matches: all of `high` and, unless `low` is null, all of `low`.
 * Ascending by hash, then offset.
 */
export function matchesIn(
  entries: Buffer,
  kind: RunKind,
  hash: { high: number; low: number | null },
): number[] {
  const entryBytes = entryBytesOf(kind);
  const wanted = hash.high >>> 0;
  const wantedLow = hash.low === null ? null : hash.low >>> 0;
  let from = 0;
  let to = entries.length / entryBytes;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (entries.readUInt32BE(middle * entryBytes) < wanted) from = middle + 1;
    else to = middle;
  }
  const offsets: number[] = [];
  for (let at = from * entryBytes; at < entries.length; at += entryBytes) {
    if (entries.readUInt32BE(at) !== wanted) break;
    if (kind === 'key' && wantedLow !== null && entries.readUInt32BE(at + 4) !== wantedLow)
      continue;
    offsets.push(entries.readUInt32BE(at + entryBytes - 4));
  }
  return offsets;
}

function entryBytesOf(kind: RunKind): number {
  return kind === 'key' ? 12 : 8;
}
