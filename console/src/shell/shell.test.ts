import { describe, expect, test } from 'vitest';
import { commandOf, type ModuleItem } from './approval-command.ts';
import { initialsOf } from './initials.ts';
import { itemsFor, looksLikeId, plainText, streamOf, type PaletteItem } from './palette-items.ts';
import { withRecent } from './recent.ts';
import { parseSearch, stringifySearch } from './search-params.ts';

describe('the palette', () => {
  const item = (title: string, also = ''): PaletteItem => ({
    id: title,
    title,
    group: 'g',
    to: '/',
    also,
  });

  test('finds a word without its accents', () => {
    expect(plainText('Zamówienia Łódź')).toBe('zamowienia lodz');
    expect(itemsFor([item('Zamówienia'), item('Sala')], 'zamow').map(({ title }) => title)).toEqual(
      ['Zamówienia'],
    );
  });

  test('puts what begins so before what merely holds it', () => {
    const found = itemsFor([item('Dead letters'), item('Letters'), item('Menu', 'letters')], 'let');
    expect(found.map(({ title }) => title)).toEqual(['Letters', 'Dead letters', 'Menu']);
  });

  test('takes ids and streams for what they are', () => {
    expect(looksLikeId('01a20287-7779-7220-a441-56f58e692b3d')).toBe(true);
    expect(looksLikeId('reservations')).toBe(false);
    expect(streamOf('orders/evening-1')).toEqual({ category: 'orders', id: 'evening-1' });
    expect(streamOf('two words')).toBeNull();
  });
});

test('search values of an address stay texts, whatever they look like', () => {
  expect(parseSearch('?table=7&live=true&q=a%20b')).toEqual({ table: '7', live: 'true', q: 'a b' });
  expect(stringifySearch({ table: '7', at: null, q: '' })).toBe('?table=7');
  expect(stringifySearch({})).toBe('');
});

test('what was open again moves to the front and is listed once', () => {
  const recent = withRecent(
    [
      { href: '/a?x=1', title: 'A' },
      { href: '/b', title: 'B' },
    ],
    { href: '/a?x=2', title: 'A' },
  );
  expect(recent.map(({ href }) => href)).toEqual(['/a?x=2', '/b']);
});

test.each([
  ['Camille Aubertin', 'CA'],
  ['Ada', 'A'],
  ['João da Silva', 'JS'],
  ['  ', ''],
])('%s has the initials %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

describe('a refused command', () => {
  const command = (name: string, word: string | null, path: string) =>
    ({
      name,
      word,
      method: 'POST',
      path,
    }) as unknown as ModuleItem['aggregates'][number]['commands'][number];
  const modules = [
    {
      aggregates: [
        {
          category: 'orders',
          commands: [
            command('PlaceOrder', null, '/v1/orders'),
            command('RefundOrder', 'refund', '/v1/orders/{id}/refund'),
          ],
        },
      ],
    },
  ] as unknown as readonly ModuleItem[];

  test('is named to its approver by category, command, stream and input', () => {
    const refused = {
      operation: 'POST /v1/orders/{id}/refund',
      params: { id: 'o1' },
      body: { reason: 'cold' },
    } as const;
    expect(commandOf(modules, refused)).toEqual({
      category: 'orders',
      command: 'RefundOrder',
      id: 'o1',
      input: { reason: 'cold' },
    });
    expect(commandOf(modules, { operation: 'POST /v1/orders', body: {} }).id).toBeNull();
  });

  test('that is none of a module cannot be approved', () => {
    expect(() => commandOf(modules, { operation: 'POST /v1/keys' })).toThrow('no command');
  });
});
