import { expect, test } from 'vitest';
import { linesFault, linesOf } from './receipt-lines.ts';

test('lines are as they were typed, but for empty ones at the end', () => {
  expect(linesOf('Merci\n\nà bientôt  \n\n')).toEqual(['Merci', '', 'à bientôt']);
  expect(linesOf('')).toEqual([]);
});

test('a receipt takes eight lines of a hundred characters', () => {
  expect(linesFault(Array.from({ length: 8 }, () => 'x').join('\n'))).toBeNull();
  expect(linesFault(Array.from({ length: 9 }, () => 'x').join('\n'))).toBe('many');
  expect(linesFault('x'.repeat(101))).toBe('long');
});
