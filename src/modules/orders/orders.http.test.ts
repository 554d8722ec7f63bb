import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../core/audit.ts';
import { httpFixture, type HttpFixture, type JsonAnswer } from '../../http/fixture.ts';

let http: HttpFixture;
let locationId: string;
let espresso: string;
/** What the audit trail was told, in order. */
const noted: AuditEntry[] = [];

const post = (path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
  http.json(path, { method: 'POST', body, headers });

async function created(path: string, body: unknown): Promise<string> {
  const answer = await post(path, body);
  expect([path, answer.status, answer.body]).toMatchObject([path, 201, {}]);
  return answer.body.id;
}

beforeAll(async () => {
  const note = (entry: AuditEntry): void => void noted.push(entry);
  http = await httpFixture({ audit: { note, record: async (entry) => note(entry) } });
  const place = { name: 'Centro', timeZone: 'Europe/Lisbon', country: 'PT' };
  locationId = await created('/v1/business/locations', place);
  await post(`/v1/business/locations/${locationId}/set-area`, { areaId: 'hall', name: 'Hall' });
  const table = { tableId: 't1', areaId: 'hall', name: '1', seats: 4 };
  await post(`/v1/business/locations/${locationId}/set-table`, table);
  await post(`/v1/business/locations/${locationId}/set-station`, {
    stationId: 'bar',
    name: 'Bar',
    slowAfterSeconds: 300,
    lateAfterSeconds: 600,
  });
  espresso = await created('/v1/catalog/products', {
    name: { en: 'Espresso' },
    price: 250,
    taxClass: 'standard',
    stationId: 'bar',
    allergens: [],
  });
});
afterAll(() => http.close());

const lines = (quantity = 1, expectedPrice: unknown = 250) => [
  { productId: espresso, quantity, modifiers: [], expectedPrice },
];
const order = (more: object = {}, quantity = 1) =>
  post('/v1/orders', { locationId, channel: 'eat-in', lines: lines(quantity), ...more });
const eur = (amount: number) => ({ amount, currency: 'EUR' });

describe('POST /v1/orders', () => {
  test('answers as the contract says', async () => {
    const { status, body, headers } = await order({ tableId: 't1' }, 2);
    expect([status, body]).toMatchObject([
      201,
      { id: expect.any(String), version: 1, total: eur(500), status: 'open' },
    ]);
    expect(body.number).toBeGreaterThan(0);
    expect(body.taxes).toEqual([
      { label: expect.any(String), rate: 23000, net: eur(407), tax: eur(93), gross: eur(500) },
    ]);
    expect(body.cursor).toEqual(expect.any(String));
    expect(headers.get('location')).toBe(`/v1/orders/${body.id}`);
  });

  test('paid at once it is closed; numbers rise', async () => {
    const first = await order({ payments: [{ kind: 'cash', amount: 1000, tip: 50 }] });
    const second = await order({ channel: 'table', payments: [{ kind: 'card', amount: 250 }] });
    expect(first.body).toMatchObject({ status: 'closed', version: 3, change: eur(700) });
    expect(second.body.number).toBeGreaterThan(first.body.number);
  });

  test('the answer has the members that its document says, and no others', async () => {
    const { body } = await order({ payments: [{ kind: 'card', amount: 250 }] });
    const document = (await http.json('/openapi.json')).body;
    const { schema } =
      document.paths['/v1/orders'].post.responses['201'].content['application/json'];
    expect(Object.keys(body).sort()).toEqual(Object.keys(schema.properties).sort());
    expect(schema.required.toSorted()).toEqual(Object.keys(schema.properties).sort());
  });

  test('a stale price is 409 PRICE_CHANGED with the current one', async () => {
    const body = { locationId, channel: 'take-away', lines: lines(1, 240) };
    const answer = await post('/v1/orders', body);
    expect([answer.status, answer.body]).toMatchObject([
      409,
      { code: 'PRICE_CHANGED', details: { current: eur(250), lineIndex: 0 } },
    ]);
  });

  test.each([
    ['a quantity below one', { lines: [{ productId: 'x', quantity: 0, expectedPrice: 1 }] }],
    ['a huge quantity', { lines: [{ productId: 'x', quantity: 1e9, expectedPrice: 1 }] }],
    ['a negative price', { lines: [{ productId: 'x', quantity: 1, expectedPrice: -1 }] }],
    ['another channel', { channel: 'drone' }],
    ['a number of its own', { number: 1 }],
    ['a total of its own', { total: 0 }],
    ['a price on a line', { lines: [{ ...lines()[0], unitPrice: 1 }] }],
  ])('%s is 400', async (_what, more) => {
    const body = { locationId, channel: 'eat-in', lines: lines(), ...more };
    expect((await post('/v1/orders', body)).status).toBe(400);
  });

  test('the same Idempotency-Key gives the same order', async () => {
    const body = { locationId, channel: 'eat-in', lines: lines() };
    const [first, again] = [
      await post('/v1/orders', body, { 'idempotency-key': 'till-9' }),
      await post('/v1/orders', body, { 'idempotency-key': 'till-9' }),
    ];
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });
});

describe('commands that follow', () => {
  test('pay, refund, and what goes beyond', async () => {
    const { body } = await order({}, 4);
    const at = `/v1/orders/${body.id}`;
    const paid = await post(`${at}/pay`, { id: 'p1', kind: 'card', amount: 1000 });
    expect([paid.status, paid.body]).toMatchObject([200, { status: 'closed', due: eur(0) }]);
    const again = await post(`${at}/pay`, { id: 'p1', kind: 'card', amount: 1000 });
    expect([again.status, again.body.version]).toEqual([200, paid.body.version]);
    expect((await post(`${at}/cancel`, { reason: 'r' })).status).toBe(409);
    expect((await post(`${at}/refund`, { amount: eur(400), reason: 'cold' })).status).toBe(200);
    const over = await post(`${at}/refund`, { amount: 601, reason: 'cold' });
    expect([over.status, over.body]).toMatchObject([
      409,
      { code: 'REFUND_EXCEEDS_PAID', details: { refundable: eur(600) } },
    ]);
  });

  test('fire, bump, recall, move, split, merge and cancel', async () => {
    const { body } = await order({ tableId: 't1' }, 3);
    const at = `/v1/orders/${body.id}`;
    const kitchen = async () => (await http.json(at)).body.lines[0].kitchen;
    for (const [command, expected] of [
      ['fire', 'fired'],
      ['bump', 'ready'],
      ['recall', 'fired'],
    ] as const) {
      expect((await post(`${at}/${command}`)).status).toBe(200);
      expect(await kitchen()).toBe(expected);
    }
    expect((await post(`${at}/move`, { tableId: null })).status).toBe(200);
    expect((await post(`${at}/move`, { tableId: 't7' })).body.code).toBe('NO_SUCH_TABLE');
    const split = await post(`${at}/split`, { by: 'amount', parts: 3 });
    expect([split.status, split.body]).toMatchObject([200, { total: eur(250) }]);
    const [second, third] = split.body.bills;
    expect((await http.json(`/v1/orders/${second}`)).body).toMatchObject({
      splitFrom: body.id,
      number: body.number,
      total: eur(250),
      part: 1,
    });
    expect((await post(`/v1/orders/${third}/merge`, { intoOrderId: second })).status).toBe(200);
    const cancelled = await post(`/v1/orders/${second}/cancel`, { reason: 'left' });
    expect(cancelled.body.status).toBe('cancelled');
  });

  test('a bill that was paid in part is split by amount, and the bills add up to what it was', async () => {
    const till = await created('/v1/business/tills', { locationId, name: 'Bar' });
    await post(`/v1/business/tills/${till}/open-session`, { float: 0 });
    const { body } = await order({}, 4);
    const pay = (id: string, payment: object) =>
      post(`/v1/orders/${id}/pay`, { kind: 'card', tillId: till, ...payment });
    expect((await pay(body.id, { amount: 151, tip: 50 })).body).toMatchObject({ due: eur(899) });
    const over = await post(`/v1/orders/${body.id}/split`, { by: 'amount', amounts: [899] });
    expect(over.body).toMatchObject({ code: 'SPLIT_ABOVE_DUE', details: { due: eur(899) } });
    const split = await post(`/v1/orders/${body.id}/split`, { by: 'amount', parts: 2 });
    expect([split.status, split.body]).toMatchObject([200, { total: eur(551), due: eur(450) }]);
    const [second] = split.body.bills;
    expect((await pay(body.id, { amount: 450 })).body.status).toBe('closed');
    expect((await pay(second, { amount: 449 })).body.status).toBe('closed');
    const bills = await Promise.all(
      [body.id, second].map(async (id) => (await http.json(`/v1/orders/${id}`)).body),
    );
    expect(bills).toMatchObject([
      { total: eur(551), tips: eur(50), payments: [{ tip: eur(50) }, { tip: eur(0) }] },
      { total: eur(449), tips: eur(0), payments: [{ amount: eur(449) }] },
    ]);
    const taxOf = (each: JsonAnswer['body']) => each.taxes[0].tax.amount;
    expect(bills.reduce((sum, bill) => sum + taxOf(bill), 0)).toBe(taxOf(body));
    const x = await http.json(`/v1/business/tills/${till}/x-report`);
    expect(x.body.taxes).toMatchObject([{ gross: 1000, tax: taxOf(body) }]);
  });

  test('an unknown order is 404', async () => {
    for (const command of ['pay', 'refund', 'split', 'move', 'cancel', 'fire', 'bump', 'recall']) {
      const { status } = await post(`/v1/orders/nobody/${command}`, EXAMPLES[command]);
      expect([command, status]).toEqual([command, 404]);
    }
  });
});

const EXAMPLES: Readonly<Record<string, object>> = {
  pay: { kind: 'cash', amount: 1 },
  refund: { reason: 'r' },
  split: { by: 'amount', parts: 2 },
  move: { tableId: null },
  cancel: { reason: 'r' },
};

describe('reading', () => {
  test('the list filters by status, place, table and day, over a range of time', async () => {
    const placed = await order({ tableId: 't1', customerId: 'c77' }, 2);
    const { cursor, id } = placed.body;
    const list = (query: string) => http.json(`/v1/orders?${query}&wait=${cursor}`);
    const one = await list(`customerId=c77&status=open&locationId=${locationId}&tableId=t1`);
    expect(one.body.items).toMatchObject([
      { id, items: 2, total: eur(500), due: eur(500), channel: 'eat-in', status: 'open' },
    ]);
    const { placedAt, businessDay } = one.body.items[0];
    const until = await list(`customerId=c77&to=${encodeURIComponent(placedAt)}`);
    expect(until.body.items).toEqual([]);
    expect((await list(`customerId=c77&businessDay=${businessDay}`)).body.items).toHaveLength(1);
  });

  test('a receipt says that it is no fiscal document, in JSON and in 42 columns', async () => {
    const { body } = await order({ tableId: 't1', payments: [{ kind: 'cash', amount: 500 }] });
    const at = `/v1/orders/${body.id}/receipt`;
    const receipt = (await http.json(`${at}?language=pt`)).body;
    expect(receipt).toMatchObject({
      total: eur(250),
      change: eur(250),
      table: '1',
      notice: 'Documento não fiscal',
      lines: [
        {
          name: 'Espresso',
          quantity: 1,
          amount: eur(250),
        },
      ],
    });
    const text = await (await http.call(`${at}.txt?language=pl`)).text();
    expect(text).toContain('Dokument niefiskalny');
    expect(text).toMatch(/^Espresso +2\.50 /m);
    for (const row of text.split('\n')) expect(Array.from(row).length).toBeLessThanOrEqual(42);
    expect((await http.json(`${at}?language=xx`)).status).toBe(400);
    expect((await http.json('/v1/orders/nobody/receipt')).status).toBe(404);
  });
});

describe('two tills that were offline for half an hour, on one table', () => {
  const minute = (at: number) => `2026-11-21T19:${String(at).padStart(2, '0')}:00Z`;
  const place = (sequence: number, at: number) => ({
    sequence,
    clientTime: minute(at),
    command: 'PlaceOrder',
    input: {
      locationId,
      channel: 'eat-in',
      tableId: 't1',
      lines: lines(),
    },
  });
  const add = (sequence: number, at: number, orderId: string) => ({
    sequence,
    clientTime: minute(at),
    command: 'AddLines',
    orderId,
    input: { lines: lines(2) },
  });
  const sync = (deviceId: string, commands: readonly object[]): Promise<JsonAnswer> =>
    post('/v1/orders/sync', { deviceId, commands });

  test('O9: both sets of lines stand, and sending again doubles nothing', async () => {
    const orderId = 'till-a.1';
    const first = await sync('till-a', [place(1, 0), add(2, 5, orderId)]);
    expect(first.body.results).toMatchObject([{ status: 'done', orderId }, { status: 'done' }]);
    // The second till knew the order and added to it 30 minutes later, without having seen what the first one added.
    const second = await sync('till-b', [add(1, 30, orderId), place(2, 31)]);
    expect(second.body.results.map((each: { status: string }) => each.status)).toEqual([
      'done',
      'done',
    ]);
    const pay = { kind: 'card', amount: 500 };
    const third = [
      place(1, 0),
      add(2, 5, orderId),
      { sequence: 3, clientTime: minute(32), command: 'PayOrder', orderId, input: pay },
    ];
    await sync('till-a', third);
    const again = await sync('till-a', third);
    expect(again.body.results).toMatchObject([
      { status: 'done', replayed: true },
      { status: 'done', replayed: true },
      { status: 'done', replayed: true },
    ]);
    await sync('till-b', [add(1, 30, orderId), place(2, 31)]);
    const { body } = await http.json(`/v1/orders/${orderId}`);
    expect(body.lines.map((each: { quantity: number }) => each.quantity)).toEqual([1, 2, 2]);
    expect(body).toMatchObject({ due: eur(750), payments: [{ settled: eur(500) }] });
    const other = await http.json('/v1/orders/till-b.2');
    expect(other.body).toMatchObject({ tableId: 't1', total: eur(250) });
  });

  test('O31: what was sold yesterday counts on its day, and what the clock cannot say on that of handing in', async () => {
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
    const [yesterday, wrong] = [hoursAgo(30), hoursAgo(24 * 365)];
    const pay = { kind: 'card', amount: 250 };
    await sync('till-g', [
      { ...place(1, 0), clientTime: yesterday },
      {
        sequence: 2,
        clientTime: yesterday,
        command: 'PayOrder',
        orderId: 'till-g.1',
        input: pay,
      },
      { ...place(3, 0), clientTime: wrong },
    ]);
    const dayOf = async (id: string) => (await http.json(`/v1/orders/${id}`)).body;
    const [sold, odd] = [await dayOf('till-g.1'), await dayOf('till-g.3')];
    expect(sold).toMatchObject({ status: 'closed', placedAt: yesterday, closedAt: yesterday });
    const today = (await dayOf((await order()).body.id)).businessDay;
    expect(odd.businessDay).toBe(today);
    expect(sold.businessDay < today).toBe(true);
  });

  test('a refund from a queue is in the audit trail once, as if it had come by itself', async () => {
    const orderId = 'till-f.1';
    const next = { clientTime: minute(1), orderId };
    const queue = [
      place(1, 0),
      { ...next, sequence: 2, command: 'PayOrder', input: { kind: 'card', amount: 250 } },
      { ...next, sequence: 3, command: 'RefundOrder', input: { reason: 'cold' } },
    ];
    await sync('till-f', queue);
    await sync('till-f', queue);
    expect(noted.filter(({ subject }) => subject === `orders/${orderId}`)).toMatchObject([
      { class: 'audit', route: 'POST /v1/orders/sync', after: { command: 'RefundOrder' } },
    ]);
  });

  test('O10: two changes of one line are an explicit conflict', async () => {
    const orderId = 'till-c.1';
    await sync('till-c', [place(1, 0)]);
    const { lineId, revision } = (await http.json(`/v1/orders/${orderId}`)).body.lines[0];
    const change = (note: string) => ({
      sequence: 2,
      clientTime: minute(1),
      command: 'ChangeLine',
      orderId,
      input: {
        lineId,
        revision,
        note,
      },
    });
    expect((await sync('till-c', [change('no sugar')])).body.results).toMatchObject([
      { status: 'done' },
    ]);
    expect((await sync('till-d', [change('double')])).body.results).toMatchObject([
      { status: 'refused', code: 'LINE_CHANGED', details: { current: { note: 'no sugar' } } },
    ]);
  });

  test('a device is named by its queue only, and what cannot be is told for each command', async () => {
    const device = { id: 'till-a', sequence: 99, clientTime: minute(0) };
    expect((await order({ device })).body.code).toBe('DEVICE_QUEUE_ONLY');
    const wrong = { ...place(5, 0), command: 'Erase' };
    const lost = { ...add(5, 0, 'nobody'), orderId: undefined };
    const empty = { ...place(5, 0), input: {} };
    const answer = await sync('till-e', [wrong, lost, empty, add(6, 0, 'nobody'), place(7, 0)]);
    expect(answer.body.results).toMatchObject([
      { status: 'failed', code: 'INPUT_INVALID', errors: [{ at: 'command' }] },
      { status: 'failed', code: 'INPUT_INVALID', errors: [{ at: 'orderId', code: 'REQUIRED' }] },
      { status: 'failed', code: 'INPUT_INVALID', errors: [{ at: '/locationId' }, {}, {}] },
      { status: 'failed', code: 'NOT_FOUND' },
      { status: 'done' },
    ]);
  });
});

describe('imports', () => {
  const imported = (id: string, amount: number) => ({
    id,
    number: 1,
    businessDay: '2026-11-20',
    lines: [
      {
        productId: 'bowl',
        name: 'Bowl',
        quantity: 2,
        amount,
        taxClass: 'standard',
      },
      {
        productId: 'soda',
        name: 'Soda',
        quantity: 1,
        amount: 109,
        taxClass: 'standard',
      },
    ],
  });

  test('O11: what was recorded wins, orders are closed, and importing again changes nothing', async () => {
    const orders = Array.from({ length: 10 }, (_, index) => imported(`imp-${index}`, 1698));
    const body = { locationId, currency: 'EUR', orders };
    expect((await post('/v1/orders/imports', body)).body).toEqual({ created: 10, unchanged: 0 });
    expect((await post('/v1/orders/imports', body)).body).toEqual({ created: 0, unchanged: 10 });
    const { body: one } = await http.json('/v1/orders/imp-3');
    expect(one).toMatchObject({
      status: 'closed',
      total: eur(1807),
      due: eur(0),
      imported: true,
      businessDay: '2026-11-20',
    });
    const { events } = (await http.json('/v1/streams/orders/imp-3')).body;
    expect(events.map(({ data }: { data: { imported: boolean } }) => data.imported)).toEqual([
      true,
      true,
      true,
    ]);
    const dollars = await post('/v1/orders/imports', { ...body, currency: 'USD' });
    expect([dollars.status, dollars.body.code]).toEqual([409, 'CURRENCY_DIFFERS']);
  });
});
