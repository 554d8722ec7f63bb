import { expect, test } from 'vitest';
import { createLineSplitter } from './line-splitter.ts';

test('blank lines count but are no lines, up to a limit in a row', () => {
  const splitter = createLineSplitter(100);
  splitter.push(Buffer.from('\n \r\na\n\nb'));
  splitter.finish();
  expect(splitter.take(10).map(({ index, bytes }) => [index, bytes?.toString()])).toEqual([
    [2, 'a'],
    [4, 'b'],
  ]);
  const some = Buffer.alloc(60_000, '\n');
  splitter.push(some);
  splitter.push(Buffer.from('c\n'));
  splitter.push(some);
  expect(splitter.lines).toBe(1);
  expect(() => {
    splitter.push(some);
  }).toThrow(expect.objectContaining({ code: 'TOO_LARGE' }));
});
