import { expect, test } from 'vitest';
import { givenEvents } from '../../../../test/support/given.ts';
import { imageStream } from '../images/stream.ts';
import { productStream } from '../pricing/price-line.ts';
import type { PictureCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { PictureEvent } from './events.ts';
import { evolve, initialState, type PicturesState } from './state.ts';

const given = (...events: readonly PictureEvent[]) =>
  givenEvents<PicturesState, PictureCommand, PictureEvent>(
    { initialState, decide, evolve },
    ...events,
  );

const on = { kind: 'product', productId: 'espresso' } as const;
const shown = (...imageIds: string[]): PictureEvent => ({
  type: 'PicturesArranged',
  data: { on, imageIds },
});
const command = (...imageIds: string[]) => ({
  type: 'ArrangePictures' as const,
  input: { productId: 'espresso', imageIds },
});
const espresso = productStream('espresso');

test('a product shows pictures of the gallery in the order that was said', () => {
  const product = given(shown('a')).around(espresso, { status: 'active' });
  const both = product.around(imageStream('b'), { status: 'private' });
  expect(both.when(command('b', 'a'))).toEqual([shown('b', 'a')]);
  expect(product.when(command('a'))).toEqual([]);
  expect(product.when(command())).toEqual([shown()]);
});

test('K12: what is newly shown must be there, the product and the picture', () => {
  const unknown = { status: 'unknown' };
  expect(given().around(espresso, unknown).when(command())).toBe('PRODUCT_UNKNOWN');
  const product = given().around(espresso, { status: 'active' });
  expect(product.around(imageStream('x'), unknown).when(command('x'))).toBe('IMAGE_UNKNOWN');
});
