import { describe, expect, test } from 'vitest';
import type { RecordedEvent } from '../../../core/recorded-event.ts';
import type { DayEvent } from '../days/events.ts';
import { dayStream } from '../floor.ts';
import { offerFreed } from '../policies.ts';
import { book, follow, LOCATION, NOW, worldWith, type World } from '../world.fixture.ts';
import type { Waiting } from './state.ts';

const DAY = '2026-11-21';
const EVENING = `${DAY}T19:00`;
const ONE = [{ tableId: 't1', seats: 2 }];
const waitlist = 'reservations.waitlist';
const stateOf = (world: World, id: string) => world.state({ category: waitlist, id }) as Waiting;

function join(world: World, id: string, given: object = {}) {
  const standard = { from: EVENING, to: `${DAY}T19:30`, partySize: 2 };
  const contact = { name: 'Jan', email: 'jan@example.com' };
  const input = { locationId: LOCATION, contact, ...standard, ...given };
  return world.ask({ category: waitlist, command: 'JoinWaitlist', id, input });
}
const offer = (world: World, at = NOW) =>
  world.ask({
    category: 'reservations.days',
    command: 'OfferFreedTables',
    id: dayStream(LOCATION, DAY).id,
    at,
  });
const answer = (world: World, [command, id]: readonly [string, string], at = NOW) =>
  world.ask({ category: waitlist, command, id, at });

/** A full evening and three who wait, the second of them for a party that is too large for what frees. */
function waiting(): World {
  const world = worldWith([...ONE, { tableId: 't4', seats: 4 }]);
  book(world, 'r1', { startsAt: EVENING });
  book(world, 'r2', { startsAt: EVENING, partySize: 4 });
  join(world, 'w0', { partySize: 4 });
  join(world, 'w1');
  join(world, 'w2');
  return world;
}

describe('the waiting list', () => {
  test('R13: what frees is offered to the first who fits; whoever does not fit keeps the place', () => {
    const world = waiting();
    expect(offer(world).code).toBe('NOTHING_TO_OFFER');
    follow(world, ['CancelReservation', 'r1']);
    offer(world);
    expect(['w0', 'w1', 'w2'].map((id) => stateOf(world, id).status)).toEqual([
      'waiting',
      'offered',
      'waiting',
    ]);
    expect(stateOf(world, 'w1').offer).toMatchObject({
      startsAt: '2026-11-21T18:00:00.000Z',
      tableIds: ['t1'],
      until: '2026-11-01T10:30:00.000Z',
    });
    expect(world.day(DAY).waiting.map(({ waiterId }) => waiterId)).toEqual(['w0', 'w2']);
  });

  test('R13: what is offered is taken from everybody else until the offer lapses', () => {
    const world = waiting();
    follow(world, ['CancelReservation', 'r1']);
    offer(world);
    expect(book(world, 'r3', { startsAt: EVENING }).code).toBe('SLOT_FULL');
    const over = '2026-11-01T10:30:00.000Z';
    expect(answer(world, ['AcceptWaitlistOffer', 'w1'], over).code).toBe('OFFER_EXPIRED');
    answer(world, ['LapseWaitlistOffer', 'w1'], over);
    offer(world, over);
    expect(['w1', 'w2'].map((id) => stateOf(world, id).status)).toEqual(['lapsed', 'offered']);
  });

  test('R4: who accepts a moment too late finds the table given to others, whatever the order of deciding', () => {
    const world = waiting();
    follow(world, ['CancelReservation', 'r1']);
    offer(world);
    const after = '2026-11-01T10:30:00.000Z';
    expect(book(world, 'r3', { startsAt: EVENING, at: after }).code).toBeNull();
    const inTime = '2026-11-01T10:29:59.999Z';
    expect(answer(world, ['AcceptWaitlistOffer', 'w1'], inTime).code).toBe('OFFER_EXPIRED');
    expect(world.state({ category: 'reservations', id: 'w1' })).toEqual({ status: 'none' });
  });

  test('R13: whoever waits for hours that have passed keeps nobody else from an offer', () => {
    const world = worldWith(ONE);
    book(world, 'lunch', { startsAt: `${DAY}T12:00` });
    for (const id of ['w1', 'w2', 'w3'])
      join(world, id, { from: `${DAY}T12:00`, to: `${DAY}T12:30` });
    book(world, 'dinner', { startsAt: EVENING });
    join(world, 'w4');
    follow(world, ['SeatReservation', 'lunch', `${DAY}T11:00:00.000Z`]);
    follow(world, ['CompleteReservation', 'lunch', `${DAY}T12:30:00.000Z`]);
    const later = `${DAY}T13:00:00.000Z`;
    follow(world, ['CancelReservation', 'dinner', later]);
    offer(world, later);
    expect(stateOf(world, 'w4')).toMatchObject({
      status: 'offered',
      offer: { startsAt: `${DAY}T18:00:00.000Z`, tableIds: ['t1'] },
    });
  });

  test('an offer that is accepted is a reservation under the same id', () => {
    const world = waiting();
    follow(world, ['CancelReservation', 'r1']);
    offer(world);
    expect(answer(world, ['AcceptWaitlistOffer', 'w1']).code).toBeNull();
    expect(world.booking('w1')).toMatchObject({
      status: 'confirmed',
      tableIds: ['t1'],
      contact: { name: 'Jan', email: 'jan@example.com' },
    });
    const much = '2026-11-02T10:00:00.000Z';
    expect(book(world, 'r3', { startsAt: EVENING, at: much }).code).toBe('SLOT_FULL');
    expect(answer(world, ['AcceptWaitlistOffer', 'w1']).events).toEqual([]);
    expect(answer(world, ['AcceptWaitlistOffer', 'w2']).code).toBe('NOTHING_OFFERED');
    follow(world, ['CancelReservation', 'w1']);
    expect(book(world, 'r3', { startsAt: EVENING }).code).toBeNull();
  });

  test('whoever declines or leaves makes room', () => {
    const world = waiting();
    follow(world, ['CancelReservation', 'r1']);
    offer(world);
    answer(world, ['LeaveWaitlist', 'w1']);
    answer(world, ['LeaveWaitlist', 'w0']);
    expect(world.day(DAY).waiting.map(({ waiterId }) => waiterId)).toEqual(['w2']);
    offer(world);
    expect(stateOf(world, 'w2').status).toBe('offered');
  });

  test.each([
    ['WINDOW_INVALID', { from: `${DAY}T20:00`, to: `${DAY}T19:00` }],
    ['WINDOW_INVALID', { to: '2026-11-22T19:00' }],
    ['TOO_LATE', { from: '2026-11-01T09:00', to: '2026-11-01T09:30' }],
    ['PARTY_TOO_LARGE', { partySize: 3 }],
    ['TIME_DOES_NOT_EXIST', { from: '2027-03-28T02:30', to: '2027-03-28T03:30' }],
  ])('%s: %j', (code, given) => {
    expect(join(worldWith(ONE), 'w1', given).code).toBe(code);
  });
});

describe('the policy of the waiting list', () => {
  const recorded = (type: DayEvent['type'], data: object): RecordedEvent =>
    // safe because the policy looks at no more than these
    ({ type, id: 'x', data: { locationId: LOCATION, date: DAY, day: DAY, ...data } }) as never;
  const after = (...events: readonly RecordedEvent[]) =>
    events.reduce<unknown>((state, event) => offerFreed.evolve?.(state, event), {
      waiting: 0,
    });
  const joined = recorded('DayWaiterJoined', { waiterId: 'w1' });
  const left = recorded('DayWaiterLeft', { waiterId: 'w1' });
  const freed = recorded('DayTablesFreed', { key: 'r1' });

  test('a day that nobody waits for costs no commands', () => {
    expect(offerFreed.react(freed, after(freed))).toEqual([]);
    expect(offerFreed.react(freed, after(joined, left, freed))).toEqual([]);
  });

  test('what frees is offered once, on its business day', () => {
    const state = after(joined);
    expect(offerFreed.react(freed, state)).toMatchObject([
      { command: 'OfferFreedTables', id: `${LOCATION}~${DAY}` },
    ]);
    const nextDate = recorded('DayTablesFreed', { key: 'r1', date: '2026-11-22' });
    expect(offerFreed.react(nextDate, state)).toEqual([]);
    expect(offerFreed.keyOf?.(nextDate)).toBe(offerFreed.keyOf?.(freed));
    const offered = recorded('DayTablesTaken', { key: 'w1', kind: 'offer' });
    expect(offerFreed.react(offered, state)).toEqual([]);
  });
});

describe('an id that a reservation and an entry of the list would share', () => {
  const idle = () => worldWith([...ONE, { tableId: 't4', seats: 4 }]);

  test('R1: is refused to whoever comes second, so that neither takes the tables of the other', () => {
    const first = idle();
    book(first, 'same', { startsAt: EVENING });
    expect(join(first, 'same').code).toBe('WAITLIST_ENTRY_EXISTS');
    const second = idle();
    join(second, 'same');
    expect(book(second, 'same', { startsAt: EVENING }).code).toBe('RESERVATION_EXISTS');
    offer(second);
    expect(book(second, 'same', { startsAt: EVENING }).code).toBe('RESERVATION_EXISTS');
  });

  test('an offer is not taken over a reservation of the same id on another day', () => {
    const world = idle();
    join(world, 'same');
    book(world, 'same', { startsAt: '2026-11-25T19:00' });
    offer(world);
    const before = world.booking('same');
    expect(answer(world, ['AcceptWaitlistOffer', 'same']).code).toBe('RESERVATION_EXISTS');
    expect(world.booking('same')).toEqual(before);
  });
});
