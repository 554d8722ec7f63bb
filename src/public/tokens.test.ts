/** The style of the pages has the tokens of the console, and every pair of them that is used can be read. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

const here = (file: string): string => readFileSync(path.join(import.meta.dirname, file), 'utf8');
const page = here('static/page.css');
const console = here('../../console/src/design/tokens.css');

function tokensIn(block: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...block.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
}

const themes = {
  light: tokensIn(page.slice(page.indexOf(':root {'), page.indexOf('@media (prefers'))),
  dark: tokensIn(page.slice(page.indexOf('@media (prefers'), page.indexOf('*,\n*::before'))),
};
const theirs = {
  light: tokensIn(console.slice(0, console.indexOf("[data-theme='dark']"))),
  dark: tokensIn(console.slice(console.indexOf("[data-theme='dark']"))),
};

/** Relative luminance and contrast: WCAG 2.2, definitions. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  const of = themes[theme];

  test('has the values of the console', () => {
    expect(Object.keys(of).length).toBeGreaterThan(15);
    for (const [name, value] of Object.entries(of))
      expect([name, theirs[theme][name]]).toEqual([name, value]);
  });

  test.each([
    ['--ink', '--ground'],
    ['--ink', '--raised'],
    ['--ink', '--brand-soft'],
    ['--muted', '--ground'],
    ['--muted', '--raised'],
    ['--muted', '--brand-soft'],
    ['--brand', '--ground'],
    ['--brand', '--brand-soft'],
    ['--on-brand', '--brand'],
    ['--on-wine', '--wine'],
    ['--wine', '--ground'],
    ['--wine', '--wine-soft'],
    ['--brass-text', '--brass-soft'],
  ])('%s can be read on %s', (text, ground) => {
    expect(contrast(of[text] ?? '', of[ground] ?? '')).toBeGreaterThanOrEqual(4.5);
  });

  test.each([
    ['--control', '--ground'],
    ['--control', '--raised'],
    ['--brass', '--ground'],
    ['--brand', '--raised'],
  ])('%s can be seen on %s', (mark, ground) => {
    expect(contrast(of[mark] ?? '', of[ground] ?? '')).toBeGreaterThanOrEqual(3);
  });
});

test('a token that is used is there', () => {
  const used = new Set([...page.matchAll(/var\((--[\w-]+)\)/g)].map(([, name = '']) => name));
  expect(used.size).toBeGreaterThan(10);
  // Those of a theme, and figures that a rule gives to others, such as the minutes of a countdown.
  const given = [...page.matchAll(/(?:^@property|^\s+)\s*(--[\w-]+)(?::| \{)/gm)].map(
    ([, name = '']) => name,
  );
  for (const name of used) expect([...Object.keys(themes.light), ...given]).toContain(name);
});

test.each([
  ['quiz', ['quiz.js', 'quiz-proof.js'], 200],
  ['order', ['order.js'], 60],
])('the script of the %s is small', (_name, files, kilobytes) => {
  const bytes = files.reduce((sum, file) => sum + gzipSync(here(`static/${file}`)).length, 0);
  expect(bytes).toBeLessThanOrEqual(kilobytes * 1024);
});
