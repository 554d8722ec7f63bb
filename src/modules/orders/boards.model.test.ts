/** Random commands over a few orders: the boards say what the orders say, and so does the floor. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordedOf } from '../../../test/support/module-folds.ts';
import type { ReadModel, Row } from '../../core/read-model.ts';
import {
  AT,
  line,
  LOCATION,
  orderWorld,
  place,
  type OrderWorld,
  type Said,
} from './orders.fixture.ts';
import { floorList, type FloorRow } from './tables/read-models/floor-list.ts';
import { tableKey } from './tables/decide.ts';
import { ticketList } from './tickets/read-models/ticket-list.ts';
import { ticketKeyOf, type TicketRow } from './tickets/ticket-row.ts';

interface Step {
  readonly what: number;
  readonly order: number;
  readonly line: number;
  readonly size: number;
}

const COMMANDS = 20;
const steps = fc.array(
  fc.record({
    what: fc.nat(COMMANDS - 1),
    order: fc.nat(5),
    line: fc.nat(5),
    size: fc.nat(9999),
  }),
  { minLength: 12, maxLength: 40, size: 'max' },
);

/** Enough walks to come upon any of the seeded bugs; that it is found matters, not the shortest walk that shows it. */
const BROKEN = { numRuns: 500, endOnFailure: true };

const ordersOf = (world: OrderWorld): readonly string[] => [
  ...new Set(
    world.log.flatMap(({ stream }) => (stream.startsWith('orders/') ? [stream.slice(7)] : [])),
  ),
];

function walk(taken: readonly Step[]): OrderWorld {
  const world = orderWorld();
  const courses = [
    line('steak', 3, { seat: 1, course: 2 }),
    line('coffee', 3, { seat: 2, note: 'hot' }),
    line('water', 2, { seat: 1 }),
  ];
  world.done(place(courses, { tableId: 't1', guests: 2 }));
  world.done(place([line('steak', 2), line('coffee')], { tableId: 't2' }, { id: 'o2' }));
  for (const [index, step] of taken.entries()) {
    const ids = ordersOf(world);
    const id = ids[step.order % ids.length] ?? 'o1';
    const other = ids[step.size % ids.length] ?? 'o2';
    world.run({ id, ...commandOf(world, { ...step, id, other, index }) });
  }
  return world;
}

type Asked = Step & { readonly id: string; readonly other: string; readonly index: number };

function commandOf(world: OrderWorld, { what, size, line: nth, id, other, index }: Asked): Said {
  const { lines } = world.order(id);
  const held = lines[nth % Math.max(lines.length, 1)];
  const { lineId = 'x', revision = 1 } = held ?? {};
  const some = [{ lineId, quantity: 1 + (size % 2) }];
  const tableId = [null, 't1', 't2'][size % 3] ?? null;
  const reason = 'r';
  const sold = [line('coffee', 1 + (size % 3), { course: 1 + (size % 2) })];
  const said: readonly Said[] = [
    { type: 'AddLines', input: { lines: sold } },
    { type: 'FireLines', input: size % 2 === 0 ? {} : { course: 2, rush: true } },
    { type: 'HoldLines', input: { lineIds: [lineId] } },
    { type: 'RushLines', input: {} },
    { type: 'BumpLines', input: { stationId: size % 2 === 0 ? 'bar' : 'grill' } },
    { type: 'BumpLines', input: { lineIds: [lineId] } },
    { type: 'RecallLines', input: { lineIds: [lineId] } },
    { type: 'ServeLines', input: {} },
    { type: 'VoidLines', input: { lines: some, reason } },
    { type: 'ChangeLine', input: { lineId, revision, note: `note ${index}` } },
    { type: 'SplitOrder', input: { by: 'item', bills: [some] } },
    { type: 'SplitOrder', input: { by: 'seat', seats: [1 + (size % 2)] } },
    { type: 'SplitOrder', input: { by: 'amount', parts: 2 } },
    { type: 'TransferLines', input: { lines: some, intoOrderId: other } },
    { type: 'MergeOrder', input: { intoOrderId: other } },
    { type: 'MoveOrder', input: { tableId } },
    { type: 'CancelOrder', input: { reason } },
    { type: 'PayOrder', input: { kind: 'cash', amount: 100_000 } },
    { type: 'AskBill', input: {} },
    { ...place([line('steak'), ...sold], tableId === null ? {} : { tableId }), id: `n${index}` },
  ];
  // safe because `what` is below the length of the list
  return said[what] as Said;
}

function fold(model: ReadModel, { log }: OrderWorld): ReadonlyMap<string, Row> {
  const rows = new Map<string, Row>();
  for (const [index, { stream, event }] of log.entries()) {
    if (!model.on.some(({ name }) => name === event.type)) continue;
    const [category = '', id = ''] = stream.split('/');
    const happened = { event, category, id, eventId: `e${index}`, moment: { at: AT, version: 1 } };
    const recorded = recordedOf(happened, index + 1);
    for (const key of model.keys(recorded)) {
      const row = model.project(rows.get(key) ?? null, recorded, key);
      if (row === null) rows.delete(key);
      else rows.set(key, row);
    }
  }
  return rows;
}

interface OnBoard {
  readonly ticket: string;
  readonly orderId: string;
  readonly lineId: string;
  readonly quantity: number;
  readonly state: string;
  readonly note: string | null;
}

const sorted = (lines: readonly OnBoard[]) => lines.map((each) => JSON.stringify(each)).toSorted();

/** Everything that stations were told of and that is still wanted, by the orders themselves. */
function told(world: OrderWorld): readonly OnBoard[] {
  return ordersOf(world).flatMap((orderId) => {
    const { status, lines } = world.order(orderId);
    if (status !== 'open' && status !== 'closed') return [];
    return lines.flatMap((held) => {
      const ticket = ticketKeyOf(held);
      const { lineId, quantity, kitchen: state, note } = held;
      const isTold = state === 'fired' || state === 'ready' || state === 'served';
      if (ticket === null || !isTold || quantity === 0) return [];
      return [{ ticket, orderId, lineId, quantity, state, note }];
    });
  });
}

function shown(rows: ReadonlyMap<string, Row>): readonly OnBoard[] {
  return [...rows].flatMap(([ticket, row]) =>
    // safe because these are rows of the board
    (row as TicketRow).lines.flatMap(({ orderId, lineId, quantity, state, note }) =>
      state === 'stopped' ? [] : [{ ticket, orderId, lineId, quantity, state, note }],
    ),
  );
}

const boardHolds = (model: ReadModel) =>
  fc.property(steps, (taken) => {
    const world = walk(taken);
    expect(sorted(shown(fold(model, world)))).toEqual(sorted(told(world)));
  });

describe('whatever is done to orders', () => {
  test('O18: boards show every line that a station was told of, once, in its state and on its bill', () => {
    fc.assert(boardHolds(ticketList), { numRuns: 150 });
  });

  test('a ticket stands under the number and table that its first line is on now', () => {
    const property = fc.property(steps, (taken) => {
      const world = walk(taken);
      for (const row of fold(ticketList, world).values()) {
        // safe because these are rows of the board
        const ticket = row as TicketRow;
        if (ticket.lines.every(({ state }) => state === 'stopped')) continue;
        const { number, part, tableId } = world.order(ticket.order_id);
        expect([ticket.number, ticket.part, ticket.table_id]).toEqual([number, part, tableId]);
      }
    });
    fc.assert(property, { numRuns: 100 });
  });

  test.each(['LinesMovedOut', 'LinesRecalled', 'LinesVoided', 'OrderCancelled'])(
    'the checker sees a board that does not know of %s',
    (missing) => {
      const on = ticketList.on.filter(({ name }) => name !== missing);
      expect(() => fc.assert(boardHolds({ ...ticketList, on }), BROKEN)).toThrow('Property failed');
    },
  );
});

const floorHolds = (model: ReadModel) =>
  fc.property(steps, (taken) => {
    const world = walk(taken);
    const rows = fold(model, world);
    for (const tableId of ['t1', 't2']) {
      const open = ordersOf(world).filter((id) => {
        const { status, tableId: at } = world.order(id);
        return status === 'open' && at === tableId;
      });
      // safe because these are rows of the floor
      const row = rows.get(tableKey({ locationId: LOCATION, tableId })) as FloorRow | undefined;
      expect((row?.orders ?? []).map(({ orderId }) => orderId).toSorted()).toEqual(open.toSorted());
      const isAsked = open.some((id) => world.order(id).billAskedAt !== null);
      const states = isAsked
        ? ['bill']
        : open.length > 0
          ? ['ordered']
          : ['free', 'dirty', 'seated'];
      expect(states).toContain(row?.state ?? 'free');
    }
  });

describe('the floor', () => {
  test('O19: a table shows exactly its open orders, and they win over everything that people said', () => {
    fc.assert(floorHolds(floorList), { numRuns: 150 });
  });

  test.each(['OrderMoved', 'OrderMerged', 'OrderClosed', 'BillAsked'])(
    'the checker sees a floor that does not know of %s',
    (missing) => {
      const on = floorList.on.filter(({ name }) => name !== missing);
      expect(() => fc.assert(floorHolds({ ...floorList, on }), BROKEN)).toThrow('Property failed');
    },
  );
});
