import { describe, expect, test } from 'vitest';
import { money } from '../../core/money.ts';
import { totalsOf } from './amounts.ts';
import { AT, line, LOCATION, orderWorld, place } from './orders.fixture.ts';

const portions = { category: 'catalog.portions', id: `${LOCATION}~steak` };
const counted = (remaining: number) => ({
  status: 'counted',
  remaining,
  locationId: LOCATION,
  productId: 'steak',
});
const names = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);

describe('placing', () => {
  test('an order has names, prices and tax of the moment, and goes to the stations', () => {
    const world = orderWorld();
    world.done(place([line('steak', 2, { note: 'rare', seat: 1 })], { tableId: 't1' }));
    expect(world.order()).toMatchObject({
      status: 'open',
      number: 1,
      businessDay: '2026-11-21',
      currency: 'PLN',
      tableId: 't1',
      lines: [
        {
          lineId: 'c1-1',
          name: 'steak',
          quantity: 2,
          unitPrice: 4999,
          amount: 9998,
          taxLabel: 'B',
          taxRate: 8e3,
          stationId: 'grill',
          kitchen: 'fired',
          note: 'rare',
          ticketId: 'c1',
        },
      ],
    });
  });

  test('a sale before the cut-off belongs to the day before', () => {
    const world = orderWorld();
    world.done(place([line('water')], {}, { at: '2026-11-22T03:59:00.000Z' }));
    expect(world.order().businessDay).toBe('2026-11-21');
  });

  test('the channel decides the tax; table is eat-in', () => {
    const rates = (['table', 'take-away', 'delivery'] as const).map((channel) => {
      const world = orderWorld();
      world.done(place([line('coffee')], { channel }));
      return [world.order().channel, world.order().lines[0]?.taxRate];
    });
    expect(rates).toEqual([
      ['eat-in', 8000],
      ['take-away', 23000],
      ['delivery', 23000],
    ]);
  });

  test('O1: another price than expected is refused with the current one and its line', () => {
    const stale = place([line('water'), line('steak', 1, { expectedPrice: 4500 })]);
    expect(orderWorld().run(stale)).toEqual({
      outcome: 'refused',
      code: 'PRICE_CHANGED',
      details: {
        productId: 'steak',
        current: money(4999, 'PLN'),
        lineIndex: 1,
      },
    });
  });

  test('an unknown product, location or table is refused, and nothing happens', () => {
    const world = orderWorld();
    expect(world.run(place([line('water'), line('cake')]))).toMatchObject({
      code: 'PRODUCT_UNKNOWN',
      details: {
        productId: 'cake',
        lineIndex: 1,
      },
    });
    expect(world.refused(place([], { locationId: 'norte' }))).toBe('LOCATION_UNKNOWN');
    expect(world.refused(place([], { tableId: 't9' }))).toBe('NO_SUCH_TABLE');
    expect(world.log).toEqual([]);
  });

  test('an amount in another currency is refused', () => {
    const euros = line('water', 1, { expectedPrice: money(333, 'EUR') });
    expect(orderWorld().refused(place([euros]))).toBe('CURRENCY_DIFFERS');
  });

  test('more than any order can cost is refused', () => {
    const world = orderWorld();
    const product = { category: 'catalog.products', id: 'steak' };
    // safe because the fixture made it an object
    const facts = world.stateOf(product) as object;
    world.set(product, { ...facts, price: 9_000_000_000 });
    const dear = line('steak', 2, { expectedPrice: 9_000_000_000 });
    expect(world.refused(place([dear]))).toBe('TOTAL_TOO_LARGE');
  });

  test('lines are not added at prices that contain tax to a bill that adds it, or the other way round', () => {
    const world = orderWorld();
    world.done(place([line('water')]));
    const where = { category: 'business.locations', id: LOCATION };
    const location = world.stateOf(where) as { readonly taxes: object };
    world.set(where, { ...location, taxes: { ...location.taxes, mode: 'exclusive' } });
    const add = { type: 'AddLines' as const, input: { lines: [line('water')] } };
    expect(world.refused(add)).toBe('TAX_MODE_CHANGED');
  });

  test('a location that was closed sells nothing more, on open bills either', () => {
    const world = orderWorld();
    world.done(place([line('water')]));
    const where = { category: 'business.locations', id: LOCATION };
    world.set(where, { ...(world.stateOf(where) as object), status: 'closed' });
    const add = { type: 'AddLines' as const, input: { lines: [line('water')] } };
    expect(world.refused(add)).toBe('LOCATION_NOT_SELLING');
  });

  test('an id is placed once', () => {
    const world = orderWorld();
    world.done(place([line('water')]));
    expect(world.refused(place([line('water')]))).toBe('ORDER_EXISTS');
  });

  test('what names a device comes through the queue of that device only', () => {
    const device = { id: 'till-1', sequence: 4, clientTime: AT };
    const world = orderWorld();
    expect(world.refused(place([line('water')], { device }))).toBe('DEVICE_QUEUE_ONLY');
    const id = 'till-1.4';
    world.done(place([line('water')], { device }, { id, commandId: id }));
    const [{ event } = { event: null }] = world.log;
    expect(event).toMatchObject({ data: { deviceId: 'till-1', deviceSequence: 4 } });
  });

  test('O2: counted portions are taken in the same unit and never below none', () => {
    const world = orderWorld();
    world.set(portions, counted(3));
    world.done(place([line('steak'), line('steak')]));
    expect(world.stateOf(portions)).toMatchObject({ remaining: 1 });
    expect(world.run(place([line('steak', 2)], {}, { id: 'o2' }))).toMatchObject({
      code: 'SOLD_OUT',
      details: {
        remaining: 1,
        lineIndex: 0,
      },
    });
    world.done({ type: 'AddLines', input: { lines: [line('steak')] } });
    expect(world.refused({ type: 'AddLines', input: { lines: [line('steak')] } })).toBe('SOLD_OUT');
  });
});

describe('a quick sale', () => {
  test('O3: place and pay close the order in one unit, with change', () => {
    const world = orderWorld();
    const payments = [{ kind: 'cash' as const, amount: 5000 }];
    const events = world.done(place([line('coffee', 2)], { payments }));
    expect(names(events)).toEqual(['OrderPlaced', 'OrderPaymentTaken', 'OrderClosed']);
    expect(events[1]?.data).toMatchObject({ settled: 2002, change: 2998, tip: 0, due: 0 });
    expect(events[2]?.data).toMatchObject({ gross: 2002, taxes: [{ rate: 8000, gross: 2002 }] });
    expect(world.order().status).toBe('closed');
  });
});

describe('paying', () => {
  const open = () => {
    const world = orderWorld();
    world.done(place([line('steak'), line('coffee')]));
    return world;
  };

  test('O4: a payment id counts once, also after the order is closed', () => {
    const world = open();
    const pay = { type: 'PayOrder', input: { id: 'p1', kind: 'card', amount: 6000 } } as const;
    expect(names(world.done(pay))).toEqual(['OrderPaymentTaken', 'OrderClosed']);
    expect(world.done(pay)).toEqual([]);
    expect(world.order().payments).toHaveLength(1);
  });

  test('a payment is divided over the lines by what they cost', () => {
    const world = open();
    const [paid] = world.done({ type: 'PayOrder', input: { kind: 'cash', amount: 3000 } });
    expect(paid?.data).toMatchObject({
      settled: 3e3,
      due: 3e3,
      lines: [{ amount: 2500 }, { amount: 500 }],
    });
  });

  test('a tip is beside the bill: no tax, no part of what is settled', () => {
    const world = open();
    world.done({ type: 'PayOrder', input: { kind: 'card', amount: 6600, tip: 600 } });
    expect(totalsOf(world.order())).toMatchObject({ gross: 6000, tips: 600, due: 0 });
  });

  test('more than is due is change in cash and refused on a card', () => {
    const world = open();
    const over = { kind: 'card' as const, amount: 6001 };
    expect(world.run({ type: 'PayOrder', input: over })).toMatchObject({
      code: 'PAYMENT_ABOVE_DUE',
      details: { due: money(6e3, 'PLN') },
    });
    world.done({ type: 'PayOrder', input: { ...over, kind: 'cash' } });
    expect(world.order().payments[0]?.change).toBe(1);
  });

  test('a tip above the payment, nothing at all, and two tills at once are refused', () => {
    const world = open();
    const pay = (input: object) => world.refused({ type: 'PayOrder', input });
    expect(pay({ kind: 'cash', amount: 100, tip: 101 })).toBe('TIP_ABOVE_PAYMENT');
    expect(pay({ kind: 'cash', amount: 0 })).toBe('PAYMENT_EMPTY');
    expect(pay({ kind: 'cash', amount: 100, tillId: 'x' })).toBe('TILL_UNKNOWN');
    const both = ['a', 'b'].map((tillId) => ({ kind: 'cash' as const, amount: 1, tillId }));
    expect(world.refused(place([], { payments: both }, { id: 'o2' }))).toBe('TILLS_DIFFER');
  });

  test('a closed order takes no payment, lines or discount', () => {
    const world = open();
    world.done({ type: 'PayOrder', input: { kind: 'card', amount: 6000 } });
    for (const said of [
      { type: 'PayOrder', input: { kind: 'cash', amount: 1 } },
      { type: 'AddLines', input: { lines: [line('water')] } },
      { type: 'GiveDiscount', input: { rate: 1000, reason: 'r' } },
      { type: 'CancelOrder', input: { reason: 'r' } },
    ] as const)
      expect(world.refused(said)).toBe('ORDER_NOT_OPEN');
  });
});

describe('refunds', () => {
  const closed = () => {
    const world = orderWorld();
    const payments = [{ kind: 'card' as const, amount: 6500, tip: 500 }];
    world.done(place([line('steak'), line('coffee')], { payments }));
    return world;
  };

  test('everything goes back, with the tax of each line', () => {
    const world = closed();
    const [refund] = world.done({ type: 'RefundOrder', input: { reason: 'cold' } });
    expect(refund?.data).toMatchObject({
      kind: 'card',
      amount: 6e3,
      tip: 0,
      reason: 'cold',
      lines: [
        {
          lineId: 'c1-1',
          amount: 4999,
          tax: 370,
        },
        {
          lineId: 'c1-2',
          amount: 1001,
          tax: 74,
        },
      ],
    });
  });

  test('O5: never more than was paid for a line, in one step or in many', () => {
    const world = closed();
    const part = (amount: number) =>
      ({
        type: 'RefundOrder',
        input: { lines: [{ lineId: 'c1-1', amount }], reason: 'r' },
      }) as const;
    expect(world.refused(part(5000))).toBe('REFUND_EXCEEDS_PAID');
    world.done(part(4000));
    expect(world.run(part(1000))).toMatchObject({
      code: 'REFUND_EXCEEDS_PAID',
      details: { refundable: money(999, 'PLN') },
    });
    world.done(part(999));
    const tax = world.order().refunds.reduce((sum, refund) => sum + refund.tax, 0);
    expect(tax).toBe(370);
    const rest = { type: 'RefundOrder', input: { amount: 1002, reason: 'r' } } as const;
    expect(world.refused(rest)).toBe('REFUND_EXCEEDS_PAID');
  });

  test('a refund id counts once, and a tip goes back up to what was given', () => {
    const world = closed();
    const tip = (amount: number, id: string) =>
      ({ type: 'RefundOrder', input: { id, amount: 0, tip: amount, reason: 'r' } }) as const;
    expect(world.refused(tip(501, 'r1'))).toBe('REFUND_EXCEEDS_PAID');
    world.done(tip(500, 'r1'));
    expect(world.done(tip(500, 'r1'))).toEqual([]);
    expect(world.refused(tip(1, 'r2'))).toBe('REFUND_EXCEEDS_PAID');
  });

  test('an amount together with amounts of lines is refused, as is an unknown line', () => {
    const world = closed();
    const lines = [{ lineId: 'c1-1', amount: 1 }];
    const refund = (input: object) =>
      world.refused({ type: 'RefundOrder', input: { reason: 'r', ...input } });
    expect(refund({ amount: 1, lines })).toBe('REFUND_UNCLEAR');
    expect(refund({ lines: [...lines, ...lines] })).toBe('REFUND_UNCLEAR');
    expect(refund({ lines: [{ lineId: 'x' }] })).toBe('LINE_UNKNOWN');
  });
});
