/** Reed-Solomon correction of QR codes at level M over GF(256) (ISO/IEC 18004, 7.5). Pure. */

/** By version: correction codewords a block, then blocks and data codewords of the one or two groups (Table 9). */
const LEVEL_M: readonly (readonly [
  correction: number,
  ...groups: (readonly [blocks: number, data: number])[],
])[] = [
  [10, [1, 16]],
  [16, [1, 28]],
  [26, [1, 44]],
  [18, [2, 32]],
  [24, [2, 43]],
  [16, [4, 27]],
  [18, [4, 31]],
  [22, [2, 38], [2, 39]],
  [22, [3, 36], [2, 37]],
  [26, [4, 43], [1, 44]],
  [30, [1, 50], [4, 51]],
  [22, [6, 36], [2, 37]],
  [22, [8, 37], [1, 38]],
  [24, [4, 40], [5, 41]],
  [24, [5, 41], [5, 42]],
];

export interface Blocks {
  /** Data codewords of each block. */
  readonly sizes: readonly number[];
  readonly correction: number;
  /** Data codewords of all blocks. */
  readonly total: number;
}

/** Errors: RangeError for a version beyond the table. */
export function blocksOf(version: number): Blocks {
  const row = LEVEL_M[version - 1];
  if (row === undefined) throw new RangeError(`no QR version ${String(version)} here`);
  const [correction, ...groups] = row;
  const sizes = groups.flatMap(([blocks, data]) => Array.from({ length: blocks }, () => data));
  return { sizes, correction, total: sizes.reduce((sum, size) => sum + size, 0) };
}

/** Powers of 2 modulo x^8 + x^4 + x^3 + x^2 + 1. */
const POWERS: readonly number[] = (() => {
  const powers: number[] = [];
  for (let at = 0, value = 1; at < 255; at += 1) {
    powers.push(value);
    value = (value << 1) ^ (value >= 128 ? 0x11d : 0);
  }
  return powers;
})();

export function multiply(left: number, right: number): number {
  if (left === 0 || right === 0) return 0;
  return POWERS[(POWERS.indexOf(left) + POWERS.indexOf(right)) % 255] ?? 0;
}

/** Coefficients behind the first of (x - 1)(x - 2)(x - 4)…, `degree` factors. */
function generatorOf(degree: number): readonly number[] {
  let generator = [1];
  for (let at = 0; at < degree; at += 1) {
    const root = POWERS[at] ?? 0;
    generator = [...generator, 0].map(
      (value, place) => value ^ multiply(generator[place - 1] ?? 0, root),
    );
  }
  return generator.slice(1);
}

function correctionOf(data: readonly number[], generator: readonly number[]): readonly number[] {
  let rest = generator.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ (rest[0] ?? 0);
    rest = [...rest.slice(1), 0].map((value, at) => value ^ multiply(generator[at] ?? 0, factor));
  }
  return rest;
}

/** Data in blocks with their correction, interleaved as they are drawn (7.6). */
export function withCorrection(data: readonly number[], version: number): readonly number[] {
  const { sizes, correction } = blocksOf(version);
  const generator = generatorOf(correction);
  let from = 0;
  const blocks = sizes.map((size) => {
    const block = data.slice(from, from + size);
    from += size;
    return block;
  });
  const checks = blocks.map((block) => correctionOf(block, generator));
  return [...interleaved(blocks), ...interleaved(checks)];
}

function interleaved(blocks: readonly (readonly number[])[]): readonly number[] {
  const longest = Math.max(...blocks.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) =>
    blocks.flatMap((block) => block[at] ?? []),
  ).flat();
}
