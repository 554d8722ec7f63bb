import { describe, expect, test } from 'vitest';
import { AT, givenEvents, surroundingsOf, type Said } from '../../../../test/support/given.ts';
import type { CommandAttributes } from '../../../core/aggregate.ts';
import { LOCATIONS } from '../locations/location-terms.ts';
import { initialState as noNames, NAMES_STREAM } from '../names/state.ts';
import type { TillCommand } from './commands.ts';
import { attributes, consults, decide, view } from './decide.ts';
import type { TillEvent } from './events.ts';
import { ringOnTill, shiftOf, TILLS } from './ring-on-till.ts';
import { evolve, initialState, RUNG_KEPT_MAX, type TillState } from './state.ts';
import {
  added,
  LOCATION_ID,
  OPEN_LOCATION,
  rung,
  saleOf,
  sessionOpened,
  TILL_ID,
} from './tills.fixture.ts';

const location = { category: LOCATIONS, id: LOCATION_ID };
const tillId = TILL_ID;
const sessionId = 's-1';

function given(...events: readonly TillEvent[]) {
  const till = givenEvents({ initialState, decide, evolve }, ...events);
  return till
    .around(location, OPEN_LOCATION)
    .around(NAMES_STREAM, noNames)
    .around({ category: TILLS, id: TILL_ID }, till.state);
}

const ringUp = (state: TillState, sale = saleOf()): TillEvent => {
  const events = rung(state, sale);
  if (typeof events === 'string') throw new Error(events);
  return events[0]!;
};
const sold = ringUp(given(added, sessionOpened).state);
const counted = (amount: number): TillEvent => ({
  type: 'TillCounted',
  data: { tillId, sessionId, counted: amount, denominations: [], countedBy: 'user:ana' },
});
const retired: TillEvent = { type: 'TillRetired', data: { tillId, reason: 'old' } };

describe('adding', () => {
  const command = { type: 'AddTill', input: { locationId: LOCATION_ID, name: 'Bar' } } as const;

  test('gives the till the currency of its location', () => {
    expect(given().when(command)).toEqual([added]);
  });

  test('B9: a till belongs to a location that is open', () => {
    expect(given().around(location, { status: 'unknown' }).when(command)).toBe('LOCATION_UNKNOWN');
    const closed = { ...OPEN_LOCATION, status: 'closed' };
    expect(given().around(location, closed).when(command)).toBe('LOCATION_CLOSED');
    expect(given(added).when(command)).toBe('TILL_EXISTS');
  });

  test('the location is read beside it', () => {
    const asked = { ...command, id: TILL_ID } as Parameters<typeof consults>[0];
    expect(consults(asked, surroundingsOf(new Map()))).toEqual([location]);
  });
});

describe('a session', () => {
  test('is of the business day on which it was opened, and of whoever opened it', () => {
    const open = { type: 'OpenTillSession', input: { float: 20_000 } } as const;
    const night = { ...open, at: '2026-11-22T03:30:00.000Z', actor: 'user:ana', commandId: 's-1' };
    expect(given(added).when(night)).toEqual([sessionOpened]);
  });

  test('B10: a till has one open session at most', () => {
    const open = { type: 'OpenTillSession', input: { float: 0 } } as const;
    expect(given(added, sessionOpened).when(open)).toBe('TILL_SESSION_OPEN');
    const retire = { type: 'RetireTill', input: { reason: 'old' } } as const;
    expect(given(added, sessionOpened).when(retire)).toBe('TILL_SESSION_OPEN');
    expect(given(added).when(retire)).toEqual([retired]);
  });

  test('is not opened where the till or its location is not in use', () => {
    const open = { type: 'OpenTillSession', input: { float: 0 } } as const;
    const closed = { ...OPEN_LOCATION, status: 'closed' };
    expect(given(added).around(location, closed).when(open)).toBe('LOCATION_CLOSED');
    expect(given(added, retired).when(open)).toBe('TILL_RETIRED');
    const unseen = given(added).around({ category: TILLS, id: TILL_ID }, initialState);
    expect(unseen.when(open)).toBe('TILL_UNKNOWN');
  });

  test('the location that the till names is read beside it', () => {
    const command = { type: 'OpenTillSession', id: TILL_ID, input: { float: 0 } };
    const asked = command as Parameters<typeof consults>[0];
    const own = { category: TILLS, id: TILL_ID };
    const beside = (state: unknown) =>
      surroundingsOf(new Map([[`${TILLS}/${TILL_ID}`, { state, version: 1 }]]));
    expect(consults(asked, beside(initialState))).toEqual([own]);
    expect(consults(asked, beside(given(added).state))).toEqual([own, location]);
  });

  test.each([
    { type: 'PutCash', input: { amount: 1, reason: 'r' } },
    { type: 'TakeCash', input: { amount: 1, reason: 'r' } },
    { type: 'CountTill', input: { counted: 0 } },
    { type: 'CloseTillSession', input: {} },
  ] as const)('without one the till takes no $type', (said) => {
    // safe because each is a command as it stands in the table above
    const command = said as Said<TillCommand>;
    expect(given(added).when(command)).toBe('TILL_SESSION_CLOSED');
    expect(given(added, retired).when(command)).toBe('TILL_RETIRED');
  });
});

describe('ringing up', () => {
  const open = given(added, sessionOpened).state;

  test('a payment is settled, tip and change', () => {
    expect(rung(open, saleOf())).toEqual([
      {
        type: 'TillSaleRung',
        data: {
          tillId,
          locationId: LOCATION_ID,
          sessionId,
          orderId: 'o-1',
          kind: 'cash',
          paymentId: 'p-1',
          refundId: null,
          amount: 1e4,
          tip: 500,
          change: 1500,
          settled: 8e3,
          taxes: saleOf().taxes,
        },
      },
    ]);
  });

  test('B11: a payment id and a refund id of an order count once', () => {
    const after = given(added, sessionOpened, sold).state;
    expect(rung(after, saleOf())).toEqual([]);
    // What another order took lies in the drawer too, whatever the payment was called.
    expect(rung(after, saleOf({ orderId: 'o-2', amount: 1 }))).toHaveLength(1);
    const refund = saleOf({ sale: { refundId: 'p-1' } });
    expect(rung(after, refund)).toHaveLength(1);
    expect(rung(given(added, sessionOpened, sold, ringUp(after, refund)).state, refund)).toEqual(
      [],
    );
  });

  test('B11: the till remembers the newest sales, and its state does not grow with a night', () => {
    let state = open;
    for (let index = 0; index < RUNG_KEPT_MAX + 50; index += 1) {
      const sale = saleOf({ sale: { paymentId: `p-${index}` } });
      state = evolve(state, ringUp(state, sale), { at: AT, version: index + 3 });
    }
    expect(state).toMatchObject({
      session: { tenders: { cash: { payments: RUNG_KEPT_MAX + 50 } } },
    });
    expect(state.status === 'active' && state.rung.length).toBe(RUNG_KEPT_MAX);
    expect(rung(state, saleOf({ sale: { paymentId: 'p-50' } }))).toEqual([]);
  });

  test('is refused without a session and at a till of another place', () => {
    expect(rung(initialState, saleOf())).toBe('TILL_UNKNOWN');
    expect(rung(given(added).state, saleOf())).toBe('TILL_SESSION_CLOSED');
    expect(rung(given(added, retired).state, saleOf())).toBe('TILL_RETIRED');
    expect(rung(open, saleOf({ locationId: 'loc-2' }))).toBe('TILL_UNKNOWN');
    expect(rung(open, saleOf({ currency: 'EUR' }))).toBe('TILL_UNKNOWN');
    expect(ringOnTill(initialState, saleOf())).toMatchObject({ details: { tillId } });
  });

  test('an earlier session is not remembered as the shift', () => {
    expect(shiftOf(open)).toBe('user:ana');
    expect(shiftOf(given(added).state)).toBeNull();
    expect(shiftOf(initialState)).toBeNull();
  });
});

describe('counting and closing', () => {
  test('coins and notes add up to the count', () => {
    const denominations = [
      { value: 5000, quantity: 4 },
      { value: 100, quantity: 7 },
    ];
    const count = (sum: number) =>
      given(added, sessionOpened).when({
        type: 'CountTill',
        input: { counted: sum, denominations },
      });
    expect(count(20_700)).toMatchObject([{ data: { counted: 20_700, denominations } }]);
    expect(count(20_600)).toBe('COUNT_DOES_NOT_ADD_UP');
  });

  test('B12: nobody sees what to expect before the count', () => {
    const open = given(added, sessionOpened, sold).state;
    expect(JSON.stringify(view(open))).not.toMatch(/8000|28000|expected|tenders|settled/);
    expect(view(open)).toMatchObject({ session: { float: 20_000, isCounted: false } });
    expect(view(given(added, sessionOpened, counted(1)).state)).toMatchObject({
      session: { isCounted: true },
    });
    expect(view(given(added).state)).toMatchObject({ status: 'active', session: null });
    expect(view(initialState)).toEqual(initialState);
  });

  test('B13: a session is closed on a count that no cash has moved since', () => {
    const close = { type: 'CloseTillSession', input: {} } as const;
    expect(given(added, sessionOpened).when(close)).toBe('TILL_NOT_COUNTED');
    const moved: readonly TillEvent[] = [
      sold,
      { type: 'TillCashPut', data: { tillId, sessionId, amount: 1, reason: 'r' } },
      {
        type: 'TillCashTaken',
        data: { tillId, sessionId, amount: 1, reason: 'r', approvedBy: null },
      },
    ];
    for (const event of moved)
      expect(given(added, sessionOpened, counted(1), event).when(close)).toBe('TILL_NOT_COUNTED');
    const card = ringUp(given(added, sessionOpened).state, saleOf({ kind: 'card', change: 0 }));
    expect(given(added, sessionOpened, counted(20_000), card).when(close)).toHaveLength(2);
  });

  test('says what is over or short and issues the first Z report with everything in it', () => {
    const refund = ringUp(
      given(added, sessionOpened, sold).state,
      saleOf({ sale: { refundId: 'r-1' }, amount: 2000, tip: 100, change: 0, taxes: [] }),
    );
    const untaxed = ringUp(
      given(added, sessionOpened).state,
      saleOf({
        kind: 'card',
        sale: { paymentId: 'p-2' },
        amount: 700,
        tip: 0,
        change: 0,
        taxes: [],
      }),
    );
    const put: TillEvent = {
      type: 'TillCashPut',
      data: { tillId, sessionId, amount: 3000, reason: 'change' },
    };
    const taken: TillEvent = {
      type: 'TillCashTaken',
      data: { tillId, sessionId, amount: 400, reason: 'flowers', approvedBy: 'user:eva' },
    };
    const all = [added, sessionOpened, sold, refund, untaxed, put, taken, counted(29_000)];
    const close = { type: 'CloseTillSession', input: { note: 'n' }, actor: 'user:eva' } as const;
    // 20000 + 3000 - 400 + (10000 - 1500) - 2000
    const sums = { expected: 29_100, counted: 29_000, overShort: -100, closedBy: 'user:eva' };
    const nothing = { refunds: 0, refunded: 0, refundedTips: 0 };
    const none = { payments: 0, received: 0, change: 0, tips: 0, settled: 0, ...nothing };
    expect(given(...all).when(close)).toEqual([
      { type: 'TillSessionClosed', data: { tillId, sessionId, ...sums, note: 'n' } },
      {
        type: 'ZReportIssued',
        data: {
          number: 1,
          tillId,
          locationId: LOCATION_ID,
          sessionId,
          businessDay: '2026-11-21',
          currency: 'PLN',
          openedAt: AT,
          openedBy: 'user:ana',
          closedAt: AT,
          ...sums,
          float: 2e4,
          putIn: 3e3,
          takenOut: 400,
          untaxed: 700,
          taxes: saleOf().taxes,
          refundTaxes: [],
          tenders: {
            cash: {
              payments: 1,
              received: 1e4,
              change: 1500,
              tips: 500,
              settled: 8e3,
              refunds: 1,
              refunded: 2e3,
              refundedTips: 100,
            },
            card: {
              ...none,
              payments: 1,
              received: 700,
              settled: 700,
            },
            other: none,
          },
          grandTotal: 8e3 + 700 - 1900,
        },
      },
    ]);
  });
});

describe('what the rules of roles are told', () => {
  const of = (state: TillState, type: string, input: object): CommandAttributes =>
    attributes(state, { type, id: TILL_ID, input } as Parameters<typeof attributes>[1]);
  const open = given(added, sessionOpened).state;

  test('cash that is taken out has an amount, cash that is put in has none', () => {
    const shift = { locationId: LOCATION_ID, shiftOf: 'user:ana' };
    expect(of(open, 'TakeCash', { amount: 900 })).toEqual({ ...shift, amount: 900 });
    expect(of(open, 'PutCash', { amount: 900 })).toEqual({ ...shift, amount: null });
    expect(of(open, 'CountTill', { counted: 1 })).toEqual({ ...shift, amount: null });
  });

  test('a till that is added is at the location of the command', () => {
    const nobody = { amount: null, shiftOf: null };
    const input = { locationId: 'loc-9', name: 'x' };
    expect(of(initialState, 'AddTill', input)).toEqual({ locationId: 'loc-9', ...nobody });
    expect(of(initialState, 'RenameTill', {})).toEqual({ locationId: null, ...nobody });
  });
});

test('a till is renamed, and not when it is called so already', () => {
  const rename = (name: string) => given(added).when({ type: 'RenameTill', input: { name } });
  expect(rename('Terrace')).toEqual([{ type: 'TillRenamed', data: { tillId, name: 'Terrace' } }]);
  expect(rename('Bar')).toEqual([]);
});
