/** Loyalty through the server: members by phone, points that follow orders, points used at checkout, simulations. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askBehind } from '../../../test/support/lists-behind.ts';
import type { Policy } from '../../core/policy.ts';
import { createEventRecorder } from '../../core/record-event.ts';
import type { RecordedEvent } from '../../core/recorded-event.ts';
import { ADMIN_KEY, httpFixture, type HttpFixture } from '../../http/fixture.ts';
import { revealingReader } from '../../personal-data/revealing-reader.ts';
import { loyalty } from './index.ts';
import { DEFAULT_RULES } from './rules/rules.ts';

let http: HttpFixture;
let locationId: string;
let productId: string;

const post = (path: string, body: unknown, key = ADMIN_KEY) =>
  http.json(path, { method: 'POST', body, key });
const get = (path: string, key = ADMIN_KEY) => http.json(path, { key });
const created = async (path: string, body: unknown): Promise<string> => {
  const answer = await post(path, body);
  expect([answer.status, answer.body]).toMatchObject([201, {}]);
  return answer.body.id;
};

/** Answers every event of the log as the policies would, in order; a second time nothing may change. */
async function followPolicies(): Promise<void> {
  for (const policy of loyalty.policies)
    for (const { event, position } of await eventsFor(policy))
      await answer(policy, event, position);
}

async function answer(policy: Policy, event: RecordedEvent, position: bigint): Promise<void> {
  const keyId = `policy:${policy.name}`;
  const principal = { keyId, tenant: 'default', scopes: new Set(['loyalty:write' as const]) };
  for (const [place, reaction] of policy.react(event, undefined).entries()) {
    if (reaction.kind !== 'command') continue;
    const { category, command, id, input } = reaction;
    const commandId = `${policy.name}-${position}-${place}`;
    await http.modules.pipeline.handle({ principal, category, command, id, input, commandId });
  }
}

async function eventsFor({ on }: Policy) {
  const recorder = createEventRecorder(on);
  const reader = revealingReader(http.log, http.modules.personal);
  const bucket = http.log.bucketOf('default');
  const batches = await reader.readBatches(bucket, 0n, { eventsMax: 100_000 });
  return batches
    .flatMap((batch) => Array.from({ length: batch.count }, (_, index) => batch.eventAt(index)))
    .filter((event) => event !== null && event.tenant === 'default')
    .flatMap((event) => {
      const recorded = recorder.record(event!);
      return recorded === null ? [] : [{ event: recorded, position: recorded.position }];
    });
}

let phones = 0;
/** A new customer who is a member, with a phone of their own. */
async function member(): Promise<{ readonly id: string; readonly phone: string }> {
  phones += 1;
  const phone = `+55119876${String(phones).padStart(5, '0')}`;
  const customerId = await created('/v1/customers', { name: 'Ana', phone });
  expect(await created('/v1/loyalty/members', { customerId })).toBe(customerId);
  return { id: customerId, phone };
}

const order = (customerId: string | undefined, quantity: number, amount = 0) =>
  created('/v1/orders', {
    locationId,
    channel: 'take-away',
    ...(customerId === undefined ? {} : { customerId }),
    lines: [{ productId, quantity, expectedPrice: 1000 }],
    ...(amount === 0 ? {} : { payments: [{ kind: 'cash', amount, id: `p${quantity}` }] }),
  });

const balanceOf = async (id: string) => {
  const { body } = await get(`/v1/loyalty/members/${id}/balance`);
  return { points: body.points, pending: body.pending, debt: body.debt };
};
const nothing = { points: 0, pending: 0, debt: 0 };

beforeAll(async () => {
  http = await httpFixture();
  locationId = await created('/v1/business/locations', {
    name: 'Centro',
    timeZone: 'UTC',
    currency: 'EUR',
    taxes: {
      mode: 'inclusive',
      rates: [{ taxClass: 'standard', channel: null, label: 'none', rate: 0 }],
    },
  });
  productId = await created('/v1/catalog/products', {
    name: { en: 'Menu' },
    price: 1000,
    taxClass: 'standard',
  });
});
afterAll(() => http.close());

describe('members', () => {
  test('are found by phone, with their balance and tier', async () => {
    const { id, phone } = await member();
    await post(`/v1/loyalty/members/${id}/earn`, { points: 100, reason: 'birthday' });
    const burned = await post(`/v1/loyalty/members/${id}/burn`, { points: 30, reason: 'a coffee' });
    expect(burned.body).toMatchObject({ points: 70, pending: 0, debt: 0, tier: 'standard' });
    const found = await get(
      `/v1/loyalty/members?phone=${encodeURIComponent(phone)}&wait=${burned.body.cursor}`,
    );
    expect(found.body.items).toMatchObject([
      { id, customerId: id, phone, points: 70, pending: 0, debt: 0, tier: 'standard' },
    ]);
  });

  test('are found by their new phone and no longer by the old one', async () => {
    const { id, phone: old } = await member();
    const phone = '+48500600700';
    const changed = await post(`/v1/customers/${id}/change-contact`, { phone });
    const path = `/v1/loyalty/members?phone=${encodeURIComponent(phone)}`;
    expect((await get(`${path}&wait=${changed.body.cursor}`)).body.items).toMatchObject([{ id }]);
    const none = await get(`/v1/loyalty/members?phone=${encodeURIComponent(old)}`);
    expect(none.body.items).toEqual([]);
  });

  test('of another tenant are as unknown as nobody', async () => {
    const { id, phone } = await member();
    const key = await http.tenant('elsewhere');
    const points = { points: 1, reason: 'r' };
    for (const [path, body] of [
      [`/v1/loyalty/members/${id}/burn`, points],
      [`/v1/loyalty/members/${id}/earn`, points],
      ['/v1/loyalty/members/nobody/earn', points],
    ] as const)
      expect(await post(path, body, key)).toMatchObject({
        status: 404,
        body: { code: 'NOT_FOUND' },
      });
    expect((await get(`/v1/loyalty/members/${id}/balance`, key)).status).toBe(404);
    const list = await get(`/v1/loyalty/members?phone=${encodeURIComponent(phone)}`, key);
    expect(list.body.items).toEqual([]);
    const enrolled = await post('/v1/loyalty/members', { customerId: id }, key);
    expect(enrolled).toMatchObject({ status: 409, body: { code: 'MEMBER_WITHOUT_CUSTOMER' } });
  });

  test('take nothing but what the form has', async () => {
    const { id } = await member();
    for (const body of [
      { points: 0, reason: 'r' },
      { points: 1.5, reason: 'r' },
      { points: 1 },
      { points: 1, reason: 'r', debt: 0 },
    ])
      expect((await post(`/v1/loyalty/members/${id}/earn`, body)).status).toBe(400);
    expect((await post('/v1/loyalty/members', { customerId: 7 })).status).toBe(400);
    expect((await post('/v1/loyalty/members', {})).status).toBe(400);
  });
});

describe('orders', () => {
  test('Y4: a payment earns and a refund takes back, however often the policies run', async () => {
    const { id } = await member();
    const orderId = await order(id, 3, 3000);
    await followPolicies();
    await followPolicies();
    expect(await balanceOf(id)).toEqual({ ...nothing, points: 30 });
    await post(`/v1/orders/${orderId}/refund`, { amount: 1000, reason: 'cold' });
    await followPolicies();
    await followPolicies();
    expect(await balanceOf(id)).toEqual({ ...nothing, points: 20 });
    const list = await get(`/v1/loyalty/earnings/${orderId}`);
    expect(list.body.parts).toMatchObject([
      { amount: 3000, refunded: 1000, points: 30, taken: 10 },
    ]);
  });

  test('Y11: points used are a discount on the order, earn nothing, and go back when it is cancelled', async () => {
    const { id } = await member();
    await post(`/v1/loyalty/members/${id}/earn`, { points: 800, reason: 'birthday' });
    const orderId = await order(id, 1);
    const use = { points: 400, reason: 'at the till', orderId };
    expect((await post(`/v1/loyalty/members/${id}/burn`, use)).status).toBe(200);
    expect((await get(`/v1/orders/${orderId}`)).body).toMatchObject({
      burns: [{ memberId: id, points: 400, amount: { amount: 400, currency: 'EUR' } }],
      status: 'open',
    });
    expect(await balanceOf(id)).toEqual({ ...nothing, points: 400 });
    await post(`/v1/orders/${orderId}/cancel`, { reason: 'the guest left' });
    await followPolicies();
    await followPolicies();
    expect(await balanceOf(id)).toEqual({ ...nothing, points: 800 });
  });

  test('Y11: what points paid for gives them back when it is refunded, and money earned only for the rest', async () => {
    const { id } = await member();
    await post(`/v1/loyalty/members/${id}/earn`, { points: 400, reason: 'birthday' });
    const orderId = await order(id, 1);
    await post(`/v1/loyalty/members/${id}/burn`, { points: 400, reason: 'r', orderId });
    const paid = await post(`/v1/orders/${orderId}/pay`, { kind: 'card', amount: 700, tip: 100 });
    expect(paid.status).toBe(200);
    await followPolicies();
    expect(await balanceOf(id)).toEqual({ ...nothing, points: 6 });
    const refunded = await post(`/v1/orders/${orderId}/refund`, { reason: 'cold' });
    expect(refunded.status).toBe(200);
    await followPolicies();
    expect(await balanceOf(id)).toEqual({ ...nothing, points: 400 });
  });

  test('Y4: a bill that is split after a part payment earns once for all that was paid, for whoever paid', async () => {
    const [ana, jan] = [await member(), await member()];
    const orderId = await order(ana.id, 3);
    const pay = async (id: string, amount: number) =>
      expect((await post(`/v1/orders/${id}/pay`, { kind: 'card', amount })).status).toBe(200);
    await pay(orderId, 1000);
    const split = await post(`/v1/orders/${orderId}/split`, { by: 'amount', parts: 2 });
    const [second] = split.body.bills;
    await post(`/v1/orders/${second}/set-customer`, { customerId: jan.id });
    await pay(orderId, 1000);
    await pay(second, 1000);
    await followPolicies();
    await followPolicies();
    expect(await balanceOf(ana.id)).toEqual({ ...nothing, points: 20 });
    expect(await balanceOf(jan.id)).toEqual({ ...nothing, points: 10 });
    await post(`/v1/orders/${orderId}/refund`, { reason: 'cold' });
    await followPolicies();
    expect(await balanceOf(ana.id)).toEqual(nothing);
    expect(await balanceOf(jan.id)).toEqual({ ...nothing, points: 10 });
  });

  test('Y12: points of somebody else cannot be used on an order, nor more than it costs', async () => {
    const [ana, jan] = [await member(), await member()];
    await post(`/v1/loyalty/members/${ana.id}/earn`, { points: 5000, reason: 'birthday' });
    const refused = async (orderId: string, points: number) =>
      (await post(`/v1/loyalty/members/${ana.id}/burn`, { points, reason: 'r', orderId })).body
        .code;
    expect(await refused(await order(jan.id, 1), 10)).toBe('ORDER_UNKNOWN_FOR_MEMBER');
    expect(await refused(await order(undefined, 1), 10)).toBe('ORDER_UNKNOWN_FOR_MEMBER');
    expect(await refused('no-such-order', 10)).toBe('ORDER_UNKNOWN_FOR_MEMBER');
    expect(await refused(await order(ana.id, 1), 1001)).toBe('POINTS_ABOVE_DUE');
    expect(await refused(await order(ana.id, 2, 2000), 10)).toBe('ORDER_NOT_OPEN');
    expect(await balanceOf(ana.id)).toEqual({ ...nothing, points: 5000 });
  });

  test('nobody gives points for an order by hand', async () => {
    const { id } = await member();
    const movement = {
      kind: 'payment',
      paymentId: 'p',
      currency: 'EUR',
      businessDay: '2026-11-22',
      paidAt: '2026-11-22T12:00:00Z',
      lines: [{ lineId: 'l', productId: 'p', categoryId: null, amount: 1_000_000 }],
    };
    const answer = await post('/v1/loyalty/earnings', { memberId: id, movement });
    expect([answer.status, answer.body.code]).toEqual([409, 'ONLY_FOR_ORDERS']);
  });
});

describe('programmes', () => {
  const double = {
    ...DEFAULT_RULES,
    earning: { ...DEFAULT_RULES.earning, points: 2 },
  };

  test('a simulation says what other rules would have given, and changes nothing', async () => {
    let id = '';
    const path = '/v1/loyalty/programmes/main/simulations';
    const total = async (rules?: unknown) => {
      const { status, body } = await post(path, rules === undefined ? {} : { rules });
      expect([status, body.complete]).toEqual([200, true]);
      return body.totals.reduce(
        (
          sum: { points: number; given: number },
          each: { points: number; givenPoints: number },
        ) => ({
          points: sum.points + each.points,
          given: sum.given + each.givenPoints,
        }),
        { points: 0, given: 0 },
      );
    };
    const { answer: same } = await askBehind(http.modules.projections, {
      lists: ['loyalty.member-list'],
      async write() {
        ({ id } = await member());
        const orderId = await order(id, 5, 5000);
        await followPolicies();
        await post(`/v1/orders/${orderId}/refund`, { amount: 1000, reason: 'cold' });
        await followPolicies();
      },
      ask: () => total(),
      meanwhile: () => get('/v1/loyalty/programmes'),
    });
    const before = await balanceOf(id);
    expect([same.points, same.points > 0]).toEqual([same.given, true]);
    const tried = await total(double);
    expect(tried).toEqual({ points: 2 * same.points, given: same.given });
    expect(await balanceOf(id)).toEqual(before);
    const broken = await post(path, { rules: { ...double, timeZone: 'Europe/Nowhere' } });
    expect(broken.status).toBe(400);
    expect((await post('/v1/loyalty/programmes/none/simulations', {})).status).toBe(404);
  });

  test('rules that are set are in force at once and have versions; drafts are not in force', async () => {
    const draft = { name: 'Double', rules: double, reason: 'to be tried' };
    const draftId = await created('/v1/loyalty/programmes', draft);
    const { id } = await member();
    await order(id, 1, 1000);
    await followPolicies();
    expect((await balanceOf(id)).points).toBe(10);
    const set = await http.json('/v1/loyalty/programmes/main', { method: 'PUT', body: draft });
    expect([set.status, set.body.id]).toEqual([201, 'main']);
    await order(id, 2, 2000);
    await followPolicies();
    expect((await balanceOf(id)).points).toBe(50);
    const { body } = await get(`/v1/loyalty/members/${id}/balance`);
    expect(body.lots).toMatchObject([{ points: 10 }, { points: 40 }]);
    const list = await get(`/v1/loyalty/programmes?wait=${set.body.cursor}`);
    expect(list.body.items).toMatchObject([
      { id: 'main', inForce: true, rulesVersion: 1 },
      { id: draftId, inForce: false },
    ]);
    const wrong = { ...draft, rules: { ...double, timeZone: 'Mars/Olympus' } };
    const refused = await http.json('/v1/loyalty/programmes/main', { method: 'PUT', body: wrong });
    expect(refused.body.code).toBe('PROGRAMME_ZONE_UNKNOWN');
  });
});
