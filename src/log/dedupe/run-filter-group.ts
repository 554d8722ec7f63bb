/**
 * The filters of eight runs, asked at once. A key has its cells at the same places in all of them, so the same bit of those
 * eight cells is one byte here, and the bytes of a cell stand side by side: a key costs some 15 ns and three places in
 * memory, where eight filters one after another cost 130 ns and twenty-four. It takes as much memory as they did.
 */
import {
  cellsOf,
  FULL_CELL_BITS,
  type FilterShape,
  type RunFilter,
  type RunProbe,
} from './run-filter.ts';

export const GROUPED_FILTERS = 8;
const ALL = (1 << GROUPED_FILTERS) - 1;
/** Four bits as four bytes of 0 or 1, the lowest bit first. */
const SPREAD = Int32Array.from({ length: 16 }, (_, bits) =>
  [0, 1, 2, 3].reduce((word, bit) => word | (((bits >>> bit) & 1) << (8 * bit)), 0),
);
/** The same with all bits of a byte: what the cells of every filter xored are to be. */
const WANTED = SPREAD.map((word) => Math.imul(word, ALL));
/** Bits from which on a cell is looked at, four at a time; the last ones overlap. */
const FIRST_BITS = [0, 4, 8, FULL_CELL_BITS - 4] as const;
/** Cells of one filter put in before there may be a pause: about a millisecond. */
const CELLS_AT_ONCE = 65_536;

export class RunFilterGroup {
  readonly #shape: FilterShape;
  readonly #planes: DataView;

  private constructor(shape: FilterShape) {
    this.#shape = shape;
    this.#planes = new DataView(new ArrayBuffer(cellsOf(shape) * FULL_CELL_BITS));
  }

  /** `filters` are eight that `canBeGrouped`. `breathe` is awaited now and then. */
  static async of(
    filters: readonly RunFilter[],
    breathe: () => Promise<unknown>,
  ): Promise<RunFilterGroup> {
    const [first] = filters;
    if (first === undefined || filters.length !== GROUPED_FILTERS || !canBeGrouped(filters))
      throw new RangeError(`a group is of ${GROUPED_FILTERS} filters of one shape`);
    const group = new RunFilterGroup(first.shape);
    const cells = cellsOf(first.shape);
    for (const [slot, filter] of filters.entries())
      for (let from = 0; from < cells; from += CELLS_AT_ONCE) {
        group.#put(slot, filter, { from, to: Math.min(cells, from + CELLS_AT_ONCE) });
        await breathe();
      }
    return group;
  }

  #put(slot: number, filter: RunFilter, range: { from: number; to: number }): void {
    const planes = this.#planes;
    for (let cell = range.from; cell < range.to; cell++) {
      const bits = filter.cellAt(cell);
      for (const first of FIRST_BITS) {
        const at = cell * FULL_CELL_BITS + first;
        const spread = (SPREAD[(bits >>> first) & 15] ?? 0) << slot;
        planes.setUint32(at, planes.getUint32(at, true) | spread, true);
      }
    }
  }

  get bytes(): number {
    return this.#planes.byteLength;
  }

  /** A bit for each run that may contain the key of the probe, the lowest for the first. */
  matching(probe: RunProbe): number {
    probe.place(this.#shape);
    // A loop over FIRST_BITS would take twice the time.
    let differing =
      this.#differing(probe, 0) |
      this.#differing(probe, 4) |
      this.#differing(probe, 8) |
      this.#differing(probe, FULL_CELL_BITS - 4);
    differing |= differing >>> 16;
    differing |= differing >>> 8;
    return ~differing & ALL;
  }

  /** Four bits from `first` on: a byte each, in which the bits of those filters are set that say no. */
  #differing(probe: RunProbe, first: number): number {
    const planes = this.#planes;
    return (
      planes.getInt32(probe.cell0 * FULL_CELL_BITS + first, true) ^
      planes.getInt32(probe.cell1 * FULL_CELL_BITS + first, true) ^
      planes.getInt32(probe.cell2 * FULL_CELL_BITS + first, true) ^
      (WANTED[(probe.fingerprint >>> first) & 15] ?? 0)
    );
  }
}

/** Whether keys have their cells at the same places in all of the filters. Those of small runs are not worth a group. */
export function canBeGrouped(filters: readonly RunFilter[]): boolean {
  const shape = filters[0]?.shape;
  return (
    shape?.cellBits === FULL_CELL_BITS &&
    filters.every((filter) => isSameShape(filter.shape, shape))
  );
}

function isSameShape(a: FilterShape, b: FilterShape): boolean {
  return (
    a.cellBits === b.cellBits &&
    a.segmentBits === b.segmentBits &&
    a.segments === b.segments &&
    a.attempt === b.attempt
  );
}
