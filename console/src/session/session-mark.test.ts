import { expect, test } from 'vitest';
import { isMarked, unmarking } from './session-mark.ts';

test('the mark is known with and without its prefix, among other cookies', () => {
  expect(isMarked('a=b; comptoir-here=1')).toBe(true);
  expect(isMarked('__Host-comptoir-here=1; a=b')).toBe(true);
});

test('an ended mark and cookies that only look like it are none', () => {
  for (const cookies of ['', 'comptoir-here=', 'comptoir-here=10', 'xcomptoir-here=1', 'a=1'])
    expect(isMarked(cookies)).toBe(false);
});

test('it is removed under both names', () => {
  expect(unmarking().map((value) => value.split('=')[0])).toEqual([
    '__Host-comptoir-here',
    'comptoir-here',
  ]);
  expect(unmarking().every((value) => value.includes('Max-Age=0'))).toBe(true);
});
