/**
 * Runs: the hashes of a range of positions, sorted, cut into blocks. An entry is the hash (key: 8 bytes, subject: 4
 * bytes) and the offset of its position (4 bytes), big-endian, ascending by hash and then by offset. The hash of a
 * block's first entry, moved into PostgreSQL's signed range, and that entry's offset are the block's key in the index.
 */
export type RunKind = 'key' | 'subject';

/** Entries a block: 3 kB for keys, what one look-up reads. */
const BLOCK_ENTRIES = 256;
/** Counters of one pass fit the fastest cache: three passes of 11 bits beat two of 16. */
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

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
 * Sorts by hash, ties by offset: a stable radix sort over the upper 32 bits, then the few entries that share them by
 * the rest; offsets must be ascending already. `breathe` is awaited between passes of about 15 ms for a million keys.
 */
export async function sortEntries(
  entries: RunEntries,
  kind: RunKind,
  breathe: () => Promise<unknown>,
): Promise<RunEntries> {
  let order = Uint32Array.from({ length: entries.count }, (_, index) => index);
  for (const shift of [0, DIGIT_BITS, DIGIT_BITS * 2]) {
    order = sortByDigit(order, entries.high, shift);
    await breathe();
  }
  if (kind === 'key') sortTies(order, entries);
  const pick = async (column: Uint32Array): Promise<Uint32Array> => {
    const picked = order.map((index) => column[index] ?? 0);
    await breathe();
    return picked;
  };
  return {
    count: entries.count,
    high: await pick(entries.high),
    low: await pick(entries.low),
    offset: await pick(entries.offset),
  };
}

/** Orders entries with equal upper halves by the lower one, equal ones by offset. */
function sortTies(order: Uint32Array, { high, low }: RunEntries): void {
  let start = 0;
  for (let end = 1; end <= order.length; end++) {
    if (end < order.length && high[order[end] ?? 0] === high[order[start] ?? 0]) continue;
    if (end - start > 1)
      order.subarray(start, end).sort((a, b) => (low[a] ?? 0) - (low[b] ?? 0) || a - b);
    start = end;
  }
}

function sortByDigit(
  order: Uint32Array<ArrayBuffer>,
  words: Uint32Array,
  shift: number,
): Uint32Array<ArrayBuffer> {
  const starts = new Uint32Array(DIGITS + 1);
  for (const index of order) {
    const digit = ((words[index] ?? 0) >>> shift) & (DIGITS - 1);
    starts[digit + 1] = (starts[digit + 1] ?? 0) + 1;
  }
  for (let digit = 0; digit < DIGITS; digit++)
    starts[digit + 1] = (starts[digit + 1] ?? 0) + (starts[digit] ?? 0);
  const sorted = new Uint32Array(order.length);
  for (const index of order) {
    const digit = ((words[index] ?? 0) >>> shift) & (DIGITS - 1);
    const at = starts[digit] ?? 0;
    sorted[at] = index;
    starts[digit] = at + 1;
  }
  return sorted;
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
      at = entries.writeUInt32BE(sorted.high[index] ?? 0, at);
      if (kind === 'key') at = entries.writeUInt32BE(sorted.low[index] ?? 0, at);
      at = entries.writeUInt32BE(sorted.offset[index] ?? 0, at);
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
