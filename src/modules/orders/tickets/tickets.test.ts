import { describe, expect, test } from 'vitest';
import { givenEvents } from '../../../../test/support/given.ts';
import { recordedOf } from '../../../../test/support/module-folds.ts';
import type { Row } from '../../../core/read-model.ts';
import { AT, line, LOCATION, orderWorld, place, type OrderWorld } from '../orders.fixture.ts';
import { initialState as noOrder } from '../state.ts';
import { ticketAggregate } from './aggregate.ts';
import { ageOf, allDay } from './board.ts';
import type { TicketEvent } from './events.ts';
import { ticketLines } from './print.ts';
import { ticketList } from './read-models/ticket-list.ts';
import type { TicketRow } from './ticket-row.ts';

/** The board after everything that happened, and what a station said then. */
function board({ log }: OrderWorld, ...said: readonly TicketEvent[]): readonly TicketRow[] {
  const rows = new Map<string, Row>();
  const events = [...log.map(({ event }) => event), ...said];
  for (const [index, event] of events.entries()) {
    if (!ticketList.on.some(({ name }) => name === event.type)) continue;
    const moment = { at: AT, version: 1 };
    const happened = { event, moment, category: 'orders', id: 'o1', eventId: `e${index}` };
    const recorded = recordedOf(happened, index + 1);
    for (const key of ticketList.keys(recorded)) {
      const row = ticketList.project(rows.get(key) ?? null, recorded, key);
      if (row === null) rows.delete(key);
      else rows.set(key, row);
    }
  }
  // safe because these are rows of the board
  return [...rows.values()] as unknown as readonly TicketRow[];
}

const open = (rows: readonly TicketRow[]) => rows.filter(({ status }) => status === 'open');
const names = (row: TicketRow | undefined) =>
  row?.lines.map(({ quantity, name, state }) => `${quantity} ${name} ${state}`);

describe('a board', () => {
  test('has a ticket for each station of what was sent at once, and none for what no station makes', () => {
    const world = orderWorld();
    const lines = [line('steak', 2, { note: 'rare' }), line('coffee'), line('water')];
    world.done(place(lines, { tableId: 't1' }));
    expect(board(world)).toMatchObject([
      {
        station_id: 'grill',
        number: 1,
        table_id: 't1',
        channel: 'eat-in',
        status: 'open',
        fired_at: AT,
        lines: [{ name: 'steak', quantity: 2, note: 'rare', state: 'fired' }],
      },
      { station_id: 'bar', lines: [{ name: 'coffee' }] },
    ]);
  });

  test('gets a later course when it is fired, with everything that was ordered, as a ticket of its own', () => {
    const world = orderWorld();
    const lines = [line('coffee'), line('steak', 1, { course: 2, seat: 3, note: 'no salt' })];
    world.done(place(lines, { tableId: 't2' }));
    expect(board(world)).toHaveLength(1);
    world.done({ type: 'FireLines', input: { course: 2, rush: true } });
    const [, second] = board(world);
    expect(second).toMatchObject({
      table_id: 't2',
      course: 2,
      rush: true,
      lines: [{ productId: 'steak', seat: 3, note: 'no salt' }],
    });
  });

  test('a bump takes a ticket off, a recall brings it back with the time it was fired at', () => {
    const world = orderWorld();
    world.done(place([line('steak')]));
    world.done({ type: 'BumpLines', input: { stationId: 'grill' } });
    expect(board(world)).toMatchObject([{ status: 'ready', done_at: AT }]);
    world.done({ type: 'RecallLines', input: {} });
    expect(board(world)).toMatchObject([{ status: 'open', fired_at: AT, done_at: null }]);
  });

  test('what is held again leaves the board, and comes once when it is fired', () => {
    const world = orderWorld();
    world.done(place([line('steak')]));
    world.done({ type: 'HoldLines', input: {} });
    expect(board(world)).toEqual([]);
    world.done({ type: 'FireLines', input: {} });
    expect(board(world).map(names)).toEqual([['1 steak fired']]);
  });

  test('O20: what is voided stays struck out until the station bumps or says that it knows', () => {
    const world = orderWorld();
    world.done(place([line('steak', 3)]));
    const [held] = world.order().lines;
    const lines = [{ lineId: held!.lineId, quantity: 1 }];
    world.done({ type: 'VoidLines', input: { lines, reason: 'r' } });
    const [row] = board(world);
    expect(names(row)).toEqual(['2 steak fired', '1 steak stopped']);
    const { ticket_id: ticketId, station_id: stationId, order_id: orderId } = row!;
    const data = { ticketId, stationId, orderId, locationId: LOCATION };
    const said: TicketEvent = { type: 'StopsAcknowledged', data };
    expect(board(world, said).map(names)).toEqual([['2 steak fired']]);
    world.done({ type: 'BumpLines', input: {} });
    expect(board(world).map(names)).toEqual([['2 steak ready']]);
  });

  test('O20: a cancelled order stays on the board, all struck out, until the station says that it knows', () => {
    const world = orderWorld();
    world.done(place([line('steak'), line('coffee')]));
    world.done({ type: 'BumpLines', input: { stationId: 'bar' } });
    world.done({ type: 'CancelOrder', input: { reason: 'r' } });
    const rows = board(world);
    expect(rows.map(names)).toEqual([['1 steak stopped']]);
    expect(rows).toMatchObject([{ status: 'open' }]);
    const { ticket_id: ticketId, station_id: stationId, order_id: orderId } = rows[0]!;
    const data = { ticketId, stationId, orderId, locationId: LOCATION };
    expect(board(world, { type: 'StopsAcknowledged', data })).toEqual([]);
    const elsewhere = { ...data, locationId: 'another' };
    expect(board(world, { type: 'StopsAcknowledged', data: elsewhere })).toHaveLength(1);
  });

  test('a split leaves the ticket as it is and names the bill that each line is on', () => {
    const world = orderWorld();
    const lines = [line('steak', 1, { seat: 1 }), line('steak', 2, { seat: 2 })];
    world.done(place(lines, { tableId: 't1' }));
    world.done({ type: 'SplitOrder', input: { by: 'seat', seats: [2] } });
    const [row, ...others] = board(world);
    expect(others).toEqual([]);
    expect(names(row)).toEqual(['1 steak fired', '2 steak fired']);
    expect(new Set(row!.lines.map(({ orderId }) => orderId)).size).toBe(2);
    const part = row!.lines[1]!.orderId;
    world.done({ type: 'BumpLines', id: part, input: { stationId: 'grill' } });
    expect(names(board(world)[0])).toEqual(['1 steak fired', '2 steak ready']);
  });

  test('a move names the new table on what was sent before', () => {
    const world = orderWorld();
    world.done(place([line('steak')], { tableId: 't1' }));
    world.done({ type: 'MoveOrder', input: { tableId: 't2' } });
    expect(board(world)).toMatchObject([{ table_id: 't2' }]);
  });
});

describe('acknowledging', () => {
  const order = { category: 'orders', id: 'o1' };
  const input = { ticketId: 'c1', stationId: 'bar', orderId: 'o1' };
  // safe because the definition has only forgotten its types
  const given = givenEvents(ticketAggregate as never);

  test('needs an order, and the id that follows from ticket and station', () => {
    const at = { type: 'AcknowledgeStops', id: 'c1~bar', input } as never;
    expect(given.around(order, noOrder).when(at)).toBe('ORDER_UNKNOWN');
    const wrong = { type: 'AcknowledgeStops', id: 'c2~bar', input } as never;
    expect(given.around(order, noOrder).when(wrong)).toBe('TICKET_OF_ANOTHER_STATION');
    const world = orderWorld();
    world.done(place([line('coffee')]));
    expect(given.around(order, world.order()).when(at)).toMatchObject([
      { type: 'StopsAcknowledged', data: { ...input, locationId: LOCATION } },
    ]);
  });
});

describe('age', () => {
  const station = { slowAfterSeconds: 600, lateAfterSeconds: 900 };
  const at = (seconds: number) => Date.parse(AT) + seconds * 1000;

  test.each([
    [0, 'fresh'],
    [599, 'fresh'],
    [600, 'slow'],
    [899, 'slow'],
    [900, 'late'],
  ] as const)('after %i s a ticket is %s', (seconds, age) => {
    const ticket = { fired_at: AT, done_at: null };
    expect(ageOf(ticket, station, at(seconds))).toEqual({ ageSeconds: seconds, age });
  });

  test('ends with the ticket, is never below nothing, and needs a station to be slow', () => {
    const done = { fired_at: AT, done_at: new Date(at(60)).toISOString() };
    expect(ageOf(done, station, at(5000))).toEqual({ ageSeconds: 60, age: 'fresh' });
    const ticket = { fired_at: AT, done_at: null };
    expect(ageOf(ticket, station, at(-5)).ageSeconds).toBe(0);
    expect(ageOf(ticket, undefined, at(5000)).age).toBe('fresh');
  });
});

test('all-day counts add up what is to be made over all tickets', () => {
  const world = orderWorld();
  world.done(place([line('steak', 2), line('coffee')]));
  world.done(place([line('steak', 3), line('coffee', 4, { hold: true })], {}, { id: 'o2' }));
  world.done(place([line('steak', 7)], {}, { id: 'o3' }));
  world.done({ type: 'BumpLines', id: 'o3', input: {} });
  expect(allDay(open(board(world)))).toEqual([
    { stationId: 'grill', productId: 'steak', variantId: null, name: 'steak', quantity: 5 },
    { stationId: 'bar', productId: 'coffee', variantId: null, name: 'coffee', quantity: 1 },
  ]);
});

describe('paper', () => {
  const facts = { timeZone: 'Europe/Warsaw', language: 'en', station: 'Grill', table: '7' };

  test('says what to make, for which table, in 42 columns', () => {
    const world = orderWorld();
    const lines = [line('steak', 2, { note: 'well done', seat: 1 }), line('steak')];
    world.done(place(lines, { tableId: 't1' }));
    world.done({ type: 'RushLines', input: {} });
    const printed = ticketLines(board(world)[0]!, facts);
    expect(printed).toEqual([
      `Grill${' '.repeat(35)}#1`,
      `Table 7${' '.repeat(30)}19:30`,
      `${' '.repeat(15)}*** RUSH ***`,
      '-'.repeat(42),
      ' 2 x steak (seat 1)',
      '     ! well done',
      ' 1 x steak',
      '-'.repeat(42),
    ]);
  });

  test('O21: no name or note can hold a command of the printer or break a row', () => {
    const world = orderWorld();
    const note = 'a\u001bp\u0000\u0019cut\u001dV\u0001\r\nnext\u009b\u202eback\u2028end';
    world.done(place([line('steak', 999, { note })]));
    const [row] = board(world);
    const evil = { ...row!, lines: [{ ...row!.lines[0]!, name: `${'x'.repeat(90)}\u001d(k` }] };
    const station = 'Gr\u001b@ill';
    for (const language of ['en', 'pl', 'pt-BR', 'xx'])
      for (const text of ticketLines(evil, { ...facts, language, station })) {
        expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_C}]/u);
        expect(Array.from(text).length).toBeLessThanOrEqual(42);
      }
    const text = ticketLines(evil, facts).join('|');
    expect(text).toContain('! apcutV nextback end');
  });
});
