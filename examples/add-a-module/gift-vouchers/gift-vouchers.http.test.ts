/** The finished module through HTTP: what the tutorial shows. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpFixture, type HttpFixture } from '../../../src/http/fixture.ts';
import { giftVouchers } from './index.ts';

let http: HttpFixture;

beforeAll(async () => {
  http = await httpFixture({ businessModules: [giftVouchers] });
});
afterAll(() => http.close());

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  http.json(path, { method: 'POST', body, headers });
const VOUCHER = {
  value: { amount: 5000, currency: 'BRL' },
  recipient: 'Ana Souza',
  expiresAt: '2097-12-31T23:59:59Z',
};

test('a voucher is issued, redeemed in parts, and then spent', async () => {
  const issued = await post('/v1/gift-vouchers', VOUCHER);
  expect(issued.status).toBe(201);
  const path = `/v1/gift-vouchers/${issued.body.id}`;
  const redeem = (amount: number) => post(`${path}/redeem`, { amount, orderId: 'o1' });
  expect((await redeem(1500)).status).toBe(200);
  const tooMuch = await redeem(4000);
  expect([tooMuch.status, tooMuch.body.code, tooMuch.body.details]).toEqual([
    409,
    'GIFT_VOUCHER_TOO_SMALL',
    { left: 3500 },
  ]);
  const last = await redeem(3500);
  const now = await http.json(`${path}?wait=${last.body.cursor}`);
  expect(now.body).toMatchObject({ version: 3, status: 'spent', left: 0 });
  const early = await http.json(`${path}?version=2`);
  expect(early.body).toMatchObject({ version: 2, status: 'valid', left: 3500 });
});

test('the same request again redeems once', async () => {
  const { body } = await post('/v1/gift-vouchers', VOUCHER);
  const redeem = () =>
    post(
      `/v1/gift-vouchers/${body.id}/redeem`,
      { amount: 1500, orderId: 'o2' },
      { 'idempotency-key': '"order-o2-payment-1"' },
    );
  const first = await redeem();
  const again = await redeem();
  expect([again.status, again.body]).toEqual([200, first.body]);
  expect((await http.json(`/v1/gift-vouchers/${body.id}`)).body.left).toBe(3500);
});

test('the list follows', async () => {
  const { body } = await post('/v1/gift-vouchers', VOUCHER);
  const cancelled = await post(`/v1/gift-vouchers/${body.id}/cancel`, { reason: 'by mistake' });
  const list = await http.json(`/v1/gift-vouchers?status=cancelled&wait=${cancelled.body.cursor}`);
  expect(list.body.items).toMatchObject([{ id: body.id, leftOver: 0, status: 'cancelled' }]);
});
