/** Sales that an offline till hands in later: which day, which prices, which session. */
import { describe, expect, test } from 'vitest';
import { rowAfter } from '../../../test/support/given.ts';
import { PRICE_LISTS_STREAM } from '../catalog/index.ts';
import { orders } from './index.ts';
import { line, LOCATION, orderWorld, place, putTill, type OrderWorld } from './orders.fixture.ts';
import { orderList } from './read-models/order-list.ts';
import { OFFLINE_HOURS_MAX, takenAt } from './taken-at.ts';

/** Saturday night in Warsaw, before the cut-off at 05:00, and Sunday morning. */
const NIGHT = '2026-11-22T01:30:00+01:00';
const NIGHT_UTC = '2026-11-22T00:30:00.000Z';
const MORNING = '2026-11-22T08:00:00.000Z';

const device = (sequence: number, clientTime = NIGHT) => ({
  id: 'till-1',
  sequence,
  clientTime,
});
const queued = (sequence: number) => ({ commandId: `till-1.${sequence}`, at: MORNING });
const id = 'till-1.1';
const takes = (world: OrderWorld, more: object = {}, clientTime = NIGHT) =>
  world.done(
    place([line('water')], { device: device(1, clientTime), ...more }, { id, ...queued(1) }),
  );
const pays = (world: OrderWorld, more: object = {}) =>
  world.done({
    type: 'PayOrder',
    id,
    ...queued(2),
    input: { kind: 'cash', amount: 333, device: device(2), ...more },
  });

describe('the moment of a sale', () => {
  const at = MORNING;
  const hoursBack = (hours: number, more = 0) =>
    new Date(Date.parse(at) - hours * 3_600_000 - more).toISOString();

  test.each([
    ['as the till says, in UTC', NIGHT, NIGHT_UTC],
    ['not believed ahead of our clock', '2026-11-22T08:00:01Z', null],
    ['of the longest time offline', hoursBack(OFFLINE_HOURS_MAX), hoursBack(OFFLINE_HOURS_MAX)],
    ['not believed beyond it', hoursBack(OFFLINE_HOURS_MAX, 1), null],
    ['not believed where there is none', '1970-01-01T00:00:00Z', null],
  ])('is %s', (_what, clientTime, then) => {
    expect(takenAt(device(1, clientTime), { at })).toBe(then);
  });

  test('is never before the order, and that of handing in without a queue', () => {
    const since = '2026-11-22T00:45:00.000Z';
    expect(takenAt(device(1), { at, since })).toBe(since);
    expect(takenAt(undefined, { at })).toBeNull();
  });
});

test('an order counts on the day, with a number of the day, on which an offline till took it', () => {
  const world = orderWorld();
  const input = { locationId: LOCATION, channel: 'eat-in', lines: [], device: device(1) };
  const known = orders.aggregates.find(({ aggregate }) => aggregate.category === 'orders');
  const command = { type: 'PlaceOrder', id, at: MORNING, input };
  // safe because the series of an order looks at these members alone
  const series = known?.aggregate.series?.(command as never, {
    stateOf: world.stateOf,
    versionOf: () => 0,
  });
  expect(series).toBe(`orders/${LOCATION}/2026-11-21`);
  takes(world);
  expect(world.order(id)).toMatchObject({ businessDay: '2026-11-21', placedAt: NIGHT_UTC });
});

test('what is paid in the queue is sold on that day and at that hour and on the list', () => {
  const world = orderWorld();
  takes(world);
  const [taken, closed] = pays(world);
  expect(taken?.data).toMatchObject({ businessDay: '2026-11-21', takenAt: NIGHT_UTC });
  expect(closed?.data).toMatchObject({ businessDay: '2026-11-21', takenAt: NIGHT_UTC });
  const own = world.log.filter(({ stream }) => stream === `orders/${id}`).map((each) => each.event);
  // safe because these are events of one order
  const events = own as never[];
  expect(rowAfter(orderList, id, events)).toMatchObject({
    placed_at: NIGHT_UTC,
    closed_at: NIGHT_UTC,
  });
  expect(world.order(id)).toMatchObject({ placedAt: NIGHT_UTC, closedAt: NIGHT_UTC });
});

test('lines are sold by the price lists of that moment, of an order and of what is added to it', () => {
  const world = orderWorld();
  const list = {
    priceListId: 'night',
    name: 'Night',
    priority: 1,
    channels: [],
    locationIds: [],
    windows: [{ days: [6], from: '22:00', to: '03:00' }],
    firstDay: null,
    lastDay: null,
    rules: [{ kind: 'fixed', productId: 'water', variantId: null, price: 500 }],
  };
  world.set(PRICE_LISTS_STREAM, { lists: [list] });
  const lines = [line('water', 1, { expectedPrice: 500 })];
  world.done(place(lines, { device: device(1) }, { id, ...queued(1) }));
  const add = { type: 'AddLines' as const, id, ...queued(2) };
  world.done({ ...add, input: { lines, device: device(2) } });
  expect(world.order(id).lines.map(({ amount }) => amount)).toEqual([500, 500]);
  expect(world.refused(place(lines, {}, { at: MORNING }))).toBe('PRICE_CHANGED');
});

describe('a payment at a till', () => {
  const session = { sessionId: 's-2', businessDay: '2026-11-22', openedAt: MORNING };
  const opened = (world: OrderWorld, openedAt: string) => {
    putTill(world);
    const till = { category: 'business.tills', id: 'bar' };
    // safe because it is the till that was put there
    const held = world.stateOf(till) as { readonly session: object };
    world.set(till, { ...held, session: { ...held.session, ...session, openedAt } });
  };

  test('counts on its day while the session is open in which it was taken', () => {
    const world = orderWorld();
    opened(world, '2026-11-22T00:30:30.000Z');
    takes(world);
    const [taken] = pays(world, { tillId: 'bar' });
    expect(taken?.data).toMatchObject({ businessDay: '2026-11-21', takenAt: NIGHT_UTC });
  });

  test('counts in the session that takes it, and on its day, where that one was closed since', () => {
    const world = orderWorld();
    opened(world, '2026-11-22T07:30:00.000Z');
    takes(world);
    const [taken, closed] = pays(world, { tillId: 'bar' });
    expect(taken?.data).toMatchObject({ businessDay: '2026-11-22' });
    expect(closed?.data).toMatchObject({ businessDay: '2026-11-22' });
    expect([taken?.data, closed?.data]).not.toContainEqual(
      expect.objectContaining({ takenAt: expect.anything() }),
    );
    expect(world.order(id)).toMatchObject({ businessDay: '2026-11-21', closedAt: MORNING });
  });

  test('the same where it was taken with the order', () => {
    const world = orderWorld();
    opened(world, '2026-11-22T07:30:00.000Z');
    takes(world, { payments: [{ kind: 'cash', amount: 333, tillId: 'bar' }] });
    const closed = world.log.find(({ event }) => event.type === 'OrderClosed');
    expect(closed?.event.data).toMatchObject({ businessDay: '2026-11-22' });
    const other = orderWorld();
    takes(other, { payments: [{ kind: 'card', amount: 333 }] });
    const sold = other.log.find(({ event }) => event.type === 'OrderClosed');
    expect(sold?.event.data).toMatchObject({ businessDay: '2026-11-21' });
  });
});
