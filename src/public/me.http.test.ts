/** What is kept about somebody: the link to it, the consents, the file, and being forgotten. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askBehind } from '../../test/support/lists-behind.ts';
import { until } from '../../test/support/until.ts';
import { publicFixture, type PublicFixture } from './public.fixture.ts';

let house: PublicFixture;
let customerId: string;
const base = '/public/default';
const en = { 'accept-language': 'en' };

beforeAll(async () => {
  house = await publicFixture({ tables: 1 });
  const { body } = await house.post('/v1/customers', {
    name: 'Ana Souza',
    email: 'ana@example.com',
    phone: '+48123456789',
    language: 'en',
  });
  customerId = body['id'] ?? '';
  await until('customer and place are on their lists', async () => {
    const list = await house.http.json('/v1/customers?email=ana@example.com');
    return list.body.items.length === 1 && (await house.page(`${base}/menu`)).status === 200;
  });
});
afterAll(() => house.close());

const ask = (email: string) => house.send(`${base}/me`, { email }, en);

describe('the link', () => {
  test('is sent to the address on file, and what is answered does not tell whether there is one', async () => {
    const known = await ask('ana@example.com');
    const unknown = await ask('nobody@example.com');
    const shape = ({ status, text, location }: typeof known) => [status, text, location];
    expect(shape(known)).toEqual(shape(unknown));
    expect(known.location).toBe(`${base}/me?sent=1`);
    await until('the link is sent', () => house.sent.length > 0);
    expect(house.sent).toMatchObject([{ email: 'ana@example.com', customerId }]);
    expect(house.sent).toHaveLength(1);
    const shown = await house.page(known.location, en);
    expect(shown.text).not.toMatch(/me\/[\w-]{22}/);
  });

  test('is sent to whoever was registered a moment ago, before any list shows them', async () => {
    const email = 'new@example.com';
    await askBehind(house.http.modules.projections, {
      lists: ['customers.identifiers'],
      write: () => house.post('/v1/customers', { name: 'New', email, language: 'en' }),
      ask: () => ask(email),
      meanwhile: () => house.page(`${base}/me`, en),
    });
    await until('the link is sent', () => house.sent.length > 1);
    expect(house.sent.pop()).toMatchObject({ email });
  });

  test('is found by nothing but an e-mail address', async () => {
    for (const other of ['+48123456789', customerId, 'Ana Souza', ''])
      expect((await ask(other)).status).toBe(400);
  });

  test('is asked for a few times only', async () => {
    const statuses = [];
    for (let index = 0; index < 6; index += 1) statuses.push((await ask('x@example.com')).status);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('the page', () => {
  let path: string;
  beforeAll(async () => {
    const links = house.sent.at(-1);
    path = links?.path ?? '';
  });

  test('shows what is kept, to nobody without the link', async () => {
    const { text, headers } = await house.page(path, en);
    for (const kept of ['Ana Souza', 'ana@example.com', '+48123456789'])
      expect(text).toContain(kept);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    const other = await house.page(`${base}/me/${'A'.repeat(22)}`, en);
    expect([other.status, other.text.includes('Ana')]).toEqual([404, false]);
  });

  test('gives and withdraws a consent, with the words that were shown as proof', async () => {
    const give = { person: customerId, channel: 'sms', give: 'yes' };
    expect((await house.send(`${path}/consents`, give)).location).toBe(`${path}?done=saved`);
    const read = async () => (await house.http.json(`/v1/customers/${customerId}`)).body.consents;
    const [consent] = await read();
    expect(consent).toMatchObject({ channel: 'sms', source: 'my data page' });
    expect(consent.wording).toContain('Bar <Pod> "Wawelem" & Co');
    await house.send(`${path}/consents`, { ...give, give: 'no' });
    expect(await read()).toEqual([]);
    const foreign = await house.send(`${path}/consents`, { ...give, person: 'somebody' });
    expect(foreign.status).toBe(400);
  });

  test('hands everything out as a file', async () => {
    const { text, headers } = await house.page(`${path}/export.json`);
    expect(headers.get('content-disposition')).toContain('attachment');
    expect(JSON.parse(text)).toEqual([{ person: customerId, events: [] }]);
  });

  test('forgets after it was confirmed, and then opens no more; a look forgets nobody', async () => {
    expect((await house.page(`${path}/erase`, en)).status).toBe(404);
    const unticked = await house.send(`${path}/erase`, {});
    expect(unticked.location).toBe(`${path}?done=unticked#erase`);
    expect(house.erased).toEqual([]);
    const done = await house.send(`${path}/erase`, { understood: 'yes' }, en);
    expect(done.text).toContain('You are forgotten');
    expect(house.erased).toEqual([customerId]);
    expect((await house.page(path, en)).status).toBe(404);
  });
});
