import { describe, expect, test } from 'vitest';
import { AT, rowAfter } from '../../../../test/support/given.ts';
import type { Taken } from '../../reservations/index.ts';
import {
  line,
  LOCATION,
  orderWorld,
  place,
  type OrderWorld,
  type Said,
} from '../orders.fixture.ts';
import type { KnownLocation } from '../../business/index.ts';
import { decide, tableKey } from './decide.ts';
import type { TableCommand } from './commands.ts';
import type { TableEvent } from './events.ts';
import { floorPlan } from './floor-plan.ts';
import { floorList, type FloorRow } from './read-models/floor-list.ts';
import { evolve, initialState, type TableState } from './state.ts';

const T1 = { locationId: LOCATION, tableId: 't1' };
const around = orderWorld();
// safe because the world holds a location
const location = around.stateOf({ category: 'business.locations', id: LOCATION }) as KnownLocation;
const beside = { stateOf: around.stateOf, versionOf: () => 1 };

function said(state: TableState, input: Partial<TableCommand['input']>, id = tableKey(T1)) {
  const standard = { at: AT, commandId: 'c', secret: 's', actor: 'k', approver: null, number: 0 };
  // safe because tests say inputs of this command
  const command = { ...standard, type: 'SetTableState', id, input: { ...T1, ...input } };
  return decide(state, command as TableCommand, beside);
}
const after = (...events: readonly TableEvent[]) =>
  events.reduce<TableState>(
    (state, event) => evolve(state, event, { at: AT, version: 1 }),
    initialState,
  );
const seated = (partySize: number | null = 2): TableEvent => ({
  type: 'TableSeated',
  data: { ...T1, partySize, reservationId: null, customerId: null },
});
const dirty: TableEvent = { type: 'TableMarkedDirty', data: T1 };
const freed: TableEvent = { type: 'TableFreed', data: T1 };

describe('what people say of a table', () => {
  test('a walk-in is seated', () => {
    expect(said(initialState, { state: 'seated', partySize: 2 })).toMatchObject({
      events: [seated()],
    });
  });

  test('O22: a table is not given to two parties; to the same one again it changes nothing', () => {
    const state = after(seated());
    expect(said(state, { state: 'seated', partySize: 4 })).toMatchObject({ code: 'TABLE_SEATED' });
    expect(said(state, { state: 'seated', partySize: 2 })).toMatchObject({ events: [] });
    expect(said(after(seated(), dirty), { state: 'seated' })).toMatchObject({
      code: 'TABLE_SEATED',
      details: { state: 'dirty' },
    });
    expect(said(after(seated(), dirty, freed), { state: 'seated', partySize: 4 })).toMatchObject({
      outcome: 'accepted',
    });
  });

  test.each([
    ['LOCATION_UNKNOWN', { locationId: 'x', state: 'free' }, 'x~t1'],
    ['NO_SUCH_TABLE', { tableId: 't9', state: 'free' }, `${LOCATION}~t9`],
    ['TABLE_OF_ANOTHER_ID', { state: 'free' }, `${LOCATION}~t2`],
    ['TABLE_STATE_UNCLEAR', { state: 'dirty', partySize: 2 }, `${LOCATION}~t1`],
  ] as const)('%s', (code, input, id) => {
    expect(said(initialState, input, id)).toMatchObject({ code });
  });
});

/** The row of t1 after what was said and done, in this order. */
type Told = TableEvent | { readonly type: string; readonly data: object };
function floor(world: OrderWorld, before: readonly Told[], then: readonly Told[] = []) {
  const events = [...before, ...world.log.map(({ event }) => event), ...then].filter((event) =>
    floorList.on.some(({ name }) => name === event.type),
  );
  const known = events.filter((event) =>
    // safe because a test gives events of the floor only
    floorList.keys(event as never).includes(tableKey(T1)),
  );
  // safe because these are rows of the floor
  return rowAfter(floorList, tableKey(T1), known as never) as FloorRow | null;
}

function sold(...commands: readonly Said[]): OrderWorld {
  const world = orderWorld();
  world.done(place([line('steak')], { tableId: 't1', guests: 3 }));
  for (const command of commands) world.done(command);
  return world;
}
const booked = (type: string, reservationId = 'r1') => ({
  type,
  data: { reservationId, locationId: LOCATION, tableIds: ['t1'] },
});
const satDown = booked('ReservationSeated');
const gotUp = booked('ReservationCompleted');
const pay: Said = { type: 'PayOrder', input: { kind: 'card', amount: 4999 } };
const askBill: Said = { type: 'AskBill', input: {} };
const cancel: Said = { type: 'CancelOrder', input: { reason: 'r' } };
const move: Said = { type: 'MoveOrder', input: { tableId: 't2' } };

describe('the floor', () => {
  const none = orderWorld();
  test.each<[string, OrderWorld, readonly (readonly Told[])[]]>([
    ['seated', none, [[seated()], []]],
    ['dirty', none, [[seated(), dirty], []]],
    ['free', none, [[seated(), dirty, freed], []]],
    ['ordered', sold(), [[], []]],
    ['ordered', sold(), [[seated()], [dirty]]],
    ['bill', sold(askBill), [[seated()], [freed]]],
    ['dirty', sold(askBill, pay), [[seated()], []]],
    ['free', sold(pay), [[], [freed]]],
    ['free', sold(cancel), [[], []]],
    ['seated', sold(cancel), [[seated()], []]],
    ['dirty', sold(move), [[seated()], []]],
    ['seated', none, [[satDown], []]],
    ['dirty', none, [[satDown, gotUp], []]],
    ['seated', none, [[satDown, booked('ReservationCompleted', 'r2')], []]],
    ['free', none, [[satDown, freed, gotUp], []]],
    ['ordered', sold(), [[satDown], [gotUp]]],
  ])('shows %s', (state, world, [before = [], then = []]) => {
    expect(floor(world, before, then)?.state).toBe(state);
  });

  test('an order says who sits at a table of which nobody said anything', () => {
    expect(floor(sold(), [])).toMatchObject({
      party_size: 3,
      seated_at: AT,
      orders: [{ orderId: 'o1', number: 1, billAsked: false }],
    });
    expect(floor(sold(pay), [])).toMatchObject({ party_size: null, orders: [] });
  });

  test('the guests of an order that is merged into one of the table sit there', () => {
    const world = sold();
    world.done(place([line('water')], { tableId: 't2', guests: 2 }, { id: 'o2' }));
    world.done({ type: 'MergeOrder', id: 'o2', input: { intoOrderId: 'o1' } });
    expect(floor(world, [])).toMatchObject({ party_size: 5, state: 'ordered' });
    expect(floor(world, [seated()])).toMatchObject({ party_size: 5 });
    expect(floor(world, [], [dirty])).toMatchObject({ party_size: null });
  });
});

describe('the plan of a floor', () => {
  const nowMs = Date.parse(AT);
  const minutes = (many: number) => new Date(nowMs + many * 60_000).toISOString();
  const booked = (from: number, more: Partial<Taken> = {}): Taken => ({
    key: 'r1',
    kind: 'reservation',
    tableIds: ['t1'],
    from: minutes(from),
    to: minutes(from + 120),
    day: '2026-11-21',
    partySize: 4,
    heldUntil: null,
    reason: null,
    ...more,
  });
  const plan = (taken: readonly Taken[], row?: FloorRow) =>
    floorPlan({
      location,
      taken,
      nowMs,
      rowOf: (tableId) => (tableId === 't1' ? row : undefined),
    })[0];

  test('a table of which nothing is known is free', () => {
    expect(plan([])).toMatchObject({ tableId: 't1', state: 'free', since: null, next: null });
  });

  test('a free table is reserved half an hour before its guests are due, until they come', () => {
    expect(plan([booked(31)])).toMatchObject({ state: 'free', next: { key: 'r1' } });
    expect(plan([booked(30)])).toMatchObject({ state: 'reserved', next: { partySize: 4 } });
    expect(plan([booked(-60)])).toMatchObject({ state: 'reserved' });
    expect(plan([booked(-121)])).toMatchObject({ state: 'free', next: null });
  });

  test('whoever sits there wins over who is expected, and who was seated is not expected any more', () => {
    const row = floor(orderWorld(), [seated()])!;
    expect(plan([booked(0)], row)).toMatchObject({ state: 'seated', next: { key: 'r1' } });
    const seatedBooking: TableEvent = {
      type: 'TableSeated',
      data: { ...T1, partySize: 4, reservationId: 'r1', customerId: null },
    };
    const left = floor(orderWorld(), [seatedBooking, freed])!;
    expect(plan([booked(-60), booked(90, { key: 'r2' })], left)).toMatchObject({
      state: 'free',
      reservationId: null,
      next: { key: 'r2' },
    });
  });

  test('the nearest of several is next, blocks as well', () => {
    const taken = [booked(100), booked(20, { key: 'b', kind: 'block', partySize: 0 })];
    expect(plan(taken)).toMatchObject({ state: 'reserved', next: { key: 'b', kind: 'block' } });
  });
});
