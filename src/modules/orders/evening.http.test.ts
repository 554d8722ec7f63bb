/** One evening at one table, through the server: what the kitchen and the floor see of it. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../../test/support/until.ts';
import type { CachedAuthenticator } from '../../access/authenticator.ts';
import type { Principal, Scope } from '../../access/principal.ts';
import { knownScopes } from '../../access/scopes.ts';
import { Failure } from '../../core/errors.ts';
import { httpFixture, type HttpFixture, type JsonAnswer } from '../../http/fixture.ts';
import { openSseReader, type SseReader } from '../../http/sse-client.fixture.ts';
import { MODULES } from '../index.ts';

let http: HttpFixture;
let locationId: string;
let cursor = '';
const products = new Map<string, string>();
const readers: SseReader[] = [];
const people = new Map<string, Principal>();

/** Knows people by the name that they send. */
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

function person(name: string, of: Partial<Principal> & { locations?: readonly string[] } = {}) {
  const { locations = null, ...more } = of;
  people.set(name, {
    keyId: `user:${name}`,
    tenant: 'house',
    scopes: new Set<Scope>(knownScopes(MODULES)),
    rules: { locations, ownShiftOnly: false, amounts: {} },
    ...more,
  });
}

const get = (path: string, key = 'owner') => http.json(path, { key });
const post = (path: string, body: object = {}, key = 'owner') =>
  http.json(path, { method: 'POST', key, body });

async function done(path: string, body: object = {}) {
  const answer = await post(path, body);
  expect([path, answer.status, answer.body]).toMatchObject([
    path,
    answer.status === 201 ? 201 : 200,
    {},
  ]);
  ({ cursor } = answer.body);
  return answer.body;
}

beforeAll(async () => {
  http = await httpFixture({ authenticator });
  person('owner');
  const place = { name: 'Centro', timeZone: 'Europe/Lisbon', country: 'PT' };
  ({ id: locationId } = await done('/v1/business/locations', place));
  const at = `/v1/business/locations/${locationId}`;
  await done(`${at}/set-area`, { areaId: 'hall', name: 'Hall' });
  for (const tableId of ['t1', 't2', 't3'])
    await done(`${at}/set-table`, { tableId, areaId: 'hall', name: `No ${tableId}`, seats: 4 });
  for (const stationId of ['grill', 'bar'])
    await done(`${at}/set-station`, {
      stationId,
      name: stationId,
      slowAfterSeconds: 300,
      lateAfterSeconds: 600,
    });
  for (const [name, stationId] of [
    ['Steak', 'grill'],
    ['Coffee', 'bar'],
  ] as const) {
    const facts = { name: { en: name }, price: 1000, taxClass: 'standard', stationId };
    products.set(name, (await done('/v1/catalog/products', { ...facts, allergens: [] })).id);
  }
});
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});
afterAll(() => http.close());

const line = (name: string, more: object = {}) => ({
  productId: products.get(name),
  quantity: 1,
  expectedPrice: 1000,
  ...more,
});

async function board(stationId: string) {
  const query = `locationId=${locationId}&stationId=${stationId}&wait=${cursor}`;
  return (await get(`/v1/orders/kitchen/board?${query}`)).body;
}
interface Shown {
  readonly name: string;
  readonly state: string;
  readonly lineId: string;
  readonly quantity: number;
}
const linesOf = ({ tickets }: { tickets: { lines: Shown[] }[] }): readonly string[] =>
  tickets.flatMap(({ lines }) =>
    lines.map(({ quantity, name, state }) => `${quantity} ${name} ${state}`),
  );

async function tableState(tableId: string): Promise<string> {
  const { body } = await get(`/v1/orders/floor?locationId=${locationId}&wait=${cursor}`);
  return body.tables.find((table: { tableId: string }) => table.tableId === tableId)?.state;
}
const say = (tableId: string, state: string, more: object = {}) =>
  done('/v1/orders/tables', { locationId, tableId, state, ...more });

async function watch(query: string, lastEventId?: string): Promise<SseReader> {
  const reader = await openSseReader(`${http.url}/v1/orders/tickets/live?${query}`, {
    authorization: 'Bearer owner',
    ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
  });
  readers.push(reader);
  return reader;
}

test('an evening: seated, two courses, a rush, a split, a move, paid, cleared', async () => {
  const feed = await watch(`locationId=${locationId}&stationId=grill`);
  expect(await tableState('t1')).toBe('free');
  await say('t1', 'seated', { partySize: 2 });
  expect(await tableState('t1')).toBe('seated');
  expect(
    (await post('/v1/orders/tables', { locationId, tableId: 't1', state: 'seated' })).body.code,
  ).toBe('TABLE_SEATED');

  const lines = [
    line('Coffee', { seat: 1 }),
    line('Steak', { seat: 1, course: 1, note: 'rare' }),
    line('Steak', { seat: 2, course: 2, quantity: 2 }),
  ];
  const { id } = await done('/v1/orders', { locationId, channel: 'table', tableId: 't1', lines });
  const at = `/v1/orders/${id}`;
  expect(await tableState('t1')).toBe('ordered');
  const first = await board('grill');
  expect(linesOf(first)).toEqual(['1 Steak fired']);
  expect(first.tickets).toMatchObject([
    { tableId: 't1', course: 1, age: 'fresh', lines: [{ note: 'rare', seat: 1 }] },
  ]);
  expect(first.stations).toHaveLength(2);
  expect(linesOf(await board('bar'))).toEqual(['1 Coffee fired']);

  await done(`${at}/bump`, { stationId: 'grill' });
  expect(linesOf(await board('grill'))).toEqual([]);
  await done(`${at}/recall`, { stationId: 'grill' });
  expect(linesOf(await board('grill'))).toEqual(['1 Steak fired']);
  await done(`${at}/bump`, { stationId: 'grill' });
  await done(`${at}/fire`, { course: 2, rush: true });
  const second = await board('grill');
  expect(second.tickets).toMatchObject([{ course: 2, rush: true, tableId: 't1' }]);
  const counts = await get(`/v1/orders/kitchen/all-day?locationId=${locationId}&wait=${cursor}`);
  expect(counts.body.items).toMatchObject([
    { stationId: 'grill', name: 'Steak', quantity: 2 },
    { stationId: 'bar', name: 'Coffee', quantity: 1 },
  ]);
  const [ticket] = second.tickets;
  const paper = await http.call(`/v1/orders/kitchen/tickets/${ticket.id}/print`, { key: 'owner' });
  expect(await paper.text()).toMatch(/^grill +#\d+\nMesa No t1 +\d\d:\d\d\n +\*{3} URGENTE/);

  const { bills } = await done(`${at}/split`, { by: 'seat', seats: [2] });
  await done(`${at}/move`, { tableId: 't2' });
  await done(`/v1/orders/${bills[0]}/move`, { tableId: 't2' });
  expect([await tableState('t1'), await tableState('t2')]).toEqual(['dirty', 'ordered']);
  const moved = await board('grill');
  expect(linesOf(moved)).toEqual(['2 Steak fired']);
  expect(moved.tickets).toMatchObject([{ id: ticket.id, tableId: 't2', orderId: bills[0] }]);
  await done(`/v1/orders/${bills[0]}/bump`, {});
  await done(`${at}/serve`, {});
  expect([...linesOf(await board('grill')), ...linesOf(await board('bar'))]).toEqual([]);

  await done(`${at}/ask-bill`, {});
  expect(await tableState('t2')).toBe('bill');
  await done(`${at}/pay`, { kind: 'cash', amount: 2000 });
  expect(await tableState('t2')).toBe('ordered');
  await done(`/v1/orders/${bills[0]}/pay`, { kind: 'card', amount: 2000 });
  expect(await tableState('t2')).toBe('dirty');
  await say('t2', 'free');
  await say('t1', 'dirty');
  await say('t1', 'free');
  expect([await tableState('t1'), await tableState('t2')]).toEqual(['free', 'free']);

  // Two tickets at the grill in all, told again whenever one of them changed, and no line on both.
  await until('the second ticket is ready', () =>
    feed.messages.some(({ data }) => data['id'] === ticket.id && data['status'] === 'ready'),
  );
  const told = feed.messages.filter(({ event }) => event === 'message').map(({ data }) => data);
  const last = new Map(told.map((row) => [row['id'], row['lines'] as Shown[]]));
  expect(last.size).toBe(2);
  const ids = [...last.values()].flatMap((rows) => rows.map(({ lineId }) => lineId));
  expect(new Set(ids).size).toBe(ids.length);
  expect([...last.values()].flat().reduce((sum, { quantity }) => sum + quantity, 0)).toBe(3);
});

describe('the board as it changes', () => {
  const order = (name: string) =>
    done('/v1/orders', { locationId, channel: 'take-away', lines: [line(name)] });

  test('O23: a placed order appears, a bump removes it, and who connects again misses nothing', async () => {
    const query = `locationId=${locationId}&stationId=bar&status=open`;
    const reader = await watch(query);
    const { id } = await order('Coffee');
    await order('Steak');
    const shown = await until('the order', () =>
      reader.messages.find(({ data }) => data['orderId'] === id),
    );
    expect(shown.data).toMatchObject({ status: 'open', stationId: 'bar', channel: 'take-away' });
    const ticket = shown.data.id;
    await done(`/v1/orders/${id}/bump`, {});
    await until('the bump', () =>
      reader.messages.some(({ event, data }) => event === 'removed' && data.id === ticket),
    );
    expect(reader.messages.every(({ data }) => data['stationId'] !== 'grill')).toBe(true);
    reader.close();
    const lastId = reader.messages.findLast((message) => message.id !== '')!.id;

    const { id: missed } = await order('Coffee');
    await done(`/v1/orders/${id}/recall`, {});
    const again = await watch(query, lastId);
    await until('what was missed', () => {
      const ids = again.messages.map(({ data }) => data['orderId']);
      return ids.includes(missed) && ids.includes(id);
    });
    expect(again.messages.some(({ event }) => event === 'snapshot')).toBe(false);
    for (const each of [id, missed]) await done(`/v1/orders/${each}/serve`, {});
  });

  test('a cancelled order is struck out on its station until it is acknowledged', async () => {
    const { id } = await order('Coffee');
    const ofOrder = async () => {
      const { tickets } = await board('bar');
      return tickets.filter(({ orderId }: { orderId: string }) => orderId === id);
    };
    const before = await ofOrder();
    await done(`/v1/orders/${id}/cancel`, { reason: 'left' });
    const struck = await ofOrder();
    expect(linesOf({ tickets: before })).toEqual(['1 Coffee fired']);
    expect(linesOf({ tickets: struck })).toEqual(['1 Coffee stopped']);
    const { ticketId, stationId, orderId } = struck[0];
    const seen = await done('/v1/orders/tickets', { ticketId, stationId, orderId });
    expect(seen.id).toBe(`${ticketId}~bar`);
    expect(await ofOrder()).toEqual([]);
    expect((await get(`/v1/orders/tickets/${seen.id}?wait=${cursor}`)).status).toBe(404);
  });

  test('86 from the board: a line names the product, which is then sold no more', async () => {
    const { id } = await order('Steak');
    const { tickets } = await board('grill');
    const { productId } = tickets.at(-1).lines[0];
    await done(`/v1/catalog/products/${productId}/mark-sold-out`, { locationId });
    const body = { locationId, channel: 'take-away', lines: [line('Steak')] };
    expect((await post('/v1/orders', body)).status).toBe(409);
    await done(`/v1/catalog/products/${productId}/mark-available`, { locationId });
    await done(`/v1/orders/${id}/bump`, {});
  });
});

describe('the floor', () => {
  test('shows a table that is taken as reserved, and its state is told to who follows', async () => {
    const reader = await openSseReader(
      `${http.url}/v1/orders/tables/live?locationId=${locationId}`,
      {
        authorization: 'Bearer owner',
      },
    );
    readers.push(reader);
    const from = new Date(Date.now() + 600_000).toISOString();
    const to = new Date(Date.now() + 3_600_000).toISOString();
    const block = { locationId, from, to, tableIds: ['t3'], reason: 'party' };
    await done('/v1/reservations/days', block);
    expect(await tableState('t3')).toBe('reserved');
    await say('t3', 'seated', { partySize: 3 });
    expect(await tableState('t3')).toBe('seated');
    await until('the seated table', () =>
      reader.messages.some(
        ({ data }) =>
          data['tableId'] === 't3' && data['state'] === 'seated' && data['partySize'] === 3,
      ),
    );
  });

  test('a table or location that is not there is told', async () => {
    const nowhere = { locationId, tableId: 't9', state: 'free' };
    expect((await post('/v1/orders/tables', nowhere)).body.code).toBe('NO_SUCH_TABLE');
    expect((await post('/v1/orders/tables', { ...nowhere, capacity: 9 })).status).toBe(400);
    expect((await get('/v1/orders/floor')).status).toBe(400);
    expect((await get('/v1/orders/floor?locationId=nowhere')).status).toBe(404);
  });
});

describe('whoever may not', () => {
  test('O24: boards, tickets and floors of other locations and tenants are as unknown as none', async () => {
    await done('/v1/orders', { locationId, channel: 'take-away', lines: [line('Coffee')] });
    const { tickets } = await board('bar');
    const ticket = tickets.at(-1);
    person('elsewhere', { locations: ['another'] });
    person('stranger', { tenant: 'other' });
    const bare = ({ body, status }: JsonAnswer) => [status, { ...body, traceId: '' }];
    for (const key of ['elsewhere', 'stranger'])
      for (const path of [
        (_: string, id: string) => `/v1/orders/tickets/${id}`,
        (place: string) => `/v1/orders/floor?locationId=${place}`,
        (place: string) => `/v1/orders/kitchen/board?locationId=${place}`,
        (place: string) => `/v1/orders/kitchen/all-day?locationId=${place}`,
        (_: string, id: string) => `/v1/orders/kitchen/tickets/${id}/print`,
      ]) {
        const foreign = await get(path(locationId, ticket.id), key);
        const unknown = await get(path('nowhere', 'nobody~bar'), key);
        expect(foreign.status).toBe(404);
        expect(bare(foreign)).toEqual(bare(unknown));
      }
    for (const key of ['elsewhere', 'stranger'])
      expect((await get('/v1/orders/tickets', key)).body.items).toEqual([]);
  });

  test('a cook seats nobody, a waiter acknowledges nothing for a station', async () => {
    person('cook', { scopes: new Set<Scope>(['orders:read', 'orders:cook']) });
    person('waiter', { scopes: new Set<Scope>(['orders:read', 'orders:serve']) });
    const table = { locationId, tableId: 't1', state: 'free' };
    const ticket = { ticketId: 'c', stationId: 'bar', orderId: 'nobody' };
    expect((await post('/v1/orders/tables', table, 'cook')).status).toBe(403);
    expect((await post('/v1/orders/tables', table, 'waiter')).status).toBe(201);
    expect((await post('/v1/orders/tickets', ticket, 'waiter')).status).toBe(403);
    expect((await post('/v1/orders/tickets', ticket, 'cook')).body.code).toBe('ORDER_UNKNOWN');
  });
});
