/** Links to orders, and names of houses in addresses. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../test/support/until.ts';
import { publicFixture, type PublicFixture } from './public.fixture.ts';
import { QUIZ } from './quiz.fixture.ts';

let house: PublicFixture;
let orderId: string;
const en = { 'accept-language': 'en' };

beforeAll(async () => {
  house = await publicFixture();
  const { locationId } = house;
  await house.post(`/v1/business/locations/${locationId}/set-station`, {
    stationId: 'kitchen',
    name: 'Kitchen',
  });
  const soup = await house.post('/v1/catalog/products', {
    name: { en: '<b>Soup</b>' },
    price: 1500,
    taxClass: 'standard',
    stationId: 'kitchen',
  });
  const line = { productId: soup.body['id'], quantity: 2, modifiers: [], expectedPrice: 1500 };
  const placed = await house.post('/v1/orders', { locationId, channel: 'eat-in', lines: [line] });
  expect(placed.status).toBe(201);
  orderId = placed.body['id'] ?? '';
  await until('the place is on the list', async () => {
    const { status } = await house.page('/public/default/menu');
    return status === 200;
  });
});
afterAll(() => house.close());

test('a link shows how far an order is, and nothing else; it can be revoked', async () => {
  const made = await house.post('/v1/public-links/orders', { orderId });
  expect(made.status).toBe(201);
  const { path } = made.body as unknown as { path: string };
  expect(path).toMatch(/^\/public\/default\/order\/[\w-]{22}$/);
  const page = await house.page(path, en);
  expect(page.text).toContain('&lt;b&gt;Soup&lt;/b&gt;');
  expect(page.text).toContain('30.00');
  expect(page.text).toContain('The kitchen is at it.');
  expect(page.text).toContain('being made');
  const revoked = await house.post('/v1/public-links/orders/revoke', { orderId });
  expect(revoked.body).toEqual({ revoked: 1 });
  expect((await house.page(path, en)).status).toBe(404);
});

test('links to orders of others and of none cannot be made', async () => {
  const foreign = await house.http.tenant('foreign');
  const body = { orderId };
  const path = '/v1/public-links/orders';
  expect((await house.http.json(path, { method: 'POST', key: foreign, body })).status).toBe(404);
  expect((await house.post(path, { orderId: 'nothing' })).status).toBe(404);
  const reader = await house.http.key(foreign, ['orders:read']);
  const refused = await house.http.json(path, { method: 'POST', key: reader.key, body });
  expect(refused.status).toBe(403);
  // Nor ended: an order of another house, or of none, is as unknown there.
  const end = `${path}/revoke`;
  expect((await house.http.json(end, { method: 'POST', key: foreign, body })).status).toBe(404);
  expect((await house.post(end, { orderId: 'nothing' })).status).toBe(404);
});

test('a claimed name leads to every page, the JSON ones too, and stays one business’s own', async () => {
  const claimed = await house.post('/v1/business/slug', { slug: 'pod-wawelem' });
  expect(claimed.body).toMatchObject({
    slug: 'pod-wawelem',
    pages: { menu: '/public/pod-wawelem/menu' },
  });
  expect((await house.page('/public/pod-wawelem/menu', en)).text).toContain('Wawelem');
  expect((await house.page('/public/default/menu', en)).status).toBe(200);
  expect((await house.page('/public/pod-wawelem')).location).toBe('/public/pod-wawelem/menu');
  const gallery = await house.http.json('/public/pod-wawelem/gallery', { key: null });
  expect(gallery.body).toEqual({ albums: [] });
  const other = await house.http.tenant('second-house');
  const body = { slug: 'pod-wawelem' };
  const taken = await house.http.json('/v1/business/slug', { method: 'POST', key: other, body });
  expect([taken.status, taken.body.code]).toEqual([409, 'SLUG_TAKEN']);
  expect((await house.http.json('/v1/business/slug', { key: other })).body.slug).toBe(
    'second-house',
  );
});

test('a quiz is a page for a browser and JSON for a program, at one address', async () => {
  const input = { slug: 'guests', definition: QUIZ, publish: true };
  expect((await house.post('/v1/leads/quizzes', input)).status).toBe(201);
  const path = '/public/default/quiz/guests';
  const page = await house.page(`${path}?fbclid=1&utm_source=a`, en);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.headers.get('vary')).toContain('accept');
  expect(page.text).toContain('What kind of guest are you?');
  expect(page.text).toContain('This page needs JavaScript');
  // No score, jump or bound reaches the page.
  expect(page.text).not.toMatch(/scoreFrom|scorePer|&quot;adds&quot;/);
  const json = await house.http.json(path, { key: null });
  expect(json.body).toMatchObject({ quizId: 'guests', title: 'What kind of guest are you?' });
  const none = await house.page('/public/default/quiz/none', en);
  expect([none.status, none.headers.get('content-type')]).toEqual([
    404,
    'text/html; charset=utf-8',
  ]);
  const noneJson = await house.http.json('/public/default/quiz/none', { key: null });
  expect([noneJson.status, noneJson.body.code]).toEqual([404, 'NOT_FOUND']);
});
