/**
 * A small house from its first sign-in to its day report, through one server process: menu, order, kitchen, payment,
 * points, reservations, Z report, the accountant's file. Then sales over the counter while the server is killed: every
 * key is one order, and the member's points are those of what was paid.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { until } from '../support/until.ts';

const TEST_TIMEOUT_MS = 120_000;
const EMAIL = 'owner@house.example';
const PASSWORD = 'seven green bottles on a wall';
const PHONE = '+33639980042';
const SALES = 120;
const WORKERS = 6;
/** Between two tries while the server is down. */
const TRY_AGAIN_MS = 100;
const DISH = 1450;
const EXTRA = 150;

let server: ServerProcess;
let cookie = '';
let csrf = '';

// oxlint-disable-next-line typescript/no-explicit-any -- safe because tests assert what they find in it
type Body = any;

interface Answer {
  readonly status: number;
  readonly body: Body;
}

/** As the person who signed in. */
async function ask(path: string, body?: unknown, key?: string): Promise<Answer> {
  const response = await fetch(`${server.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(cookie === '' ? {} : { cookie, 'x-csrf-token': csrf }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const names = response.headers.getSetCookie().map((line) => line.split(';')[0]);
  if (names.length > 0) cookie = names.join('; ');
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, body: isJson ? JSON.parse(text) : text };
}

/** Of the newest command. */
let written = '';

async function done(path: string, body?: unknown): Promise<Body> {
  const answer = await ask(path, body);
  expect([200, 201], `${path}: ${JSON.stringify(answer.body)}`).toContain(answer.status);
  if (body !== undefined) written = answer.body.cursor ?? written;
  return answer.body;
}

let locationId: string;
let productId: string;
let snackId: string;
let tillId: string;
let guestId: string;

async function setUp(): Promise<void> {
  const place = { name: 'Le Test', timeZone: 'Europe/Paris', country: 'FR' };
  locationId = (await done('/v1/business/locations', place)).id;
  const part = (word: string, input: object) =>
    done(`/v1/business/locations/${locationId}/${word}`, input);
  await part('set-area', { areaId: 'hall', name: 'Hall' });
  await part('set-table', { tableId: 't1', areaId: 'hall', name: '1', seats: 4 });
  await part('set-station', { stationId: 'kitchen', name: 'Kitchen' });
  tillId = (await done('/v1/business/tills', { locationId, name: 'Bar' })).id;
  const group = {
    name: { en: 'Sauce' },
    min: 1,
    max: 2,
    options: [
      { optionId: 'pepper', name: { en: 'pepper' }, price: EXTRA },
      { optionId: 'none', name: { en: 'none' }, price: 0 },
    ],
  };
  const groupId = (await done('/v1/catalog/groups', group)).id;
  const dish = { name: { en: 'Dish of the day' }, price: DISH, taxClass: 'food' };
  productId = (
    await done('/v1/catalog/products', { ...dish, groupIds: [groupId], stationId: 'kitchen' })
  ).id;
  const snack = { name: { en: 'Croissant' }, price: 1000, taxClass: 'food' };
  snackId = (await done('/v1/catalog/products', snack)).id;
  guestId = (await done('/v1/customers', { name: 'Adèle Orsay', phone: PHONE })).id;
  await done('/v1/loyalty/members', { customerId: guestId });
}

async function pointsAre(points: number): Promise<void> {
  await until(`${points} points`, async () => {
    const { items } = await done(`/v1/loyalty/members?phone=${encodeURIComponent(PHONE)}`);
    return items[0]?.points === points;
  });
}

beforeAll(async () => {
  server = await startServer({
    env: { COMPTOIR_ADMIN_EMAIL: EMAIL, COMPTOIR_ADMIN_PASSWORD: PASSWORD },
  });
  const signedIn = await ask('/v1/session', { email: EMAIL, password: PASSWORD });
  expect(signedIn.status, JSON.stringify(signedIn.body)).toBe(200);
  csrf = signedIn.body.csrf;
  await setUp();
}, TEST_TIMEOUT_MS);
afterAll(() => server?.dispose());

describe('a day of a house', () => {
  let order: Body;
  let businessDay: string;

  it('begins with a menu and an order that the kitchen is told of', async () => {
    await done(`/v1/business/tills/${tillId}/open-session`, { float: 10_000 });
    const asIs = `locationId=${locationId}&channel=eat-in&wait=${written}`;
    const menu = await done(`/v1/catalog/menu?${asIs}`);
    expect(menu.sections.flatMap((section: Body) => section.products)).toMatchObject([
      { productId: snackId, price: { amount: 1000, currency: 'EUR' } },
      { productId, groups: [{ min: 1, max: 2 }] },
    ]);
    const line = { productId, quantity: 2, modifiers: [{ optionId: 'pepper', quantity: 1 }] };
    const asked = { locationId, channel: 'eat-in', tableId: 't1', customerId: guestId };
    const stale = await ask('/v1/orders', { ...asked, lines: [{ ...line, expectedPrice: DISH }] });
    expect([stale.status, stale.body.code]).toEqual([409, 'PRICE_CHANGED']);
    const lines = [{ ...line, expectedPrice: DISH + EXTRA }];
    order = await done('/v1/orders', { ...asked, lines });
    expect(order).toMatchObject({ status: 'open', total: { amount: 3200 } });
    const place = `locationId=${locationId}&wait=${order.cursor}`;
    const board = await done(`/v1/orders/kitchen/board?${place}`);
    expect(board.tickets).toMatchObject([{ stationId: 'kitchen', orderId: order.id }]);
    const ready = await done(`/v1/orders/${order.id}/bump`, {});
    const after = `locationId=${locationId}&wait=${ready.cursor}`;
    expect((await done(`/v1/orders/kitchen/board?${after}`)).tickets).toEqual([]);
  });

  it('is paid in cash with a tip, and the points are found by phone', async () => {
    const paid = await done(`/v1/orders/${order.id}/pay`, {
      kind: 'cash',
      amount: 5000,
      tip: 300,
      tillId,
    });
    expect(paid).toMatchObject({ status: 'closed', due: { amount: 0 } });
    const closed = await done(`/v1/orders/${order.id}`);
    businessDay = closed.businessDay;
    expect(closed.payments).toMatchObject([
      { change: { amount: 1500 }, tip: { amount: 300 }, settled: { amount: 3200 } },
    ]);
    await pointsAre(32);
  });

  it('has a table that is booked once, and free again when it is cancelled', async () => {
    const date = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    const free = async (): Promise<string[]> => {
      const path = `/v1/reservations/availability?locationId=${locationId}&date=${date}&partySize=4`;
      const { slots } = await done(path);
      return slots.filter((slot: Body) => slot.available).map((slot: Body) => slot.startsAt);
    };
    const [startsAt] = await free();
    const asked = { locationId, startsAt, partySize: 4, contact: { name: 'Adèle', phone: PHONE } };
    const booked = await done('/v1/reservations', asked);
    expect(booked).toMatchObject({ status: 'confirmed', tableIds: ['t1'] });
    const second = await ask('/v1/reservations', asked);
    expect([second.status, second.body.code]).toEqual([409, 'SLOT_FULL']);
    expect(await free()).not.toContain(startsAt);
    await done(`/v1/reservations/${booked.id}/cancel`, { reason: 'plans changed' });
    expect(await free()).toContain(startsAt);
  });

  it('ends with a count, a Z report, a day report and a file for the accountant', async () => {
    const till = (word: string, input: object) =>
      done(`/v1/business/tills/${tillId}/${word}`, input);
    // The float and what was handed over, less the change.
    await till('count', { counted: 13_500 });
    const closed = await till('close-session', {});
    expect(closed).toMatchObject({ zNumber: 1 });
    const report = await done(`/v1/business/tills/${tillId}/z-reports/1?wait=${closed.cursor}`);
    expect(JSON.stringify(report)).toContain('13500');
    const day = await done(`/v1/reports/days/${locationId}/${businessDay}?wait=${closed.cursor}`);
    expect(day).toMatchObject({ gross: 3200, tips: 300, orders: 1 });
    const query = `locationId=${locationId}&from=2020-01-01&to=2100-01-01`;
    const file = await ask(`/v1/reports/days.csv?${query}`);
    expect([file.status, file.body]).toEqual([200, expect.stringContaining('32.00')]);
  });
});

describe('sales while the server is killed', () => {
  it(
    'are one order for each key, and the points are those of what was paid',
    async () => {
      let settled = 0;
      let unheard = 0;
      const ids = new Map<string, string>();
      const sell = async (key: string): Promise<void> => {
        const sale = {
          locationId,
          channel: 'take-away',
          customerId: guestId,
          lines: [{ productId: snackId, quantity: 1, expectedPrice: 1000 }],
          payments: [{ kind: 'card', amount: 1000 }],
        };
        const id = await until(
          `an answer to ${key}`,
          async () => {
            const answer = await ask('/v1/orders', sale, key).catch(() => null);
            if (answer?.status === 201) return String(answer.body.id);
            unheard += 1;
            if (answer !== null) expect([409, 503]).toContain(answer.status);
            if (answer?.status === 409) expect(answer.body.code).toBe('IDEMPOTENCY_IN_FLIGHT');
            return null;
          },
          { timeoutMs: 60_000, intervalMs: TRY_AGAIN_MS },
        );
        ids.set(key, id);
        settled += 1;
      };
      let next = 0;
      const work = async (): Promise<void> => {
        while (next < SALES) await sell(`sale-${next++}`);
      };
      const killing = async (): Promise<void> => {
        await until('sales to be under way', () => settled >= SALES / 3);
        await server.kill('SIGKILL');
        await server.restart();
      };
      await Promise.all([killing(), ...Array.from({ length: WORKERS }, work)]);
      expect(unheard, 'no sale was cut by the kill').toBeGreaterThan(0);
      expect(new Set(ids.values()).size).toBe(SALES);
      // Ten points for each sale, and those of the dish: no earning was lost or doubled.
      await pointsAre(32 + 10 * SALES);
      const sold = await until('all sales to be listed as paid', async () => {
        const listed = await done(`/v1/orders?customerId=${guestId}&status=closed&limit=1000`);
        const taken = listed.items.filter((item: Body) => item.channel === 'take-away');
        return taken.length >= SALES && taken;
      });
      expect(sold.map((item: Body) => item.id).toSorted()).toEqual([...ids.values()].toSorted());
      expect(new Set(sold.map((item: Body) => item.number)).size).toBe(SALES);
    },
    TEST_TIMEOUT_MS,
  );
});
