import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askBehind } from '../../../test/support/lists-behind.ts';
import { httpFixture, type HttpFixture, type JsonAnswer } from '../../http/fixture.ts';

let http: HttpFixture;
let locationId: string;

beforeAll(async () => {
  http = await httpFixture();
  const opened = await post('/v1/business/locations', {
    name: 'Bar',
    timeZone: 'Europe/Warsaw',
    currency: 'PLN',
    taxes: {
      mode: 'inclusive',
      rates: [{ taxClass: 'standard', channel: null, label: 'A', rate: 23_000 }],
    },
    languages: ['pl', 'en'],
  });
  expect(opened.status).toBe(201);
  locationId = opened.body.id;
});
afterAll(() => http.close());

const post = (path: string, body: unknown, key?: string): Promise<JsonAnswer> =>
  http.json(path, { method: 'POST', body, ...(key === undefined ? {} : { key }) });

/** A Friday, 18:30 in Warsaw. */
const FRIDAY_EVENING = '2026-11-20T17:30:00Z';

async function menu(more: string, cursor: string): Promise<JsonAnswer> {
  return await http.json(`/v1/catalog/menu?locationId=${locationId}&wait=${cursor}${more}`);
}

describe('the menu', () => {
  let cursor: string;
  let espressoId: string;

  beforeAll(async () => {
    const drinks = await post('/v1/catalog/categories', { name: { en: 'Drinks', pl: 'Napoje' } });
    const coffee = await post('/v1/catalog/categories', {
      name: { en: 'Coffee' },
      parentId: drinks.body.id,
    });
    const milk = await post('/v1/catalog/groups', {
      name: { en: 'Milk' },
      min: 0,
      max: 1,
      options: [{ optionId: 'oat', name: { en: 'oat' }, price: 50 }],
    });
    const espresso = await post('/v1/catalog/products', {
      name: { en: 'Espresso', pl: 'Espresso mocne' },
      price: 1000,
      taxClass: 'standard',
      categoryId: coffee.body.id,
      groupIds: [milk.body.id],
      allergens: ['milk'],
    });
    espressoId = espresso.body.id;
    await post('/v1/catalog/products', {
      name: { en: 'Breakfast' },
      price: 2500,
      taxClass: 'standard',
      windows: [{ days: [1, 2, 3, 4, 5], from: '07:00', to: '11:00' }],
    });
    const list = await post('/v1/catalog/price-lists', {
      priceListId: 'happy-hour',
      name: { en: 'Happy hour' },
      windows: [{ days: [5], from: '18:00', to: '20:00' }],
      rules: [{ kind: 'percent', categoryId: coffee.body.id, off: 20_000 }],
    });
    expect([espresso.status, list.status, list.body.id]).toEqual([201, 201, 'main']);
    cursor = list.body.cursor;
  });

  test('is a tree of sections in the language asked for, then in those of the place', async () => {
    const { status, body } = await menu(`&language=pl&at=${FRIDAY_EVENING}`, cursor);
    expect(status).toBe(200);
    expect(body).toMatchObject({ currency: 'PLN', localTime: '2026-11-20T18:30:00' });
    const [drinks, loose] = body.sections;
    expect(drinks).toMatchObject({ name: 'Napoje', sections: [{ name: 'Coffee' }] });
    expect(drinks.sections[0].products).toMatchObject([
      { name: 'Espresso mocne', allergens: ['milk'], groups: [{ name: 'Milk', max: 1 }] },
    ]);
    expect(loose).toMatchObject({ categoryId: null, products: [{ name: 'Breakfast' }] });
  });

  test('has the prices of the hour, and those that hold otherwise beside them', async () => {
    const price = async (at: string): Promise<unknown> => {
      const { body } = await menu(`&at=${at}`, cursor);
      const { price: now, regularPrice } = body.sections[0].sections[0].products[0];
      return { now: now.amount, regular: regularPrice?.amount ?? null };
    };
    expect(await price(FRIDAY_EVENING)).toEqual({ now: 800, regular: 1000 });
    expect(await price('2026-11-20T19:30:00Z')).toEqual({ now: 1000, regular: null });
  });

  test('says what is not sold at this hour', async () => {
    const soldNow = async (at: string): Promise<boolean> =>
      (await menu(`&at=${at}`, cursor)).body.sections[1].products[0].soldNow;
    expect(await soldNow(FRIDAY_EVENING)).toBe(false);
    expect(await soldNow('2026-11-20T09:59:59Z')).toBe(true);
  });

  test('says what is sold out there, at once, and only there', async () => {
    const path = `/v1/catalog/products/${espressoId}`;
    const soldOut = async (answer: JsonAnswer): Promise<boolean> =>
      (await menu('', answer.body.cursor)).body.sections[0].sections[0].products[0].soldOut;
    const elsewhere = await post(`${path}/mark-sold-out`, { locationId: 'elsewhere' });
    expect([elsewhere.status, await soldOut(elsewhere)]).toEqual([200, false]);
    expect(await soldOut(await post(`${path}/mark-sold-out`, { locationId }))).toBe(true);
    expect(await soldOut(await post(`${path}/set-remaining`, { locationId, remaining: 2 }))).toBe(
      false,
    );
    const portions = await http.json(`/v1/catalog/portions?locationId=${locationId}`);
    expect(portions.body.items).toMatchObject([{ remaining: 2, soldOut: false }]);
    const added = await post(`/v1/catalog/portions/${locationId}~${espressoId}/add`, {
      quantity: 3,
    });
    expect(added.status).toBe(200);
    expect(await soldOut(await post(`${path}/mark-available`, { locationId }))).toBe(false);
  });

  test('of a place that is unknown or of another tenant is not found, with the same words', async () => {
    const key = await http.tenant('other');
    const unknown = await http.json('/v1/catalog/menu?locationId=nowhere', { key });
    const foreign = await http.json(`/v1/catalog/menu?locationId=${locationId}`, { key });
    expect([unknown.status, foreign.status]).toEqual([404, 404]);
    expect({ ...foreign.body, traceId: '' }).toEqual({ ...unknown.body, traceId: '' });
  });

  test.each([
    '',
    '?locationId=x&channel=drone',
    '?locationId=x&at=noon',
    '?locationId=x&language=e',
  ])('asked with %j is refused', async (query) => {
    expect((await http.json(`/v1/catalog/menu${query}`)).status).toBe(400);
  });
});

describe('price lists', () => {
  test('are changed under the version that was read', async () => {
    const { body } = await http.json('/v1/catalog/price-lists/main');
    const set = (version: number) =>
      http.json('/v1/catalog/price-lists', {
        method: 'POST',
        headers: { 'if-match': `"${version}"` },
        body: {
          priceListId: 'delivery',
          name: { en: 'Delivery' },
          channels: ['delivery'],
          rules: [{ kind: 'percent', categoryId: null, off: 1 }],
        },
      });
    expect((await set(body.version + 5)).status).toBe(412);
    expect((await set(body.version)).status).toBe(201);
    const removed = await post('/v1/catalog/price-lists/main/remove-list', {
      priceListId: 'delivery',
    });
    expect(removed.status).toBe(200);
    const again = await post('/v1/catalog/price-lists/main/remove-list', {
      priceListId: 'delivery',
    });
    expect([again.status, again.body.code]).toEqual([409, 'PRICE_LIST_UNKNOWN']);
  });

  test('a key that may only mark what is sold out cannot change them', async () => {
    const tenant = await http.tenant('marking');
    const { key } = await http.key(tenant, ['catalog:sold-out']);
    const set = await post('/v1/catalog/price-lists', { priceListId: 'x' }, key);
    expect(set.status).toBe(403);
    const added = await post('/v1/catalog/products', { name: { en: 'x' }, taxClass: 'a' }, key);
    expect(added.status).toBe(403);
  });
});

describe('importing', () => {
  test('of recipes: again, nothing changes; one that is not valid does not stop the others', async () => {
    const recipe = (name: string) => ({
      name: { en: name },
      ingredients: [{ name: 'Gin', amount: 4.5, unit: 'cl' }],
    });
    const recipes = [recipe('One'), { name: 'not texts' }, recipe('Two')];
    const first = await post('/v1/catalog/recipes/imports', { recipes });
    expect(first.body).toMatchObject({ created: 2, unchanged: 0, rejected: 1 });
    expect(first.body.results[1]).toMatchObject({ status: 'rejected', code: 'INPUT_INVALID' });
    const again = await post('/v1/catalog/recipes/imports', { recipes });
    expect(again.body).toMatchObject({ created: 0, unchanged: 2, rejected: 1 });
    const list = await http.json(`/v1/catalog/recipes?wait=${first.body.cursor}`);
    expect(list.body.items.map((item: { title: string }) => item.title)).toEqual(['One', 'Two']);
  });

  test('of a table with one bad row in a thousand: all others are there, it is told by its line', async () => {
    const key = await http.tenant('table');
    const rows = Array.from({ length: 1000 }, (_, index) =>
      index === 700
        ? 'Bad,Drinks,12.345,standard'
        : `Dish ${index},Food > Warm,${index}.50,standard`,
    );
    const csv = ['name,category,price,tax_class', ...rows].join('\n');
    const first = await post('/v1/catalog/products/imports', { csv }, key);
    expect(first.body).toMatchObject({ rows: 1000, created: 999, rejected: 1 });
    expect(first.body.rejections).toMatchObject([
      {
        line: 702,
        row: 700,
        code: 'INPUT_INVALID',
        errors: [{ at: '/price', code: 'PRICE_FORM', params: { example: '12.50' } }],
      },
    ]);
    const exported = await http.call(`/v1/catalog/products/export?wait=${first.body.cursor}`, {
      key,
    });
    const text = await exported.text();
    expect(text.split('\r\n')[1]).toMatch(/,Dish 0,Food > Warm,0\.50,standard,/);
    // A member that every object has is none of a category's languages.
    const odd = await http.json('/v1/catalog/products/export?language=constructor', { key });
    expect([odd.status, odd.body.errors?.[0].at]).toEqual([400, 'language']);
    const again = await post('/v1/catalog/products/imports', { csv }, key);
    expect(again.body).toMatchObject({ created: 0, changed: 0, unchanged: 999, rejected: 1 });
    const back = await post('/v1/catalog/products/imports', { csv: text }, key);
    expect(back.body).toMatchObject({ created: 0, changed: 0, unchanged: 999, rejected: 0 });
  });

  test('of a table in parts tells a product that comes twice, wherever its first row was', async () => {
    const key = await http.tenant('table-parts');
    const rows = ['Tea', 'Milk', 'Cake', 'tea', 'Odd'].map((name) => `${name},Food,2.50,standard`);
    rows[4] = 'Odd,Food,2.50,standard,more';
    const csv = ['name,category,price,tax_class', ...rows].join('\n');
    const part = (from: number) =>
      post('/v1/catalog/products/imports', { csv, from, most: 3 }, key);
    expect((await part(0)).body).toMatchObject({ rows: 5, created: 3, rejected: 0, next: 3 });
    const { body } = await part(3);
    expect(body).toMatchObject({ rows: 5, created: 0, changed: 0, rejected: 2, next: null });
    expect(body.rejections).toMatchObject([
      { line: 5, errors: [{ code: 'ROW_AGAIN', params: { line: 2 } }] },
      { line: 6, errors: [{ code: 'ROW_CELLS', params: { cells: 5, columns: 4 } }] },
    ]);
    expect((await part(0)).body).toMatchObject({ created: 0, changed: 0, unchanged: 3 });
  });

  test('of a table finds what was made a moment ago by its name, and does not make it again', async () => {
    const name = { en: 'Kombucha' };
    let id = '';
    const { answer: imported, isEarly } = await askBehind(http.modules.projections, {
      lists: ['catalog.products', 'catalog.categories'],
      async write() {
        const made = await post('/v1/catalog/products', { name, price: 900, taxClass: 'standard' });
        id = made.body.id;
      },
      ask: () => post('/v1/catalog/products/imports', { csv: 'name,price\nKombucha,9.50' }),
      meanwhile: () => http.json('/v1/catalog/products'),
    });
    expect(imported.body).toMatchObject({ created: 0, changed: 1, rejected: 0 });
    expect(isEarly).toBe(false);
    expect((await http.json(`/v1/catalog/products/${id}`)).body.price).toBe(950);
  });
});
