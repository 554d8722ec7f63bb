/**
 * Runs: the hashes of a range of positions, sorted, cut into blocks. An entry is the hash (key: 8 bytes, subject: 4
 * bytes) and the offset of its position (4 bytes), big-endian, ascending by hash and then by offset. The hash of a
 * block's first entry, moved into PostgreSQL's signed range, and that entry's offset are the block's key in the index.
 */
export type RunKind = 'key' | 'subject';

/** Entries a block: 3 kB for keys, what one look-up reads. */
const BLOCK_ENTRIES = 256;
/** An index and 32 bits of hash share a double exactly: 21 + 32 bits of its 53. */
const INDEX_SCALE = 2 ** 21;
/** Parts that are sorted one after another, by the upper bits of the hash: about 5 ms each for a million keys. */
const PARTS = 16;
const PART_SHIFT = 28;

/** Hashes of a run before they are sorted. For subjects `high` is the hash and `low` stays 0. */
export interface RunEntries {
  readonly count: number;
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  /** Position minus the run's first position. */
  readonly offset: Uint32Array;
}

export interface RunBlock {
  readonly firstHash: bigint;
  readonly firstOffset: number;
  readonly entries: Buffer;
}

/**
 * Sorts by hash, ties by offset; offsets must be ascending already, and at most 2^21 entries are taken. The upper 32 bits
 * and the index go into one double and the engine's own sort of numbers does the work (70 ns a key; a radix sort over
 * index arrays took 400, nearly all of it cache misses). `breathe` is awaited between parts.
 */
export async function sortEntries(
  entries: RunEntries,
  kind: RunKind,
  breathe: () => Promise<unknown>,
): Promise<RunEntries> {
  if (entries.count > INDEX_SCALE)
    throw new RangeError(`a run of ${entries.count} entries is too long`);
  const { packed, ends } = partitioned(entries);
  let start = 0;
  for (const end of ends) {
    packed.subarray(start, end).sort();
    start = end;
    await breathe();
  }
  const order = new Uint32Array(entries.count);
  const high = new Uint32Array(entries.count);
  for (let at = 0; at < packed.length; at++) {
    const value = packed[at] ?? 0;
    const upper = Math.floor(value / INDEX_SCALE);
    high[at] = upper;
    order[at] = value - upper * INDEX_SCALE;
  }
  if (kind === 'key') sortTies(order, high, entries.low);
  await breathe();
  const low = new Uint32Array(entries.count);
  const offset = new Uint32Array(entries.count);
  for (let at = 0; at < order.length; at++) {
    const index = order[at] ?? 0;
    low[at] = entries.low[index] ?? 0;
    offset[at] = entries.offset[index] ?? 0;
  }
  return { count: entries.count, high, low, offset };
}

/** Hash and index of every entry as one number, grouped by the upper bits; `ends` are the ends of the groups. */
function partitioned({ count, high }: RunEntries): { packed: Float64Array; ends: number[] } {
  const counts = Array.from({ length: PARTS }, () => 0);
  for (let index = 0; index < count; index++) {
    const part = (high[index] ?? 0) >>> PART_SHIFT;
    counts[part] = (counts[part] ?? 0) + 1;
  }
  let end = 0;
  const ends = counts.map((size) => (end += size));
  const next = ends.map((last, part) => last - (counts[part] ?? 0));
  const packed = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const upper = high[index] ?? 0;
    const part = upper >>> PART_SHIFT;
    const at = next[part] ?? 0;
    packed[at] = upper * INDEX_SCALE + index;
    next[part] = at + 1;
  }
  return { packed, ends };
}

/** Orders entries with equal upper halves by the lower one, equal ones by offset. */
function sortTies(order: Uint32Array, high: Uint32Array, low: Uint32Array): void {
  let start = 0;
  for (let end = 1; end <= order.length; end++) {
    if (end < order.length && high[end] === high[start]) continue;
    if (end - start > 1)
      order.subarray(start, end).sort((a, b) => (low[a] ?? 0) - (low[b] ?? 0) || a - b);
    start = end;
  }
}

/** Cuts sorted entries into blocks. */
export function toBlocks(sorted: RunEntries, kind: RunKind): RunBlock[] {
  const blocks: RunBlock[] = [];
  const entryBytes = entryBytesOf(kind);
  for (let start = 0; start < sorted.count; start += BLOCK_ENTRIES) {
    const end = Math.min(start + BLOCK_ENTRIES, sorted.count);
    const entries = Buffer.allocUnsafe((end - start) * entryBytes);
    let at = 0;
    for (let index = start; index < end; index++) {
      at = writeWord(entries, at, sorted.high[index] ?? 0);
      if (kind === 'key') at = writeWord(entries, at, sorted.low[index] ?? 0);
      at = writeWord(entries, at, sorted.offset[index] ?? 0);
    }
    const firstOffset = sorted.offset[start] ?? 0;
    blocks.push({
      firstHash: indexHash(kind, sorted.high[start] ?? 0, sorted.low[start] ?? 0),
      firstOffset,
      entries,
    });
  }
  return blocks;
}

/** Big-endian, without the checks of Buffer's own method, which take longer than the bytes. */
function writeWord(bytes: Buffer, at: number, word: number): number {
  bytes[at] = word >>> 24;
  bytes[at + 1] = word >>> 16;
  bytes[at + 2] = word >>> 8;
  bytes[at + 3] = word;
  return at + 4;
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
