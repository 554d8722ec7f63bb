import { describe, expect, test } from 'vitest';
import { book, follow, hold, NOW, setCalendar, worldWith } from '../world.fixture.ts';

const ONE = [{ tableId: 't1', seats: 2 }];
const EVENING = '2026-11-21T19:00';

describe('making a reservation', () => {
  test('R7: a location without a calendar takes reservations by default rules', () => {
    const world = worldWith(ONE);
    expect(book(world, 'r1', { startsAt: EVENING }).code).toBeNull();
    expect(world.booking('r1')).toMatchObject({
      status: 'confirmed',
      startsAt: '2026-11-21T18:00:00.000Z',
      endsAt: '2026-11-21T19:30:00.000Z',
      day: '2026-11-21',
      dates: ['2026-11-21'],
      tableIds: ['t1'],
    });
  });

  test('R1: a table that is taken is not given again, and what is free nearby is named', () => {
    const world = worldWith(ONE);
    book(world, 'r1', { startsAt: EVENING });
    const refused = book(world, 'r2', { startsAt: '2026-11-21T19:15' });
    expect(refused.code).toBe('SLOT_FULL');
    expect(refused.details).toEqual({
      reason: 'tables',
      alternatives: [
        '2026-11-21T16:15:00.000Z',
        '2026-11-21T16:30:00.000Z',
        '2026-11-21T19:30:00.000Z',
        '2026-11-21T19:45:00.000Z',
        '2026-11-21T20:00:00.000Z',
      ],
    });
    expect(book(world, 'r3', { startsAt: '2026-11-21T20:30' }).code).toBeNull();
    expect(world.day('2026-11-21').taken.map(({ key }) => key)).toEqual(['r1', 'r3']);
  });

  test('the buffer keeps a table from the next party', () => {
    const world = worldWith(ONE);
    setCalendar(world, { bufferMinutes: 15 });
    book(world, 'r1', { startsAt: EVENING });
    expect(book(world, 'r2', { startsAt: '2026-11-21T20:30' }).code).toBe('SLOT_FULL');
    expect(book(world, 'r2', { startsAt: '2026-11-21T20:45' }).code).toBeNull();
  });

  test('R2: no more parties and guests start at once than the calendar allows', () => {
    const world = worldWith(['t1', 't2', 't3'].map((tableId) => ({ tableId, seats: 4 })));
    setCalendar(world, { coversPerSlot: 5, bookingsPerSlot: 2 });
    book(world, 'r1', { startsAt: EVENING, partySize: 3 });
    const covers = book(world, 'r2', { startsAt: EVENING, partySize: 3 });
    expect([covers.code, covers.details['reason']]).toEqual(['SLOT_FULL', 'covers']);
    expect(book(world, 'r2', { startsAt: EVENING, partySize: 2 }).code).toBeNull();
    const bookings = book(world, 'r3', { startsAt: EVENING, partySize: 1 });
    expect(bookings.details['reason']).toBe('bookings');
    expect(book(world, 'r3', { startsAt: '2026-11-21T19:15', partySize: 1 }).code).toBeNull();
  });

  test.each([
    ['OFF_GRID', { startsAt: '2026-11-21T19:05' }],
    ['OFF_GRID', { startsAt: '2026-11-21T19:00:30' }],
    ['LOCATION_CLOSED_THEN', { startsAt: '2026-11-21T11:45' }],
    ['LOCATION_CLOSED_THEN', { startsAt: '2026-11-21T22:15' }],
    ['TOO_LATE', { startsAt: '2026-11-01T10:45' }],
    ['TOO_FAR_AHEAD', { startsAt: '2028-01-01T19:00' }],
    ['TIME_INVALID', { startsAt: '2026-02-30T19:00' }],
    ['PARTY_TOO_LARGE', { startsAt: EVENING, partySize: 21 }],
    ['PARTY_TOO_LARGE', { startsAt: EVENING, partySize: 3 }],
    ['TABLE_OR_AREA_UNKNOWN', { startsAt: EVENING, tableIds: ['t9'] }],
    ['TABLE_OR_AREA_UNKNOWN', { startsAt: EVENING, areaId: 'roof' }],
    ['LOCATION_UNKNOWN', { startsAt: EVENING, locationId: 'elsewhere' }],
    ['CUSTOMER_UNKNOWN', { startsAt: EVENING, customerId: 'nobody' }],
  ])('%s: %j', (code, input) => {
    const world = worldWith(ONE);
    expect(book(world, 'r1', input).code).toBe(code);
    expect(world.day('2026-11-21').taken).toEqual([]);
  });

  test('a location without tables, and a party that is too small, are refused by name', () => {
    expect(book(worldWith([]), 'r1', { startsAt: EVENING }).code).toBe('NO_TABLES');
    const world = worldWith(ONE);
    setCalendar(world, { partySizeMin: 2 });
    expect(book(world, 'r1', { startsAt: EVENING, partySize: 1 }).code).toBe('PARTY_TOO_SMALL');
    setCalendar(world, { takesBookings: false });
    expect(book(world, 'r1', { startsAt: EVENING }).code).toBe('BOOKINGS_STOPPED');
  });

  test('a room is taken as a whole', () => {
    const world = worldWith([
      { tableId: 't1', seats: 4 },
      { tableId: 's1', seats: 6, areaId: 'salon' },
      { tableId: 's2', seats: 6, areaId: 'salon' },
    ]);
    const room = { startsAt: EVENING, partySize: 9, areaId: 'salon', wholeArea: true };
    expect(book(world, 'r1', room).code).toBeNull();
    expect(world.booking('r1').tableIds).toEqual(['s1', 's2']);
    const two = { startsAt: EVENING, areaId: 'salon' };
    expect(book(world, 'r2', two).code).toBe('SLOT_FULL');
  });

  test('R8: no name, phone or note stands in a day stream', () => {
    const world = worldWith(ONE);
    const contact = { name: 'CANARY', phone: '+48123456789' };
    book(world, 'r1', { startsAt: EVENING, contact, note: 'CANARY' });
    expect(JSON.stringify(world.day('2026-11-21'))).not.toMatch(/CANARY|\+48/);
    expect(world.booking('r1').contact).toEqual(contact);
  });
});

const HOLD = { holder: 'pseudonym-of-a-pair' };

describe('holds', () => {
  test('R4: a hold that has run out counts for nothing, whether or not anybody took it away', () => {
    const world = worldWith(ONE);
    book(world, 'r1', { startsAt: EVENING, hold: HOLD });
    expect(world.booking('r1')).toMatchObject({
      status: 'held',
      heldUntil: '2026-11-01T10:10:00.000Z',
    });
    const before = { startsAt: EVENING, at: '2026-11-01T10:09:59.999Z' };
    expect(book(world, 'r2', before).code).toBe('SLOT_FULL');
    const after = '2026-11-01T10:10:00.000Z';
    expect(book(world, 'r2', { startsAt: EVENING, at: after }).code).toBeNull();
    expect(follow(world, ['ConfirmReservation', 'r1', after], {}).code).toBe('HOLD_EXPIRED');
    expect(follow(world, ['ExpireReservationHold', 'r1', after], {}).events).toHaveLength(1);
    expect(world.day('2026-11-21').taken.map(({ key }) => key)).toEqual(['r2']);
  });

  test('a hold does not expire early', () => {
    const world = worldWith(ONE);
    book(world, 'r1', { startsAt: EVENING, hold: HOLD });
    expect(follow(world, ['ExpireReservationHold', 'r1']).events).toEqual([]);
    expect(world.booking('r1').status).toBe('held');
  });

  test('R5: a pair holds two at once at most; what is confirmed, given up or over does not count', () => {
    const world = worldWith(['t1', 't2', 't3'].map((tableId) => ({ tableId, seats: 2 })));
    const held = (id: string, at = NOW) =>
      book(world, id, { startsAt: EVENING, hold: HOLD, at }).code;
    expect([held('r1'), held('r2'), held('r3')]).toEqual([null, null, 'TOO_MANY_HOLDS']);
    follow(world, ['ConfirmReservation', 'r1']);
    expect(held('r3')).toBeNull();
    follow(world, ['CancelReservation', 'r2']);
    expect(held('r4')).toBeNull();
    expect(held('r5')).toBe('TOO_MANY_HOLDS');
    expect(held('r5', '2026-11-01T10:10:00.000Z')).toBeNull();
    const other = { startsAt: EVENING, hold: { holder: 'another-pair-of-the-two' } };
    expect(book(world, 'r6', other).code).toBe('SLOT_FULL');
  });

  test('R4: who confirms a moment too late finds the place given to others, whatever the order of deciding', () => {
    const world = worldWith(ONE);
    hold(world, 'r1', { startsAt: EVENING });
    // Taken in after the hold ran out, and decided before a confirmation that was taken in just before.
    expect(
      book(world, 'r2', { startsAt: EVENING, at: '2026-11-01T10:10:00.000Z' }).code,
    ).toBeNull();
    const inTime = '2026-11-01T10:09:59.999Z';
    const contact = { name: 'Ana Souza' };
    expect(follow(world, ['ConfirmReservation', 'r1', inTime], { contact }).code).toBe(
      'HOLD_EXPIRED',
    );
    const kept = world.day('2026-11-21').taken.filter(({ heldUntil }) => heldUntil === null);
    expect(kept.map(({ key }) => key)).toEqual(['r2']);
  });

  test('R4: nor does it pass the limit of a start', () => {
    const world = worldWith(['t1', 't2'].map((tableId) => ({ tableId, seats: 2 })));
    setCalendar(world, { bookingsPerSlot: 1 });
    hold(world, 'r1', { startsAt: EVENING });
    book(world, 'r2', { startsAt: EVENING, tableIds: ['t2'], at: '2026-11-01T10:10:00.000Z' });
    const confirm = { contact: { name: 'Ana Souza' } };
    expect(follow(world, ['ConfirmReservation', 'r1'], confirm).code).toBe('HOLD_EXPIRED');
  });

  test('who comes is told with the confirmation, and must be', () => {
    const world = worldWith(ONE);
    hold(world, 'r1', { startsAt: EVENING, language: 'pl' });
    expect(world.booking('r1')).toMatchObject({ status: 'held', contact: null, language: 'pl' });
    expect(follow(world, ['ConfirmReservation', 'r1']).code).toBe('CONTACT_NEEDED');
    const given = { by: 'guest', contact: { name: 'Ana Souza' }, note: 'CANARY' };
    const { events } = follow(world, ['ConfirmReservation', 'r1'], given);
    expect(events.map(({ type }) => type)).toEqual([
      'ReservationContactChanged',
      'ReservationConfirmed',
    ]);
    expect(world.booking('r1')).toMatchObject({
      status: 'confirmed',
      contact: { name: 'Ana Souza' },
      note: 'CANARY',
      heldUntil: null,
    });
    expect(JSON.stringify(world.day('2026-11-21'))).not.toContain('CANARY');
  });

  test('R14: an address holds no more than half of the tables, whatever contacts it names', () => {
    const tables = ['t1', 't2', 't3', 't4', 't5', 't6', 't7'];
    const world = worldWith(tables.map((tableId) => ({ tableId, seats: 2 })));
    const held = (n: number, more: object = {}) => {
      const { code, details } = hold(world, `r${n}`, {
        startsAt: EVENING,
        holder: `pseudonym-of-pair-${n}`,
        ...more,
      });
      return [code, details['of']];
    };
    expect([1, 2, 3].map((n) => held(n)[0])).toEqual([null, null, null]);
    expect(held(4)).toEqual(['TOO_MANY_HOLDS', 'address']);
    expect(held(5, { holderAddress: 'pseudonym-of-another' })[0]).toBeNull();
    follow(world, ['ConfirmReservation', 'r1'], { contact: { name: 'Ana' } });
    expect(held(6)[0]).toBeNull();
    expect(held(7, { at: '2026-11-01T10:10:00.000Z' })[0]).toBeNull();
  });

  test('a confirmed hold lasts, and waits for the house where the calendar says so', () => {
    const world = worldWith(ONE);
    setCalendar(world, { confirmation: 'manual' });
    book(world, 'r1', { startsAt: EVENING, hold: HOLD });
    follow(world, ['ConfirmReservation', 'r1'], { by: 'guest' });
    expect(world.booking('r1').status).toBe('pending');
    const later = '2026-11-02T10:00:00.000Z';
    expect(book(world, 'r2', { startsAt: EVENING, at: later }).code).toBe('SLOT_FULL');
    follow(world, ['ConfirmReservation', 'r1'], { by: 'guest' });
    expect(world.booking('r1').status).toBe('pending');
    follow(world, ['ConfirmReservation', 'r1']);
    expect(world.booking('r1').status).toBe('confirmed');
  });
});

describe('changing', () => {
  test('R6: a change takes the new place and frees the old one, or keeps what it had', () => {
    const world = worldWith(ONE);
    book(world, 'r1', { startsAt: EVENING });
    book(world, 'r2', { startsAt: '2026-11-22T19:00' });
    const onto = follow(world, ['ChangeReservation', 'r1'], { startsAt: '2026-11-22T19:30' });
    expect(onto.code).toBe('SLOT_FULL');
    expect(world.booking('r1').day).toBe('2026-11-21');
    expect(world.day('2026-11-21').taken).toHaveLength(1);
    const beside = follow(world, ['ChangeReservation', 'r1'], { startsAt: '2026-11-22T20:30' });
    expect(beside.code).toBeNull();
    expect(world.day('2026-11-21').taken).toEqual([]);
    expect(world.day('2026-11-22').taken.map(({ key }) => key)).toEqual(['r2', 'r1']);
  });

  test('it may overlap its own old place', () => {
    const world = worldWith(ONE);
    book(world, 'r1', { startsAt: EVENING });
    expect(
      follow(world, ['ChangeReservation', 'r1'], { startsAt: '2026-11-21T19:30' }).code,
    ).toBeNull();
    expect(world.day('2026-11-21').taken).toHaveLength(1);
  });

  test('a party that grows gets tables that seat it; one that stays keeps its own', () => {
    const world = worldWith([
      { tableId: 't1', seats: 2 },
      { tableId: 't2', seats: 2 },
      { tableId: 't4', seats: 4 },
    ]);
    book(world, 'r1', { startsAt: EVENING });
    book(world, 'r2', { startsAt: EVENING });
    follow(world, ['ChangeReservation', 'r2'], { startsAt: '2026-11-21T20:00' });
    expect(world.booking('r2').tableIds).toEqual(['t2']);
    follow(world, ['ChangeReservation', 'r2'], { partySize: 4 });
    expect(world.booking('r2').tableIds).toEqual(['t4']);
    expect(follow(world, ['ChangeReservation', 'r2'], { partySize: 4 }).events).toEqual([]);
  });
});

describe('cancelling and fees', () => {
  const RULES = {
    freeCancelMinutes: 24 * 60,
    depositPerGuest: 2000,
    lateCancelFeePerGuest: 3000,
    noShowFeePerGuest: 5000,
  };
  const LATE = '2026-11-20T20:00:00.000Z';
  const amounts = (world: ReturnType<typeof worldWith>) =>
    world.booking('r1').amounts.map(({ kind, amount, status }) => [kind, amount.amount, status]);
  const booked = () => {
    const world = worldWith(ONE);
    setCalendar(world, RULES);
    book(world, 'r1', { startsAt: EVENING });
    return world;
  };
  const payDeposit = (world: ReturnType<typeof worldWith>) => {
    const amountId = world.booking('r1').amounts[0]!.amountId;
    follow(world, ['SettleReservationAmount', 'r1'], { amountId });
  };

  test('a deposit is due when the reservation is made, and back when it is cancelled in time', () => {
    const world = booked();
    expect(world.booking('r1').amounts[0]!.amount).toEqual({ amount: 4000, currency: 'PLN' });
    payDeposit(world);
    follow(world, ['CancelReservation', 'r1']);
    expect(world.booking('r1')).toMatchObject({ status: 'cancelled', cancelledLate: false });
    expect(amounts(world)).toEqual([
      ['deposit', 4000, 'paid'],
      ['deposit-refund', 4000, 'due'],
    ]);
    expect(world.day('2026-11-21').taken).toEqual([]);
  });

  test('a party that becomes larger owes the rest of the deposit, and a smaller one nothing more', () => {
    const world = worldWith([{ tableId: 't6', seats: 6 }]);
    setCalendar(world, { ...RULES, depositFromPartySize: 4 });
    book(world, 'r1', { startsAt: EVENING });
    expect(amounts(world)).toEqual([]);
    follow(world, ['ChangeReservation', 'r1'], { partySize: 4 });
    follow(world, ['ChangeReservation', 'r1'], { partySize: 6 });
    follow(world, ['ChangeReservation', 'r1'], { partySize: 5 });
    follow(world, ['ChangeReservation', 'r1'], { partySize: 6 });
    expect(amounts(world)).toEqual([
      ['deposit', 8000, 'due'],
      ['deposit', 4000, 'due'],
    ]);
  });

  test('a late cancellation by the guest costs a fee, less the deposit; one by the house costs nothing', () => {
    const late = booked();
    payDeposit(late);
    follow(late, ['CancelReservation', 'r1', LATE], {});
    expect(late.booking('r1').cancelledLate).toBe(true);
    expect(amounts(late)).toEqual([
      ['deposit', 4000, 'paid'],
      ['late-cancellation', 2000, 'due'],
    ]);
    const house = booked();
    follow(house, ['CancelReservation', 'r1', LATE], { by: 'house' });
    expect(amounts(house)).toEqual([['deposit', 4000, 'waived']]);
  });

  test('R17: what a deposit exceeds the fee by is due back, of who cancels late and of who does not come', () => {
    const NO_SHOW = '2026-11-21T18:30:00.000Z';
    const after = (fee: number, command: string, at: string) => {
      const world = worldWith(ONE);
      const fees = { lateCancelFeePerGuest: fee, noShowFeePerGuest: fee };
      setCalendar(world, { ...RULES, ...fees });
      book(world, 'r1', { startsAt: EVENING });
      payDeposit(world);
      follow(world, [command, 'r1', at], {});
      return amounts(world).slice(1);
    };
    for (const [command, at, kind] of [
      ['CancelReservation', LATE, 'late-cancellation'],
      ['MarkReservationNoShow', NO_SHOW, 'no-show'],
    ] as const) {
      expect(after(2001, command, at)).toEqual([[kind, 2, 'due']]);
      expect(after(2000, command, at)).toEqual([]);
      expect(after(1500, command, at)).toEqual([['deposit-refund', 1000, 'due']]);
      expect(after(0, command, at)).toEqual([['deposit-refund', 4000, 'due']]);
    }
  });

  test.each([
    ['CancelReservation', LATE],
    ['MarkReservationNoShow', '2026-11-21T18:30:00.000Z'],
  ])('R18: %s of what the house never confirmed costs nothing', (command, at) => {
    const world = worldWith(ONE);
    setCalendar(world, { ...RULES, confirmation: 'manual' });
    book(world, 'r1', { startsAt: EVENING });
    expect(world.booking('r1').status).toBe('pending');
    payDeposit(world);
    follow(world, [command, 'r1', at], {});
    expect(world.booking('r1').cancelledLate).toBe(false);
    expect(amounts(world)).toEqual([
      ['deposit', 4000, 'paid'],
      ['deposit-refund', 4000, 'due'],
    ]);
  });

  test('R18: a request that its guest moves late is free until the house confirms it, and by its new hour then', () => {
    const world = worldWith(ONE);
    setCalendar(world, { ...RULES, confirmation: 'manual' });
    book(world, 'r1', { startsAt: EVENING });
    follow(world, ['ChangeReservation', 'r1', LATE], { startsAt: '2026-11-25T19:00', by: 'guest' });
    follow(world, ['ConfirmReservation', 'r1', LATE], {});
    expect(world.booking('r1')).toMatchObject({ status: 'confirmed', movedLate: false });
    follow(world, ['CancelReservation', 'r1', LATE], {});
    expect(world.booking('r1').cancelledLate).toBe(false);
  });

  test('who moves a booking late still cancels late; who moves it in time, or to an earlier hour, does not', () => {
    const moved = (at: string, by: string, startsAt = '2026-11-25T19:00') => {
      const world = booked();
      follow(world, ['ChangeReservation', 'r1', at], { startsAt, by });
      follow(world, ['CancelReservation', 'r1', at], {});
      return world.booking('r1').cancelledLate;
    };
    expect(moved(LATE, 'guest')).toBe(true);
    expect(moved(NOW, 'guest')).toBe(false);
    expect(moved(LATE, 'house')).toBe(false);
  });

  test('a no-show costs a fee, which somebody may waive with a reason', () => {
    const world = booked();
    expect(follow(world, ['MarkReservationNoShow', 'r1']).code).toBe('TOO_EARLY');
    follow(world, ['MarkReservationNoShow', 'r1', '2026-11-21T18:30:00.000Z'], {});
    expect(world.booking('r1').status).toBe('no-show');
    const fee = world.booking('r1').amounts.find(({ kind }) => kind === 'no-show')!;
    expect(fee.amount.amount).toBe(10_000);
    const waive = { amountId: fee.amountId, reason: 'train strike' };
    expect(follow(world, ['WaiveReservationAmount', 'r1'], waive).code).toBeNull();
    expect(follow(world, ['SettleReservationAmount', 'r1'], waive).code).toBe('AMOUNT_UNKNOWN');
  });

  test('what is over takes no changes, and cancelling again changes nothing', () => {
    const world = booked();
    follow(world, ['CancelReservation', 'r1']);
    expect(follow(world, ['CancelReservation', 'r1'])).toMatchObject({ code: null, events: [] });
    for (const command of ['ChangeReservation', 'SeatReservation', 'CompleteReservation'])
      expect(follow(world, [command, 'r1']).code).toBe('RESERVATION_OVER');
  });
});

describe('the evening', () => {
  test('a party is late, seated at another table, and leaves: its tables are free again', () => {
    const world = worldWith([
      { tableId: 't1', seats: 2 },
      { tableId: 't2', seats: 2 },
    ]);
    book(world, 'r1', { startsAt: EVENING });
    book(world, 'r2', { startsAt: EVENING, tableIds: ['t2'] });
    follow(world, ['MarkReservationLate', 'r1'], { minutes: 20 });
    expect(world.booking('r1').lateMinutes).toBe(20);
    const taken = follow(world, ['SeatReservation', 'r1'], { tableIds: ['t2'] });
    expect([taken.code, taken.details]).toEqual(['TABLES_TAKEN', { tableIds: ['t2'] }]);
    follow(world, ['CancelReservation', 'r2'], { by: 'house' });
    follow(world, ['SeatReservation', 'r1'], { tableIds: ['t2'] });
    expect(world.booking('r1')).toMatchObject({ status: 'seated', tableIds: ['t2'] });
    expect(world.day('2026-11-21').taken.map(({ tableIds }) => tableIds)).toEqual([['t2']]);
    expect(follow(world, ['CancelReservation', 'r1']).code).toBe('ALREADY_SEATED');
    follow(world, ['CompleteReservation', 'r1']);
    expect(world.day('2026-11-21').taken).toEqual([]);
  });

  test('R16: a party that still sits keeps its tables, up to who comes next, and not for ever', () => {
    const world = worldWith(ONE);
    book(world, 'r1', { startsAt: EVENING });
    const extend = (at: string) => follow(world, ['ExtendStay', 'r1', at]).events;
    expect(extend('2026-11-21T19:30:00.000Z')).toEqual([]);
    follow(world, ['SeatReservation', 'r1']);
    // By nobody before its time is over.
    expect(extend('2026-11-21T19:29:59.999Z')).toEqual([]);
    book(world, 'r2', { startsAt: '2026-11-21T21:15' });
    expect(extend('2026-11-21T19:30:00.000Z')).toHaveLength(1);
    expect(world.booking('r1').takenUntil).toBe('2026-11-21T20:00:00.000Z');
    const now = { startsAt: '2026-11-21T20:45', at: '2026-11-21T19:31:00.000Z' };
    expect(book(world, 'r3', now).code).toBe('SLOT_FULL');
    extend('2026-11-21T20:00:00.000Z');
    expect(world.booking('r1').takenUntil).toBe('2026-11-21T20:15:00.000Z');
    expect(extend('2026-11-21T20:15:00.000Z')).toEqual([]);
    follow(world, ['CompleteReservation', 'r1']);
    expect(world.day('2026-11-21').taken.map(({ key }) => key)).toEqual(['r2']);
  });

  test('R16: past midnight it stands on the next date too, and ends after four hours', () => {
    const world = worldWith(ONE);
    book(world, 'r1', { startsAt: '2026-11-21T22:00' });
    follow(world, ['SeatReservation', 'r1']);
    for (let step = 0; step < 12; step += 1)
      follow(world, ['ExtendStay', 'r1', world.booking('r1').takenUntil]);
    expect(world.booking('r1')).toMatchObject({
      takenUntil: '2026-11-22T02:30:00.000Z',
      dates: ['2026-11-21', '2026-11-22'],
    });
    expect(world.day('2026-11-22').taken.map(({ key }) => key)).toEqual(['r1']);
    follow(world, ['CompleteReservation', 'r1']);
    expect(world.day('2026-11-22').taken).toEqual([]);
  });

  test('renewing the link counts its generation, and nothing of it is shown', () => {
    const world = worldWith(ONE);
    book(world, 'r1', { startsAt: EVENING });
    follow(world, ['RenewReservationLink', 'r1']);
    expect(world.booking('r1').linkGeneration).toBe(2);
  });
});
