import { expect, test } from 'vitest';
import { nameOfText } from './pool.ts';

test('a text keeps its name while it is among the last thousands, and no name is given twice', () => {
  const first = nameOfText('select 0');
  expect(nameOfText('select 0')).toBe(first);
  const names = Array.from({ length: 5_000 }, (_, index) => nameOfText(`select ${index + 1}`));
  expect(nameOfText('select 5000')).toBe(names.at(-1));
  const again = nameOfText('select 0');
  expect(new Set([first, ...names, again]).size).toBe(5_002);
});
