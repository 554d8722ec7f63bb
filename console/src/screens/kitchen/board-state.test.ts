import { expect, test } from 'vitest';
import {
  ageOf,
  billsToBump,
  billsToSee,
  coursesOf,
  freshIds,
  inOrder,
  withoutBumped,
  type Ticket,
  type TicketLine,
} from './board-state.ts';

const line: TicketLine = {
  orderId: 'o1',
  lineId: 'l1',
  productId: 'soup',
  name: 'Soup',
  quantity: 1,
  modifiers: [],
  course: null,
  seat: null,
  note: null,
  rush: false,
  state: 'fired',
};
const ticket: Ticket = {
  id: 'a~kitchen',
  ticketId: 'a',
  stationId: 'kitchen',
  orderId: 'o1',
  number: 1,
  part: 0,
  channel: 'eat-in',
  tableId: 't1',
  course: null,
  rush: false,
  status: 'open',
  lines: [line],
  firedAt: '2026-11-22T12:00:00Z',
  doneAt: null,
};
const station = {
  stationId: 'kitchen',
  name: 'Kitchen',
  slowAfterSeconds: 60,
  lateAfterSeconds: 120,
};
const after = (seconds: number) => Date.parse(ticket.firedAt) + seconds * 1000;

test.each([
  [-5, 0, 'fresh'],
  [59, 59, 'fresh'],
  [60, 60, 'slow'],
  [120, 120, 'late'],
] as const)('after %i seconds a ticket is %i seconds old and %s', (passed, seconds, age) => {
  expect(ageOf(ticket, station, after(passed))).toEqual({ seconds, age });
});

test('nothing of a station that is gone is slow', () => {
  expect(ageOf(ticket, undefined, after(9999)).age).toBe('fresh');
});

test('what is to be made first stands first, then the oldest', () => {
  const older = { ...ticket, id: 'b', firedAt: '2026-11-22T11:00:00Z' };
  const rushed = { ...ticket, id: 'c', rush: true };
  expect(inOrder([ticket, older, rushed]).map(({ id }) => id)).toEqual(['c', 'b', 'a~kitchen']);
});

test('a ticket that was split over two bills is bumped on both', () => {
  const lines = [
    line,
    { ...line, orderId: 'o2' },
    { ...line, orderId: 'o3', state: 'stopped' as const },
  ];
  expect(billsToBump({ ...ticket, lines })).toEqual(['o1', 'o2']);
  expect(billsToSee({ ...ticket, lines })).toEqual(['o3']);
});

test('courses stand in their order', () => {
  const lines = [{ ...line, course: 2 }, line, { ...line, course: 1 }];
  expect(coursesOf({ ...ticket, lines }).map(([course]) => course)).toEqual([null, 1, 2]);
});

test('a bump on its way hides its ticket at once', () => {
  expect(withoutBumped([ticket], new Set(['a~kitchen']))).toEqual([]);
});

test('only tickets that were not there are new', () => {
  expect(freshIds(new Set(['a~kitchen']), [ticket, { ...ticket, id: 'b' }])).toEqual(['b']);
});
