import { expect, test } from 'vitest';
import { cropOf, within } from './crop.ts';

const size = { width: 4000, height: 3000 };
const middle = { across: 0.5, down: 0.5 };

test('the largest part of a shape is kept, where it was put', () => {
  expect(cropOf(size, 'square', middle)).toEqual({ x: 500, y: 0, width: 3000, height: 3000 });
  expect(cropOf(size, 'square', { across: 1, down: 0 }).x).toBe(1000);
  expect(cropOf(size, 'wide', { across: 0, down: 0 })).toEqual({
    x: 0,
    y: 0,
    width: 4000,
    height: 2250,
  });
  expect(cropOf(size, 'whole', middle)).toEqual({ x: 0, y: 0, ...size });
});

test('a picture is made smaller, never larger', () => {
  expect(within(size, 2000)).toEqual({ width: 2000, height: 1500 });
  expect(within({ width: 10, height: 8 }, 2000)).toEqual({ width: 10, height: 8 });
});
