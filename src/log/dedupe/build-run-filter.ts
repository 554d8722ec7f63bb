/**
 * Makes the filter of a run. Every key is put to its three cells; a cell with one key only gives that key its place, the key
 * is taken from its other two, and so on until all have one. In the opposite order each place is then filled so that the
 * key's three cells give its fingerprint. When keys remain that no cell has alone, all is tried again in other places.
 */
import { releaseBytes } from '../../platform/memory/release-bytes.ts';
import { cellsOf, type FilterShape, RunFilter, RunProbe, shapeFor } from './run-filter.ts';
import type { RunEntries } from './run-format.ts';

/** One attempt in some hundreds fails. */
const ATTEMPTS_MAX = 100;
/** Keys worked on before there may be a pause: about a millisecond. */
const KEYS_AT_ONCE = 16_384;

type Keys = Pick<RunEntries, 'count' | 'high' | 'low'>;
type Breathe = () => Promise<unknown>;

/** Equal keys must stand side by side. `breathe` is awaited now and then. */
export async function buildRunFilter(keys: Keys, breathe: Breathe): Promise<RunFilter> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const shape = shapeFor(keys.count, attempt);
    const places = new Places(keys, shape);
    const placed = await places.find(breathe);
    const cells = placed ? await places.fill(breathe) : null;
    places.release();
    if (cells === null) continue;
    const filter = RunFilter.ofCells(shape, cells);
    releaseBytes(cells);
    return filter;
  }
  throw new Error(`${keys.count} keys of a run found no places`);
}

class Places {
  readonly #keys: Keys;
  readonly #shape: FilterShape;
  /** How many keys a cell has, and their indexes xored: with one key, that key. */
  readonly #counts: Uint16Array<ArrayBuffer>;
  readonly #xored: Int32Array<ArrayBuffer>;
  /** Cells that had one key once; those whose key was still there come to stand at the front, in the order of taking. */
  readonly #alone: Int32Array<ArrayBuffer>;
  readonly #taken: Int32Array<ArrayBuffer>;
  readonly #probe = new RunProbe();
  #placed = 0;

  constructor(keys: Keys, shape: FilterShape) {
    const cells = cellsOf(shape);
    this.#keys = keys;
    this.#shape = shape;
    this.#counts = new Uint16Array(cells);
    this.#xored = new Int32Array(cells);
    this.#alone = new Int32Array(cells);
    this.#taken = new Int32Array(keys.count);
  }

  /** Whether every key got a place. */
  async find(breathe: Breathe): Promise<boolean> {
    const { count } = this.#keys;
    let distinct = 0;
    for (let from = 0; from < count; from += KEYS_AT_ONCE) {
      const to = Math.min(count, from + KEYS_AT_ONCE);
      for (let index = from; index < to; index++) if (this.#put(index)) distinct++;
      await breathe();
    }
    await this.#take(breathe);
    return this.#placed === distinct;
  }

  /** False for a key that the one before it repeats. */
  #put(index: number): boolean {
    const { high, low } = this.#keys;
    if (index > 0 && high[index] === high[index - 1] && low[index] === low[index - 1]) return false;
    const { cell0, cell1, cell2 } = this.#cellsOf(index);
    this.#change(cell0, index, 1);
    this.#change(cell1, index, 1);
    this.#change(cell2, index, 1);
    return true;
  }

  async #take(breathe: Breathe): Promise<void> {
    const counts = this.#counts;
    const alone = this.#alone;
    let waiting = 0;
    for (let cell = 0; cell < counts.length; cell++)
      if (counts[cell] === 1) alone[waiting++] = cell;
    for (let next = 0; next < waiting; next++) {
      if (next % KEYS_AT_ONCE === 0) await breathe();
      const own = alone[next] ?? 0;
      if (counts[own] !== 1) continue;
      const index = this.#xored[own] ?? 0;
      const { cell0, cell1, cell2 } = this.#cellsOf(index);
      if (this.#change(cell0, index, -1)) alone[waiting++] = cell0;
      if (this.#change(cell1, index, -1)) alone[waiting++] = cell1;
      if (this.#change(cell2, index, -1)) alone[waiting++] = cell2;
      this.#taken[this.#placed] = index;
      alone[this.#placed++] = own;
    }
  }

  async fill(breathe: Breathe): Promise<Uint16Array<ArrayBuffer>> {
    const mask = (1 << this.#shape.cellBits) - 1;
    const cells = new Uint16Array(this.#counts.length);
    for (let at = this.#placed - 1; at >= 0; at--) {
      if (at % KEYS_AT_ONCE === 0) await breathe();
      const { cell0, cell1, cell2, fingerprint } = this.#cellsOf(this.#taken[at] ?? 0);
      // The key's own cell is empty still.
      const others = (cells[cell0] ?? 0) ^ (cells[cell1] ?? 0) ^ (cells[cell2] ?? 0);
      cells[this.#alone[at] ?? 0] = (others ^ fingerprint) & mask;
    }
    return cells;
  }

  release(): void {
    for (const used of [this.#counts, this.#xored, this.#alone, this.#taken]) releaseBytes(used);
  }

  #cellsOf(index: number): RunProbe {
    this.#probe.set(this.#keys.high[index] ?? 0, this.#keys.low[index] ?? 0);
    this.#probe.place(this.#shape);
    return this.#probe;
  }

  /** Whether the cell has one key now. */
  #change(cell: number, index: number, by: 1 | -1): boolean {
    const count = (this.#counts[cell] ?? 0) + by;
    this.#counts[cell] = count;
    this.#xored[cell] = (this.#xored[cell] ?? 0) ^ index;
    return count === 1;
  }
}
