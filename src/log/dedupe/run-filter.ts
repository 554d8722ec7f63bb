/**
 * Binary fuse filter (Graf and Lemire, "Binary Fuse Filters: Fast and Smaller Than Xor Filters", 2022): a key has one cell
 * in each of three segments that follow one another, and the three hold what gives its fingerprint when xored. With cells
 * of 13 bits a key takes 1.9 bytes (2 at most, as the design asks) and 1 in 8,192 absent keys is let through. The block
 * Bloom filter before it took 2 bytes and let 1 in 760 through: behind 30 runs every 25th event cost an indexed read.
 */
export const FULL_CELL_BITS = 13;
/** Of a small run, whose cells are more for its keys. */
const CELL_BITS_MIN = 8;
const KEY_BITS_MAX = 16;
/** Runs of the same number of keys to a 64th have the same shape: a probe works out its cells once for all of them. */
const SHAPE_STEP_BITS = 6;
/** Two of them fit a half of a hash. */
const SEGMENT_BITS_MAX = 14;
/** Stored before the cells: format, bits of a cell, bits of a segment's length, attempt, segments (32 bits). */
const HEADER_BYTES = 8;
const FORMAT = 1;
/** Behind the cells, so that the last one can be read as a word. */
const SPARE_BYTES = 4;

/** Where keys have their cells: the same for all filters of one shape. */
export interface FilterShape {
  readonly cellBits: number;
  readonly segmentBits: number;
  /** Segments in which a key's first cell may be; two more follow. */
  readonly segments: number;
  /** How often other places had to be tried: keys are placed anew by it. Nearly always 0. */
  readonly attempt: number;
}

export function cellsOf({
  segments,
  segmentBits,
}: Pick<FilterShape, 'segments' | 'segmentBits'>): number {
  return (segments + 2) << segmentBits;
}

/** The shape in which `count` distinct keys are placed with certainty of some 99 %, after the paper's figures for three cells. */
export function shapeFor(count: number, attempt: number): FilterShape {
  const step = 1 << Math.max(0, 31 - Math.clz32(count) - SHAPE_STEP_BITS);
  const keys = (Math.floor(count / step) + 1) * step;
  const bits = Math.floor(Math.log(keys) / Math.log(3.33) + 2.25);
  const segmentBits = Math.min(SEGMENT_BITS_MAX, Math.max(2, bits));
  const room = keys * Math.max(1.125, 0.875 + (0.25 * Math.log(1e6)) / Math.log(keys));
  const segments = Math.max(1, Math.ceil(room / 2 ** segmentBits) - 2);
  const fitting = Math.floor((KEY_BITS_MAX * count) / cellsOf({ segments, segmentBits }));
  const cellBits = Math.min(FULL_CELL_BITS, Math.max(CELL_BITS_MIN, fitting));
  return { cellBits, segmentBits, segments, attempt };
}

/** Cells and fingerprint of a key; those of one shape serve all filters that have it. */
export class RunProbe {
  cell0 = 0;
  cell1 = 0;
  cell2 = 0;
  /** All its bits; a cell holds the lowest of them. */
  fingerprint = 0;
  #high = 0;
  #low = 0;
  #segmentBits = 0;
  #segments = 0;
  #attempt = -1;

  set(high: number, low: number): void {
    this.#high = high;
    this.#low = low;
    this.#attempt = -1;
  }

  /**
   * The first attempt takes the halves as they are, so that keys in order of their hashes have their cells side by side.
   * Keys that share a half are then close together, which may fail; later attempts are two rounds of a Feistel network.
   */
  place({ segmentBits, segments, attempt }: FilterShape): void {
    if (
      this.#attempt === attempt &&
      this.#segments === segments &&
      this.#segmentBits === segmentBits
    )
      return;
    this.#attempt = attempt;
    this.#segments = segments;
    this.#segmentBits = segmentBits;
    let upper = this.#high;
    let lower = this.#low;
    if (attempt > 0) {
      upper ^= mixed(lower ^ Math.imul(attempt, 0x9e3779b1));
      lower ^= mixed(upper);
    }
    const length = 1 << segmentBits;
    const first = Math.floor(((upper >>> 0) / 0x1_0000_0000) * segments * length);
    this.cell0 = first;
    this.cell1 = (first + length) ^ (lower & (length - 1));
    this.cell2 = (first + 2 * length) ^ ((lower >>> SEGMENT_BITS_MAX) & (length - 1));
    this.fingerprint = mixed(upper ^ Math.imul(lower, 0x9e3779b1));
  }
}

/** The finalizer of MurmurHash3. */
function mixed(word: number): number {
  let bits = word;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

export class RunFilter {
  readonly shape: FilterShape;
  /** Cells one after another without regard to bytes, the lowest bit first. */
  readonly #cells: DataView;
  readonly #cellBits: number;
  readonly #mask: number;

  private constructor(shape: FilterShape, cells: DataView) {
    this.shape = shape;
    this.#cells = cells;
    this.#cellBits = shape.cellBits;
    this.#mask = (1 << shape.cellBits) - 1;
  }

  static ofCells(shape: FilterShape, cells: Uint16Array): RunFilter {
    const packed = new DataView(new ArrayBuffer(packedBytes(shape)));
    for (let cell = 0; cell < cells.length; cell++) {
      const at = cell * shape.cellBits;
      const word = packed.getUint32(at >>> 3, true) | ((cells[cell] ?? 0) << (at & 7));
      packed.setUint32(at >>> 3, word, true);
    }
    return new RunFilter(shape, packed);
  }

  /** Reads what `toBytes` wrote. Throws RangeError for anything else. */
  static fromBytes(bytes: Buffer): RunFilter {
    const [format, cellBits = 0, segmentBits = 0, attempt = 0] = bytes;
    if (format !== FORMAT) throw new RangeError('a filter of a run has an unknown format');
    const shape = { cellBits, segmentBits, segments: bytes.readUInt32LE(4), attempt };
    if (bytes.length !== HEADER_BYTES + packedBytes(shape))
      throw new RangeError('a filter of a run is cut short');
    const cells = Uint8Array.from(bytes.subarray(HEADER_BYTES));
    return new RunFilter(shape, new DataView(cells.buffer));
  }

  get bytes(): number {
    return this.#cells.byteLength;
  }

  toBytes(): Buffer {
    const { cellBits, segmentBits, segments, attempt } = this.shape;
    const bytes = Buffer.allocUnsafeSlow(HEADER_BYTES + this.#cells.byteLength);
    bytes.set([FORMAT, cellBits, segmentBits, attempt]);
    bytes.writeUInt32LE(segments, 4);
    bytes.set(new Uint8Array(this.#cells.buffer), HEADER_BYTES);
    return bytes;
  }

  /** Whether the key of the probe may be in the run. */
  mayContain(probe: RunProbe): boolean {
    probe.place(this.shape);
    const xored = this.#wordAt(probe.cell0) ^ this.#wordAt(probe.cell1) ^ this.#wordAt(probe.cell2);
    return ((xored ^ probe.fingerprint) & this.#mask) === 0;
  }

  cellAt(cell: number): number {
    return this.#wordAt(cell) & this.#mask;
  }

  /** The bits of a cell, lowest first, and those of cells behind it. */
  #wordAt(cell: number): number {
    const at = cell * this.#cellBits;
    return this.#cells.getUint32(at >>> 3, true) >>> (at & 7);
  }
}

function packedBytes(shape: FilterShape): number {
  return Math.ceil((cellsOf(shape) * shape.cellBits) / 8) + SPARE_BYTES;
}
