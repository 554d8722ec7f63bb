/** What is put right afterwards, through the server: payments, points, and what one person may give away on a day. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CachedAuthenticator } from '../../access/authenticator.ts';
import type { Principal, Scope } from '../../access/principal.ts';
import { knownScopes } from '../../access/scopes.ts';
import { Failure } from '../../core/errors.ts';
import { httpFixture, type HttpFixture } from '../../http/fixture.ts';
import { MODULES } from '../index.ts';

let http: HttpFixture;
let locationId: string;
let productId: string;
let cursor = '';
const people = new Map<string, Principal>();
const authenticate: CachedAuthenticator['authenticate'] = ({ authorization = '' }) => {
  const found = people.get(authorization.replace('Bearer ', ''));
  if (found === undefined) throw new Failure('UNAUTHENTICATED', 'nobody');
  return found;
};
const authenticator: CachedAuthenticator = {
  authenticate,
  recheck: authenticate,
  knows: () => true,
  forget() {},
};

function person(name: string, amounts: Record<string, number> = {}, ownShiftOnly = false): void {
  people.set(name, {
    keyId: `user:${name}`,
    tenant: 'house',
    scopes: new Set<Scope>(knownScopes(MODULES)),
    rules: { locations: null, ownShiftOnly, amounts },
  });
}

const post = (path: string, body: object = {}, key = 'owner') =>
  http.json(path, { method: 'POST', key, body });
/** From the log: as new as can be. */
const now = async (path: string) => (await http.json(path, { key: 'owner' })).body;
const get = async (path: string) => {
  const join = path.includes('?') ? '&' : '?';
  return (await http.json(`${path}${join}wait=${cursor}`, { key: 'owner' })).body;
};

async function done(path: string, body: object = {}, key = 'owner') {
  const answer = await post(path, body, key);
  expect([path, answer.status < 300, answer.status < 300 ? '' : answer.body]).toEqual([
    path,
    true,
    '',
  ]);
  ({ cursor } = answer.body);
  return answer.body;
}

const place = { name: 'Centro', timeZone: 'Europe/Lisbon', country: 'PT' };

beforeAll(async () => {
  http = await httpFixture({ authenticator });
  person('owner');
  ({ id: locationId } = await done('/v1/business/locations', place));
  const facts = { name: { en: 'Steak' }, price: 1000, taxClass: 'standard', allergens: [] };
  ({ id: productId } = await done('/v1/catalog/products', facts));
});
afterAll(() => http.close());

async function openTill(name: string): Promise<string> {
  const { id } = await done('/v1/business/tills', { locationId, name });
  await done(`/v1/business/tills/${id}/open-session`, { float: 5000 });
  return id;
}

async function sold(payments: readonly object[] = []): Promise<string> {
  const lines = [{ productId, quantity: 1, expectedPrice: 1000 }];
  return (await done('/v1/orders', { locationId, channel: 'eat-in', lines, payments })).id;
}

test('O25: a payment of a closed session is put right in the next one; the Z report stays', async () => {
  const tillId = await openTill('Bar');
  const at = `/v1/business/tills/${tillId}`;
  const id = await sold([{ id: 'p1', kind: 'cash', amount: 1500, tip: 100, tillId }]);
  await done(`${at}/count`, { counted: 5000 });
  await done(`${at}/close-session`);
  const z = await get(`${at}/z-reports/1`);
  const correction = { paymentId: 'p1', kind: 'card', reason: 'wrong key' };
  const refused = await post(`/v1/orders/${id}/correct-payment`, correction);
  expect(refused).toMatchObject({ status: 409, body: { code: 'TILL_SESSION_CLOSED' } });
  await done(`${at}/open-session`, { float: 5000 });
  await done(`/v1/orders/${id}/correct-payment`, correction);
  expect(await now(`${at}/x-report`)).toMatchObject({
    expected: 3900,
    tenders: { cash: { received: 0 }, card: { received: 0 } },
    corrections: { count: 1, cash: -1100, card: 1100, other: 0 },
  });
  expect(await get(`${at}/z-reports/1`)).toEqual(z);
  expect(await now(`/v1/orders/${id}`)).toMatchObject({
    status: 'closed',
    tips: { amount: 100 },
    payments: [{ kind: 'card', amount: { amount: 1100 }, change: { amount: 0 } }],
    corrections: [{ from: 'cash', kind: 'card', amount: { amount: 1100 } }],
  });
  const { items } = await get('/v1/reports/days');
  expect(items[0].tenders).toMatchObject({
    cash: { received: 1500, change: 400, corrected: -1100 },
    card: { received: 0, corrected: 1100 },
  });
  const csv = await (
    await http.call(`/v1/reports/days.csv?wait=${cursor}`, { key: 'owner' })
  ).text();
  expect(csv).toMatch(/corrections,card,,1,,,11\.00/);
  expect(csv).toMatch(/corrections,cash,,1,,,-11\.00/);
});

test('O30: a refund of a closed session is put right in the next one; the Z report stays', async () => {
  const tillId = await openTill('Terrace');
  const at = `/v1/business/tills/${tillId}`;
  const id = await sold([{ id: 'p1', kind: 'card', amount: 1000, tillId }]);
  const back = { id: 'r1', kind: 'cash', amount: 400, reason: 'cold', tillId };
  await done(`/v1/orders/${id}/refund`, back);
  await done(`${at}/count`, { counted: 4600 });
  await done(`${at}/close-session`);
  const z = await get(`${at}/z-reports/1`);
  const before = (await get('/v1/reports/days')).items[0];
  const correction = { refundId: 'r1', kind: 'card', reason: 'went back to the card' };
  expect(await post(`/v1/orders/${id}/correct-refund`, correction)).toMatchObject({
    body: { code: 'TILL_SESSION_CLOSED' },
  });
  await done(`${at}/open-session`, { float: 5000 });
  const both = await Promise.all([
    post(`/v1/orders/${id}/correct-refund`, correction),
    post(`/v1/orders/${id}/correct-refund`, correction),
  ]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  cursor = both.reduce((last, { body }) => (body.cursor > last ? body.cursor : last), '');
  expect(await now(`${at}/x-report`)).toMatchObject({
    expected: 5400,
    corrections: { count: 1, cash: 400, card: -400, other: 0 },
  });
  expect(await get(`${at}/z-reports/1`)).toEqual(z);
  const { tenders, ...day } = (await get('/v1/reports/days')).items[0];
  expect({ ...before, ...day }).toEqual(before);
  const moved = (kind: string): number => tenders[kind].corrected - before.tenders[kind].corrected;
  expect([moved('cash'), moved('card')]).toEqual([400, -400]);
  expect(tenders.cash.paidBack).toBe(before.tenders.cash.paidBack);
});

test('O25: above a limit a correction is not for a key, which has nobody to approve it', async () => {
  person('small', { 'orders:correct': 500 });
  const id = await sold([{ id: 'p1', kind: 'card', amount: 1000 }]);
  const correction = { paymentId: 'p1', kind: 'cash', reason: 'r' };
  expect(await post(`/v1/orders/${id}/correct-payment`, correction, 'small')).toMatchObject({
    status: 403,
    body: { code: 'FORBIDDEN' },
  });
});

test('O28: of ten refunds at once no more pass than the limit of the day allows', async () => {
  person('ana', { 'orders:refund/day': 2500 });
  const ids = [];
  for (let each = 0; each < 10; each += 1) ids.push(await sold([{ kind: 'card', amount: 1000 }]));
  const answers = await Promise.all(
    ids.map((id) => post(`/v1/orders/${id}/refund`, { reason: 'r' }, 'ana')),
  );
  const codes = answers.map(({ status, body }) => (status === 200 ? 'done' : body.code));
  expect(codes.filter((code) => code === 'done')).toHaveLength(2);
  expect(codes.filter((code) => code === 'FORBIDDEN')).toHaveLength(8);
  const order = ids[codes.indexOf('FORBIDDEN')];
  await done(`/v1/orders/${order}/refund`, { amount: 500, reason: 'r' }, 'ana');
  const more = await post(`/v1/orders/${order}/refund`, { amount: 1, reason: 'r' }, 'ana');
  expect(more.body).toMatchObject({ code: 'FORBIDDEN' });
  const { items } = await get('/v1/orders/allowances?person=user:ana');
  expect(items).toMatchObject([{ locationId, refund: 2500, discount: 0 }]);
  const restart = { locationId, reason: 'a party was put right' };
  const own = await post(`/v1/orders/allowances/${items[0].allowanceId}/restart`, restart, 'ana');
  expect(own).toMatchObject({ status: 409, body: { code: 'ALLOWANCE_IS_OWN' } });
  await done(`/v1/orders/allowances/${items[0].allowanceId}/restart`, restart);
  await done(`/v1/orders/${order}/refund`, { amount: 1, reason: 'r' }, 'ana');
});

test('B17, B18: of two that take one name at once, one is refused with the one that has it', async () => {
  const two = await Promise.all([
    post('/v1/business/locations', { ...place, name: 'Twins' }),
    post('/v1/business/locations', { ...place, name: 'twins' }),
  ]);
  expect(two.map(({ status }) => status)).toEqual(expect.arrayContaining([201, 409]));
  const [won, lost] = two.toSorted((a, b) => a.status - b.status);
  expect(lost?.body).toMatchObject({
    code: 'LOCATION_NAME_TAKEN',
    details: { existing: { id: won?.body.id } },
  });
  const tills = await Promise.all(
    ['Door', 'Door'].map((name) => post('/v1/business/tills', { locationId, name })),
  );
  expect(tills.map(({ status }) => status)).toEqual(expect.arrayContaining([201, 409]));
});

test('O25: who works in their own shift only puts nothing right in the session of somebody else', async () => {
  const tillId = await openTill('Own');
  person('waiter', {}, true);
  const payment = { id: 'p1', kind: 'cash', amount: 1000, tillId };
  const id = await sold([payment]);
  const correction = { paymentId: 'p1', kind: 'card', reason: 'wrong key' };
  const refused = await post(`/v1/orders/${id}/correct-payment`, correction, 'waiter');
  expect(refused).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  const refund = { id: 'r1', kind: 'cash', amount: 400, tillId, reason: 'cold' };
  await done(`/v1/orders/${id}/refund`, refund);
  const refundWrong = { refundId: 'r1', kind: 'card', reason: 'wrong key' };
  const second = await post(`/v1/orders/${id}/correct-refund`, refundWrong, 'waiter');
  expect(second).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  await done(`/v1/orders/${id}/correct-refund`, refundWrong);
});
