/** Guests through the server: one timeline over modules, also of customers that were merged. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askBehind } from '../../../test/support/lists-behind.ts';
import { until } from '../../../test/support/until.ts';
import { ADMIN_KEY, httpFixture, type HttpFixture } from '../../http/fixture.ts';
import { keptOfGuests, relatedPersons } from './index.ts';

let http: HttpFixture;
let locationId: string;
let productId: string;

const post = (path: string, body: unknown, key = ADMIN_KEY) =>
  http.json(path, { method: 'POST', body, key });
const get = (path: string, key = ADMIN_KEY) => http.json(path, { key });
const created = async (path: string, body: unknown) => {
  const answer = await post(path, body);
  expect([answer.status, answer.body]).toMatchObject([201, {}]);
  return answer.body;
};

beforeAll(async () => {
  http = await httpFixture();
  const rate = { taxClass: 'standard', channel: null, label: 'none', rate: 0 };
  const taxes = { mode: 'inclusive', rates: [rate] };
  const location = { name: 'Centro', timeZone: 'UTC', currency: 'EUR', taxes };
  locationId = (await created('/v1/business/locations', location)).id;
  const product = { name: { en: 'Menu' }, price: 1000, taxClass: 'standard' };
  productId = (await created('/v1/catalog/products', product)).id;
});
afterAll(() => http.close());

const customer = async (name: string): Promise<string> =>
  (await created('/v1/customers', { name })).id;

async function buy(customerId: string): Promise<string> {
  const order = await created('/v1/orders', {
    locationId,
    channel: 'take-away',
    customerId,
    lines: [{ productId, quantity: 1, expectedPrice: 1000 }],
    payments: [{ kind: 'card', amount: 1000 }],
  });
  return order.cursor;
}

const kindsOf = (items: readonly { kind: string }[]): readonly string[] =>
  items.map(({ kind }) => kind);

test('G1: a timeline has what happened in every module, newest first, page by page', async () => {
  const id = await customer('Ana Timeline');
  await buy(id);
  await post('/v1/loyalty/members', { customerId: id });
  const { body } = await post(`/v1/loyalty/members/${id}/earn`, { points: 5, reason: 'birthday' });
  const path = `/v1/guests/${id}/timeline`;
  const all = await get(`${path}?wait=${body.cursor}`);
  const kinds = ['points-earned', 'enrolled', 'paid', 'order-placed', 'registered'];
  expect([...kindsOf(all.body.items)].sort()).toEqual([...kinds].sort());
  expect(kindsOf(all.body.items).at(-1)).toBe('registered');
  expect(all.body.items.find(({ kind }: { kind: string }) => kind === 'paid')).toMatchObject({
    module: 'orders',
    amount: { amount: 1000, currency: 'EUR' },
    locationId,
  });
  expect(JSON.stringify(all.body)).not.toContain('Ana Timeline');
  expect(JSON.stringify(all.body)).not.toContain('birthday');
  const pages: string[] = [];
  for (let after = '', more = true; more;) {
    const page = await get(`${path}?limit=2${after === '' ? '' : `&after=${after}`}`);
    pages.push(...kindsOf(page.body.items));
    ({ next: after, more } = page.body);
  }
  expect(pages).toEqual(kindsOf(all.body.items));
});

test('G2: a survivor has the entries and visits of whom it stands for, until the merge is taken back', async () => {
  const [one, other] = [await customer('One'), await customer('Other')];
  await buy(one);
  await buy(other);
  await buy(other);
  const { body: merged } = await post(`/v1/customers/${one}/merge`, { otherId: other });
  const guest = async (wait: string) => (await get(`/v1/guests/${one}?wait=${wait}`)).body;
  expect(await guest(merged.cursor)).toMatchObject({
    visits: 3,
    spent: [{ amount: 3000, currency: 'EUR' }],
    mergedIds: [other],
  });
  const path = `/v1/guests/${one}/timeline`;
  const seen: string[] = [];
  for (let after = '', more = true; more;) {
    const next = after === '' ? '' : `&after=${after}`;
    const page = await get(`${path}?limit=3&wait=${merged.cursor}${next}`);
    for (const item of page.body.items) seen.push(item.id);
    ({ next: after, more } = page.body);
  }
  // Two registrations, three orders placed and paid, the merge.
  expect([seen.length, new Set(seen).size]).toEqual([9, 9]);
  const { body: back } = await post(`/v1/customers/${one}/unmerge`, { otherId: other });
  expect(await guest(back.cursor)).toMatchObject({ visits: 1, mergedIds: [] });
});

test('G3: sales are kept of whoever bought something, and of nobody else', async () => {
  const [bought, looked] = [await customer('Buyer'), await customer('Looker')];
  await get(`/v1/guests/${bought}?wait=${await buy(bought)}`);
  const keptOf = keptOfGuests(http.modules.projections);
  const asked = (personId: string) =>
    keptOf({ tenant: 'default', personId }, '2026-11-22T00:00:00.000Z');
  expect((await asked(bought)).map(({ until }) => until)).toEqual(['2036-12-31', null]);
  expect((await asked(looked)).map(({ until }) => until)).toEqual([null]);
});

test('G4: an unknown guest and one of another tenant are told alike', async () => {
  const key = await http.tenant('guests-elsewhere');
  const id = await customer('Here');
  for (const path of [`/v1/guests/${id}`, `/v1/guests/${id}/timeline`]) {
    const [foreign, unknown] = [await get(path, key), await get(path.replace(id, 'nobody'), key)];
    expect([foreign.status, unknown.status]).toEqual([404, 404]);
    expect({ ...foreign.body, traceId: '' }).toEqual({ ...unknown.body, traceId: '' });
  }
  const cursor = await get(`/v1/guests/${id}/timeline?after=nonsense`);
  expect([cursor.status, cursor.body.code]).toEqual([400, 'CURSOR_INVALID']);
});

test('G5: a customer is also who was merged into it, leads that became it and conversations that it began', async () => {
  const [ana, twin, third] = await Promise.all(['Ana', 'Twin', 'Third'].map(customer));
  await post(`/v1/customers/${twin}/merge`, { otherId: third });
  await post(`/v1/customers/${ana}/merge`, { otherId: twin });
  const contact = { name: 'Ana', email: 'ana@example.com' };
  const lead = await created('/v1/leads', { contact, source: 'manual' });
  const linked = await post(`/v1/leads/${lead.id}/link-customer`, { customerId: ana });
  expect(linked.status).toBe(200);
  await get(`/v1/leads?wait=${linked.body.cursor}`);
  const received = await http.modules.pipeline.handle({
    principal: { keyId: 'test', tenant: 'default', scopes: new Set(['messages:write']) },
    category: 'messages.conversations',
    command: 'ReceiveInbound',
    id: 'talk',
    input: {
      channel: 'whatsapp',
      senderId: 'desk',
      address: '+48123456789',
      customerId: twin,
      suppressionId: 'whatsapp.x',
      providerId: 'wamid.1',
      kind: 'text',
      text: 'Hello',
      sentAt: '2026-11-22T12:00:00.000Z',
    },
  });
  expect(received.status).toBe('done');
  await until('the conversation is on its list', async () => {
    const { body } = await get('/v1/messages/conversations');
    return body.items.length === 1;
  });
  const related = await relatedPersons({ ...http.modules, log: http.log }, 'default', ana ?? '');
  expect(new Set(related)).toEqual(new Set([twin, third, lead.id, 'talk']));
  expect(await relatedPersons({ ...http.modules, log: http.log }, 'default', 'nobody')).toEqual([]);
  expect(await relatedPersons({ ...http.modules, log: http.log }, 'other', ana ?? '')).toEqual([]);
});

test('whoever is to be forgotten has the lead that became them a moment ago, or nothing is done yet', async () => {
  const id = await customer('Ida');
  const contact = { name: 'Ida', email: 'ida@example.com' };
  const lead = await created('/v1/leads', { contact, source: 'manual' });
  const deps = { ...http.modules, log: http.log };
  const { answer, isEarly } = await askBehind(http.modules.projections, {
    lists: ['leads.list'],
    write: () => post(`/v1/leads/${lead.id}/link-customer`, { customerId: id }),
    ask: () => relatedPersons(deps, 'default', id),
    meanwhile: () => get('/v1/leads'),
  });
  expect([answer, isEarly]).toEqual([[lead.id], false]);
  await http.modules.projections.pause('leads.list');
  try {
    await created('/v1/leads', { contact, source: 'manual' });
    const refused = relatedPersons(deps, 'default', id);
    await expect(refused).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterSeconds: 10 });
  } finally {
    await http.modules.projections.resume('leads.list');
  }
});
