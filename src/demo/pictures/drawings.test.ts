import { expect, test } from 'vitest';
import { drawPicture } from '../../platform/images/draw-picture.ts';
import { DEMO_CATEGORIES, DEMO_PRODUCTS } from '../menu.ts';
import { DRAWINGS } from './drawings.ts';

test('each section of the menu has a picture, and each picture a product', () => {
  const categoryOf = new Map(DEMO_PRODUCTS.map(({ id, categoryId }) => [id, categoryId]));
  const ids = DRAWINGS.map(({ productId }) => productId);
  expect(new Set(ids).size).toBe(ids.length);
  const shown = new Set(ids.map((id) => categoryOf.get(id)));
  expect(shown).toEqual(new Set(DEMO_CATEGORIES.map(({ id }) => id)));
  expect(ids.filter((id) => categoryOf.get(id) === 'cocktails').length).toBeGreaterThanOrEqual(5);
});

test('drawings need nothing from elsewhere, and say what they show in every language', () => {
  for (const { productId, svg, alt } of DRAWINGS) {
    expect([
      productId,
      /<(?:script|image|text|foreignObject|use)|href|url\((?!#)/.test(svg),
    ]).toEqual([productId, false]);
    expect([productId, Object.values(alt).every((words) => words.length > 8)]).toEqual([
      productId,
      true,
    ]);
    expect([productId, svg.match(/<svg/g)?.length, /undefined|NaN/.test(svg)]).toEqual([
      productId,
      1,
      false,
    ]);
  }
});

test('a drawing becomes a PNG that the gallery takes', async () => {
  for (const { svg } of [DRAWINGS[0]!, DRAWINGS.at(-1)!]) {
    const png = Buffer.from(await drawPicture(svg));
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1280, 960]);
    expect(png.length).toBeLessThan(400_000);
  }
});
