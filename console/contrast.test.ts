import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('src/design/tokens.css', import.meta.url), 'utf8');

/** Least contrast of text and of marks and control borders (WCAG 2.2, success criteria 1.4.3 and 1.4.11). */
const TEXT = 4.5;
const MARK = 3;

const GROUNDS = ['ground', 'raised', 'sunken'] as const;
const SOFT = [
  ['brand', 'brand-soft'],
  ['brass-text', 'brass-soft'],
  ['wine', 'wine-soft'],
  ['blue', 'blue-soft'],
] as const;

type Pair = readonly [front: string, back: string, least: number];

const PAIRS: readonly Pair[] = [
  ...GROUNDS.flatMap((back): Pair[] => [
    ...['ink', 'muted', 'brand', 'brass-text', 'wine', 'blue'].map((front): Pair => [
      front,
      back,
      TEXT,
    ]),
    ['control', back, MARK],
    ['brass', back, MARK],
  ]),
  // Every series must be seen on the cards that charts lie on.
  ...Array.from({ length: 8 }, (_, at): Pair => [`series-${at + 1}`, 'raised', MARK]),
  ...SOFT.flatMap(([front, back]): Pair[] => [
    [front, back, TEXT],
    ['ink', back, TEXT],
    ['muted-on-soft', back, TEXT],
  ]),
  // A chosen row keeps its quiet words.
  ['muted', 'brand-soft', TEXT],
  ['on-brand', 'brand', TEXT],
  ['on-wine', 'wine', TEXT],
  // Tooltips are the page turned over.
  ['ground', 'ink', TEXT],
  ['control', 'brand-soft', MARK],
];

function tokensOf(block: string): ReadonlyMap<string, string> {
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1]!, match[2]!]),
  );
}

/** Relative luminance (WCAG 2.2, definitions). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(front: string, back: string): number {
  const [light = 0, dark = 0] = [luminance(front), luminance(back)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const [light = '', dark = ''] = css.split(":root[data-theme='dark']");

describe.each([
  ['light', tokensOf(light)],
  ['dark', tokensOf(dark)],
])('%s', (_, tokens) => {
  test.each(PAIRS)('%s on %s has a contrast of at least %f', (front, back, least) => {
    expect(contrast(tokens.get(front)!, tokens.get(back)!)).toBeGreaterThanOrEqual(least);
  });
});

test('both themes name the same colours', () => {
  expect([...tokensOf(dark).keys()].sort()).toEqual([...tokensOf(light).keys()].sort());
});

test('black on white is measured as 21', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
});
