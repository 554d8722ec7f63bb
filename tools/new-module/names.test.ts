import { describe, expect, test } from 'vitest';
import { namesOf, renamed, singularOf, TEMPLATE_NAMES, type ModuleNames } from './names.ts';
import { listed } from './write-module.ts';

const taken = ['customers'];
// safe because the names are good ones
const good = (plural: string) => namesOf(plural, { taken }) as ModuleNames;

describe('a name', () => {
  test.each([
    ['orders', 'order'],
    ['gift-vouchers', 'gift-voucher'],
    ['deliveries', 'delivery'],
    ['boxes', 'box'],
    ['dishes', 'dish'],
    ['stock', 'stock'],
    ['glass', 'glass'],
    ['movies', 'movy'],
  ])('%s has the singular %s', (plural, singular) => {
    expect(singularOf(plural)).toBe(singular);
  });

  test('has one form for each place', () => {
    expect(good('gift-vouchers').singular).toEqual({
      kebab: 'gift-voucher',
      pascal: 'GiftVoucher',
      camel: 'giftVoucher',
      screaming: 'GIFT_VOUCHER',
      human: 'gift voucher',
      title: 'Gift voucher',
    });
  });

  test('may come with its own singular', () => {
    const names = namesOf('movies', { singular: 'movie', taken }) as ModuleNames;
    expect(names.singular.pascal).toBe('Movie');
  });

  test.each([
    ['Orders', /cannot be the name/],
    ['gift_vouchers', /cannot be the name/],
    ['-orders', /cannot be the name/],
    ['orders-', /cannot be the name/],
    ['../orders', /cannot be the name/],
    ['o', /cannot be the name/],
    ['x'.repeat(41), /cannot be the name/],
    ['events', /reserved/],
    ['projections', /reserved/],
    ['import', /reserved/],
    ['customers', /already, in src\/modules\/customers/],
    ['customer', /names of those of customers/],
    ['sample-things', /template/],
  ])('%s is refused', (name, message) => {
    expect(namesOf(name, { taken })).toMatch(message);
  });
});

describe('renaming', () => {
  test('replaces every form, and the article before it', () => {
    const { plural, singular } = TEMPLATE_NAMES;
    const text = [plural, singular].flatMap((forms) => Object.values(forms)).join(' ');
    expect(renamed(`${text} a sample thing S1`, good('orders'))).toBe(
      'orders Orders orders ORDERS orders Orders order Order order ORDER order Order an order O1',
    );
  });
});

describe('the list of modules', () => {
  const text = `import type { BusinessModule } from '../core/module.ts';
import { customers } from './customers/index.ts';

export const MODULES: readonly BusinessModule[] = [customers];
`;

  test('gets an import and a member', () => {
    expect(listed(text, good('orders')))
      .toBe(`import type { BusinessModule } from '../core/module.ts';
import { customers } from './customers/index.ts';
import { orders } from './orders/index.ts';

export const MODULES: readonly BusinessModule[] = [customers, orders];
`);
  });

  test('is left alone when it does not look like one', () => {
    expect(() => listed('export {};', good('orders'))).toThrow(/by hand/);
  });
});
