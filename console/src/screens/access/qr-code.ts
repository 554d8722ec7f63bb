/**
 * QR codes (ISO/IEC 18004) in byte mode at error correction level M, versions 1 to 15: enough for an `otpauth:` address
 * of 400 bytes. Pure: a text goes in, rows of dark and light modules come out.
 */
import { blocksOf, withCorrection } from './qr-correction.ts';

export type Modules = readonly (readonly boolean[])[];

type Grid = (boolean | null)[][];

/** Centres of the alignment patterns by version (Annex E); version 1 has none. */
const ALIGNMENT: readonly (readonly number[])[] = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
  [6, 30, 54],
  [6, 32, 58],
  [6, 34, 62],
  [6, 26, 46, 66],
  [6, 26, 48, 70],
];

/** Errors: RangeError for a text that is longer than version 15 holds. */
export function qrModules(text: string): Modules {
  const bytes = new TextEncoder().encode(text);
  const version = ALIGNMENT.findIndex((_, at) => bytes.length <= roomOf(at + 1)) + 1;
  if (version === 0)
    throw new RangeError(`a QR code of this size holds ${String(roomOf(ALIGNMENT.length))} bytes`);
  const codewords = withCorrection(dataOf(bytes, version), version);
  const plain = emptyGrid(version);
  const places = dataPlaces(plain);
  const masked = MASKS.map((_, mask) => {
    const grid = plain.map((row) => [...row]);
    places.forEach(([row, column], at) => {
      const bit = ((codewords[at >> 3] ?? 0) >> (7 - (at & 7))) & 1;
      set(grid, [row, column], (bit === 1) !== (MASKS[mask]?.(row, column) ?? false));
    });
    drawFormat(grid, mask);
    return grid.map((row) => row.map((module) => module === true));
  });
  return masked.reduce((best, next) => (penaltyOf(next) < penaltyOf(best) ? next : best));
}

/** Bytes of text that a version holds: its data less the mode, the length and their padding. */
function roomOf(version: number): number {
  const { total } = blocksOf(version);
  return total - (version < 10 ? 2 : 3);
}

/** Mode, length, text, terminator and padding (7.4). */
function dataOf(bytes: Uint8Array, version: number): readonly number[] {
  const { total } = blocksOf(version);
  const bits: number[] = [];
  const push = (value: number, length: number): void => {
    for (let at = length - 1; at >= 0; at -= 1) bits.push((value >> at) & 1);
  };
  push(0b0100, 4);
  push(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) push(byte, 8);
  push(0, Math.min(4, total * 8 - bits.length));
  while (bits.length % 8 !== 0) bits.push(0);
  for (let pad = 0xec; bits.length < total * 8; pad = pad === 0xec ? 0x11 : 0xec) push(pad, 8);
  return Array.from({ length: total }, (_, at) =>
    bits.slice(at * 8, at * 8 + 8).reduce((byte, bit) => (byte << 1) | bit, 0),
  );
}

function set(grid: Grid, [row, column]: readonly [number, number], isDark: boolean): void {
  const line = grid[row];
  if (line !== undefined && column >= 0 && column < line.length) line[column] = isDark;
}

/** All that is the same for every text: finders, timing, alignment, version, and the room for the format. */
function emptyGrid(version: number): Grid {
  const size = 17 + 4 * version;
  const grid: Grid = Array.from({ length: size }, () => Array.from({ length: size }, () => null));
  for (let at = 8; at < size - 8; at += 1) {
    set(grid, [6, at], at % 2 === 0);
    set(grid, [at, 6], at % 2 === 0);
  }
  drawAlignment(grid, version);
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const)
    drawFinder(grid, [row, column]);
  drawFormat(grid, 0);
  if (version >= 7) drawVersion(grid, version);
  return grid;
}

function drawFinder(grid: Grid, [row, column]: readonly [number, number]): void {
  for (let dy = -4; dy <= 4; dy += 1)
    for (let dx = -4; dx <= 4; dx += 1) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy));
      if (row + dy >= 0 && row + dy < grid.length)
        set(grid, [row + dy, column + dx], ring !== 2 && ring !== 4);
    }
}

function drawAlignment(grid: Grid, version: number): void {
  const centres = ALIGNMENT[version - 1] ?? [];
  const last = centres.at(-1);
  const places = centres.flatMap((row) => centres.map((column) => [row, column] as const));
  for (const [row, column] of places) {
    const isFinder =
      (row === 6 && (column === 6 || column === last)) || (column === 6 && row === last);
    if (isFinder) continue;
    for (let dy = -2; dy <= 2; dy += 1)
      for (let dx = -2; dx <= 2; dx += 1)
        set(grid, [row + dy, column + dx], Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
  }
}

/** Level M and the mask with their BCH(15,5) check, twice (7.9). */
function drawFormat(grid: Grid, mask: number): void {
  const size = grid.length;
  let rest = mask;
  for (let at = 0; at < 10; at += 1) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  const bits = ((mask << 10) | rest) ^ 0x5412;
  const bit = (at: number): boolean => ((bits >> at) & 1) === 1;
  for (let at = 0; at < 15; at += 1) {
    const upright = at < 6 ? at : at < 8 ? at + 1 : size - 15 + at;
    const across = at < 8 ? size - 1 - at : at < 9 ? 7 : 14 - at;
    set(grid, [upright, 8], bit(at));
    set(grid, [8, across], bit(at));
  }
  set(grid, [size - 8, 8], true);
}

/** The version with its BCH(18,6) check, twice (7.10). */
function drawVersion(grid: Grid, version: number): void {
  let rest = version;
  for (let at = 0; at < 12; at += 1) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let at = 0; at < 18; at += 1) {
    const isDark = ((bits >> at) & 1) === 1;
    const [far, near] = [grid.length - 11 + (at % 3), Math.floor(at / 3)];
    set(grid, [near, far], isDark);
    set(grid, [far, near], isDark);
  }
}

/** Free modules in the order of the codewords: pairs of columns from the right, up and down in turn (7.7.3). */
export function dataPlaces(
  grid: readonly (readonly (boolean | null)[])[],
): readonly (readonly [number, number])[] {
  const size = grid.length;
  const places: (readonly [number, number])[] = [];
  let isUp = true;
  for (let right = size - 1; right > 0; right -= 2) {
    // The timing column is left out.
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const row = isUp ? size - 1 - step : step;
      if (grid[row]?.[right] === null) places.push([row, right]);
      if (grid[row]?.[right - 1] === null) places.push([row, right - 1]);
    }
    isUp = !isUp;
  }
  return places;
}

/** Table 10. */
const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (i, j) => (i + j) % 2 === 0,
  (i) => i % 2 === 0,
  (_, j) => j % 3 === 0,
  (i, j) => (i + j) % 3 === 0,
  (i, j) => (Math.floor(i / 2) + Math.floor(j / 3)) % 2 === 0,
  (i, j) => ((i * j) % 2) + ((i * j) % 3) === 0,
  (i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2 === 0,
  (i, j) => (((i + j) % 2) + ((i * j) % 3)) % 2 === 0,
];

/** How hard a pattern is to read (7.8.3): runs, blocks, look-alikes of finders, and uneven darkness. */
function penaltyOf(modules: Modules): number {
  const columns = modules.map((_, column) => modules.map((row) => row[column] === true));
  const lines = [...modules, ...columns].map((line) =>
    line.map((module) => (module ? '1' : '0')).join(''),
  );
  const runs = lines.reduce(
    (sum, line) =>
      sum + (line.match(/0{5,}|1{5,}/g) ?? []).reduce((all, run) => all + run.length - 2, 0),
    0,
  );
  const finders = lines.reduce(
    (sum, line) => sum + (line.match(/(?=00001011101|10111010000)/g)?.length ?? 0) * 40,
    0,
  );
  let blocks = 0;
  for (const [y, row] of modules.entries())
    for (const [x, module] of row.entries()) {
      const below = modules[y + 1];
      if (row[x + 1] === module && below?.[x] === module && below[x + 1] === module) blocks += 3;
    }
  const dark = modules.flat().filter(Boolean).length / modules.length ** 2;
  return runs + finders + blocks + Math.floor(Math.abs(dark - 0.5) * 20) * 10;
}
