import { expect, test } from 'vitest';
import type { CategoryFacts } from '../categories/state.ts';
import { sectionsOf, type Section } from './sections.ts';

const category = (parentId: string | null, position = 0): CategoryFacts => ({
  name: { en: 'x' },
  parentId,
  position,
});
const item = (name: string, categoryId: string | null) => ({ categoryId, item: { name } });

/** `drinks(tea, hot(cocoa))`: the shape of sections in a line. */
function drawn(sections: readonly Section<{ readonly name: string }>[]): string {
  return sections
    .map(({ categoryId, products, sections: inner }) => {
      const parts = [...products.map(({ name }) => name), drawn(inner)].filter(
        (part) => part !== '',
      );
      return `${categoryId ?? '-'}(${parts.join(' ')})`;
    })
    .join(' ');
}
const draw = (
  items: Parameters<typeof sectionsOf<{ readonly name: string }>>[0],
  categories: Readonly<Record<string, CategoryFacts>>,
): string => drawn(sectionsOf(items, new Map(Object.entries(categories)), ['en']));

test('sections are in the order of their positions, products by name, empty ones are left out', () => {
  const categories = {
    food: category(null, 2),
    drinks: category(null, 1),
    hot: category('drinks'),
    empty: category(null, 0),
  };
  const items = [
    item('tea', 'hot'),
    item('cola', 'drinks'),
    item('bun', 'food'),
    item('ale', 'drinks'),
  ];
  expect(draw(items, categories)).toBe('drinks(ale cola hot(tea)) food(bun)');
});

test('nothing is lost: no category, one that is gone, a parent that is gone, a loop', () => {
  const categories = { lost: category('gone'), a: category('b'), b: category('a') };
  const items = [item('one', null), item('two', 'gone'), item('three', 'lost'), item('four', 'a')];
  expect(draw(items, categories)).toBe('lost(three) a(four) -(one two)');
});
