import { describe, expect, test } from 'vitest';
import { dataPlaces, qrModules, type Modules } from './qr-code.ts';
import { blocksOf, multiply } from './qr-correction.ts';

const ADDRESS =
  'otpauth://totp/Comptoir:ada%40cafe-aurora.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Comptoir&algorithm=SHA1&digits=6&period=30';

/** An independent reader: finds what was drawn by the places of ISO/IEC 18004 alone. */
function read(modules: Modules): {
  readonly text: string;
  readonly syndromes: readonly number[];
  readonly mask: number;
} {
  const size = modules.length;
  const version = (size - 17) / 4;
  const format = [0, 1, 2, 3, 4, 5, 7, 8].map((column) => (modules[8]![column] ? 1 : 0));
  const masked = [1, 0, 1, 0, 1, 0, 0, 0];
  const mask = format
    .slice(2, 5)
    .reduce<number>((value, bit, at) => (value << 1) | (bit ^ masked[at + 2]!), 0);
  const places = dataPlaces(functionGrid(modules, version));
  const flips = [
    (i: number, j: number) => (i + j) % 2,
    (i: number) => i % 2,
    (_: number, j: number) => j % 3,
    (i: number, j: number) => (i + j) % 3,
    (i: number, j: number) => (Math.floor(i / 2) + Math.floor(j / 3)) % 2,
    (i: number, j: number) => ((i * j) % 2) + ((i * j) % 3),
    (i: number, j: number) => (((i * j) % 2) + ((i * j) % 3)) % 2,
    (i: number, j: number) => (((i + j) % 2) + ((i * j) % 3)) % 2,
  ];
  const bits = places.map(
    ([i, j]) => (modules[i]![j] ? 1 : 0) ^ (flips[mask]!(i, j) === 0 ? 1 : 0),
  );
  const { sizes, correction } = blocksOf(version);
  const count = sizes.reduce((sum, each) => sum + each + correction, 0);
  const words = Array.from({ length: count }, (_, at) =>
    bits.slice(at * 8, at * 8 + 8).reduce((b, bit) => b * 2 + bit, 0),
  );
  const blocks: number[][] = sizes.map(() => []);
  let next = 0;
  for (let at = 0; at < Math.max(...sizes); at += 1)
    for (const [place, length] of sizes.entries())
      if (at < length) blocks[place]!.push(words[next++]!);
  const data = blocks.flat();
  for (let at = 0; at < correction; at += 1) for (const block of blocks) block.push(words[next++]!);
  const syndromes = blocks.flatMap((block) =>
    Array.from({ length: correction }, (_, at) => {
      let root = 1;
      for (let step = 0; step < at; step += 1) root = multiply(root, 2);
      return block.reduce((value, word) => multiply(value, root) ^ word, 0);
    }),
  );
  const all = data.flatMap((word) => [7, 6, 5, 4, 3, 2, 1, 0].map((at) => (word >> at) & 1));
  const number = (from: number, length: number) =>
    all.slice(from, from + length).reduce((v, bit) => v * 2 + bit, 0);
  const lengthBits = version < 10 ? 8 : 16;
  const length = number(4, lengthBits);
  const bytes = Uint8Array.from({ length }, (_, at) => number(4 + lengthBits + at * 8, 8));
  return { text: new TextDecoder().decode(bytes), syndromes, mask };
}

/** null where data stands: everything that is no function pattern. */
function functionGrid(modules: Modules, version: number): (boolean | null)[][] {
  const size = modules.length;
  const centres: Record<number, number[]> = {
    1: [],
    7: [6, 22, 38],
    8: [6, 24, 42],
    9: [6, 26, 46],
    10: [6, 28, 50],
    15: [6, 26, 48, 70],
  };
  const marks = centres[version]!;
  return modules.map((row, i) =>
    row.map((_, j) => {
      const inCorner = (i < 9 && j < 9) || (i < 9 && j >= size - 8) || (i >= size - 8 && j < 9);
      const inVersion = version >= 7 && ((i < 6 && j >= size - 11) || (j < 6 && i >= size - 11));
      const inMark = marks.some((y) =>
        marks.some((x) => {
          const isFinder =
            (y === 6 && (x === 6 || x === marks.at(-1))) || (x === 6 && y === marks.at(-1));
          return !isFinder && Math.abs(i - y) <= 2 && Math.abs(j - x) <= 2;
        }),
      );
      return inCorner || inVersion || inMark || i === 6 || j === 6 ? false : null;
    }),
  );
}

describe('a QR code', () => {
  test.each([
    ['short', 'hi'],
    ['an authenticator address', ADDRESS],
    ['two lengths of blocks', 'x'.repeat(170)],
    ['with a 16 bit length', 'ż'.repeat(100)],
    ['as long as it may be', 'y'.repeat(412)],
  ])('%s is read back, with every block sound', (_, text) => {
    const { text: back, syndromes } = read(qrModules(text));
    expect(back).toBe(text);
    expect(syndromes.every((syndrome) => syndrome === 0)).toBe(true);
  });

  test('one wrong module is seen by the correction', () => {
    const modules = qrModules('hi').map((row) => [...row]);
    modules[20]![20] = !modules[20]![20];
    expect(read(modules).syndromes.some((syndrome) => syndrome !== 0)).toBe(true);
  });

  test('a text beyond version 15 is refused', () => {
    expect(() => qrModules('y'.repeat(413))).toThrow(RangeError);
  });

  test('its finders stand in three corners', () => {
    const modules = qrModules('hi');
    const size = modules.length;
    for (const [row, column] of [
      [0, 0],
      [0, size - 7],
      [size - 7, 0],
    ] as const)
      expect(modules[row]!.slice(column, column + 7)).toEqual(Array(7).fill(true));
    expect(modules[size - 7]!.slice(size - 7).every(Boolean)).toBe(false);
  });
});
