import { describe, expect, test } from 'vitest';
import { money } from '../../core/money.ts';
import { totalsOf } from './amounts.ts';
import { usePointsOnOrder } from './decide-discounts.ts';
import {
  AT,
  line,
  LOCATION,
  orderWorld,
  place,
  putTill,
  type OrderWorld,
  type Said,
} from './orders.fixture.ts';
import { evolve, initialState } from './state.ts';
import { type OrderState } from './order-state.ts';

const names = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);
const portions = { category: 'catalog.portions', id: `${LOCATION}~steak` };

/** Two steaks and a coffee at one table: lines c1-1 and c1-2. */
function open(): OrderWorld {
  const world = orderWorld();
  world.set(portions, {
    status: 'counted',
    remaining: 5,
    locationId: LOCATION,
    productId: 'steak',
  });
  world.done(place([line('steak', 2), line('coffee')], { tableId: 't1' }));
  return world;
}

describe('discounts', () => {
  test('O12: a rate is taken of what stands on the bill and spread by largest remainder', () => {
    const world = open();
    const [given] = world.done({ type: 'GiveDiscount', input: { rate: 10000, reason: 'regular' } });
    expect(given?.data).toMatchObject({
      on: 'order',
      amount: 1100,
      total: 9899,
      reason: 'regular',
      lines: [{ amount: 1e3 }, { amount: 100 }],
    });
    world.done({ type: 'AddLines', input: { lines: [line('water')] } });
    expect(totalsOf(world.order())).toMatchObject({ discounts: 1100, gross: 10232 });
  });

  test('above what is left to pay, and neither rate nor amount, is refused', () => {
    const world = open();
    const give = (input: object) => ({
      type: 'GiveDiscount' as const,
      input: {
        reason: 'r',
        ...input,
      },
    });
    expect(world.run(give({ amount: 1002, lineIds: ['c1-2'] }))).toMatchObject({
      code: 'DISCOUNT_OUT_OF_BOUNDS',
      details: { largest: money(1001, 'PLN') },
    });
    expect(world.refused(give({}))).toBe('DISCOUNT_UNCLEAR');
    expect(world.refused(give({ rate: 1, amount: 1 }))).toBe('DISCOUNT_UNCLEAR');
    expect(world.refused(give({ rate: 1000, lineIds: ['x'] }))).toBe('LINE_UNKNOWN');
  });

  test('one is withdrawn, again without effect', () => {
    const world = open();
    world.done({ type: 'GiveDiscount', input: { amount: 100, reason: 'r' } });
    const withdraw: Said = { type: 'WithdrawDiscount', input: { discountId: 'c2', reason: 'r' } };
    expect(names(world.done(withdraw))).toEqual(['DiscountWithdrawn']);
    expect(totalsOf(world.order()).discounts).toBe(0);
    expect(world.done(withdraw)).toEqual([]);
  });
});

describe('points used', () => {
  const use = (amount: number, burnId = 'b1') => ({
    orderId: 'o1',
    burnId,
    memberId: 'm1',
    points: 100,
    amount,
    at: AT,
  });

  test('are a discount; a burn counts once', () => {
    const world = open();
    const decision = usePointsOnOrder(world.order(), use(1100));
    expect(decision).toMatchObject({
      outcome: 'accepted',
      events: [
        {
          type: 'OrderPointsUsed',
          data: {
            total: 9899,
            lines: [{}, {}],
          },
        },
      ],
    });
    if (decision.outcome !== 'accepted') return;
    const after = decision.events.reduce<OrderState>(
      (state, event) => evolve(state, event, { at: AT, version: 1 }),
      world.order(),
    );
    expect(usePointsOnOrder(after, use(1100))).toMatchObject({ events: [] });
  });

  test('that pay everything close the order; more is refused', () => {
    const world = open();
    const all = usePointsOnOrder(world.order(), use(10999));
    expect(all.outcome === 'accepted' && names(all.events)).toEqual([
      'OrderPointsUsed',
      'OrderClosed',
    ]);
    expect(usePointsOnOrder(world.order(), use(11000))).toMatchObject({
      code: 'POINTS_ABOVE_DUE',
      details: { largest: money(10999, 'PLN') },
    });
    expect(usePointsOnOrder(initialState, use(1))).toMatchObject({ code: 'ORDER_UNKNOWN' });
  });

  test('O13: go back with a refund in proportion, and wholly with a whole refund', () => {
    const world = open();
    const decision = usePointsOnOrder(world.order(), use(999));
    if (decision.outcome !== 'accepted') throw new Error(decision.code);
    const state = decision.events.reduce<OrderState>(
      (before, event) => evolve(before, event, { at: AT, version: 1 }),
      world.order(),
    );
    world.set({ category: 'orders', id: 'o1' }, state);
    world.done({ type: 'PayOrder', input: { kind: 'card', amount: 10000 } });
    const [half] = world.done({ type: 'RefundOrder', input: { amount: 5000, reason: 'r' } });
    expect(half?.data).toMatchObject({ burns: [{ burnId: 'b1', points: 50 }] });
    const [rest] = world.done({ type: 'RefundOrder', input: { reason: 'r' } });
    expect(rest?.data).toMatchObject({ amount: 5000, burns: [{ burnId: 'b1', points: 50 }] });
  });
});

describe('taking lines off', () => {
  const off = (type: 'VoidLines' | 'RemoveLines', lineId: string, quantity?: number): Said => ({
    type,
    input: { lines: [{ lineId, ...(quantity === undefined ? {} : { quantity }) }], reason: 'r' },
  });

  test('O14: what a station was told of needs to be voided', () => {
    const world = open();
    expect(world.refused(off('RemoveLines', 'c1-1'))).toBe('LINES_FIRED');
    world.done({ type: 'AddLines', input: { lines: [line('steak', 1, { course: 2 })] } });
    expect(names(world.done(off('RemoveLines', 'c3-1')))).toEqual(['LinesVoided']);
  });

  test('O14: to hold what a station was told of does not make it removable without the right to void', () => {
    const world = open();
    world.done({ type: 'HoldLines', input: {} });
    const lines = [{ lineId: 'c1-1' }];
    const said = { input: { reason: 'r', lines } };
    expect(world.refused({ type: 'RemoveLines', ...said })).toBe('LINES_FIRED');
    expect(world.refused({ type: 'DiscardOrder', input: { reason: 'r' } })).toBe('LINES_FIRED');
    expect(names(world.done({ type: 'VoidLines', ...said }))).toEqual(['LinesVoided']);
  });

  test('a part stays with its amount, and counted portions that were not made go back', () => {
    const world = open();
    const [voided] = world.done(off('VoidLines', 'c1-1', 1));
    expect(voided?.data).toMatchObject({
      lines: [{ quantity: 1, amount: 4999, kitchen: 'fired', left: { quantity: 1, amount: 4999 } }],
    });
    expect(world.stateOf(portions)).toMatchObject({ remaining: 4 });
    world.done({ type: 'BumpLines', input: {} });
    world.done(off('VoidLines', 'c1-1'));
    expect(world.stateOf(portions)).toMatchObject({ remaining: 4 });
    expect(world.run(off('VoidLines', 'c1-1'))).toMatchObject({
      code: 'LINE_GONE',
      details: { why: 'voided' },
    });
  });

  test('a discount of a rate goes with what is taken off; a coupon stays as far as the rest can carry it', () => {
    const give = (input: object): number => {
      const world = open();
      world.done({ type: 'GiveDiscount', input: { lineIds: ['c1-1'], reason: 'r', ...input } });
      const lines = [{ lineId: 'c1-1', quantity: 1 }];
      world.done({ type: 'VoidLines', input: { reason: 'r', lines } });
      return totalsOf(world.order()).discounts;
    };
    expect(give({ rate: 50000 })).toBe(2500);
    expect(give({ amount: 1000 })).toBe(1000);
    expect(give({ amount: 9000 })).toBe(4999);
  });

  test('a line that money was paid for stays', () => {
    const world = open();
    world.done({ type: 'PayOrder', input: { kind: 'cash', amount: 100 } });
    expect(world.refused(off('VoidLines', 'c1-1'))).toBe('LINE_PAID');
    expect(world.refused(off('VoidLines', 'x'))).toBe('LINE_UNKNOWN');
  });

  test('more than there is, and one line twice, is refused', () => {
    const world = open();
    expect(world.refused(off('VoidLines', 'c1-1', 3))).toBe('LINE_QUANTITY');
    const twice = [{ lineId: 'c1-1' }, { lineId: 'c1-1' }];
    expect(world.refused({ type: 'VoidLines', input: { lines: twice, reason: 'r' } })).toBe(
      'LINE_TWICE',
    );
  });
});

describe('cancelling', () => {
  test('O15: an order on which money is left cannot be cancelled; refunded, it can', () => {
    const world = open();
    world.done({ type: 'PayOrder', input: { kind: 'cash', amount: 100 } });
    const cancel: Said = { type: 'CancelOrder', input: { reason: 'left' } };
    expect(world.run(cancel)).toMatchObject({
      code: 'ORDER_PAID',
      details: { paid: money(100, 'PLN') },
    });
    world.done({ type: 'RefundOrder', input: { reason: 'left' } });
    const [cancelled] = world.done(cancel);
    expect(cancelled?.data).toMatchObject({ reason: 'left', fired: [{}, {}], gross: 10999 });
    expect(world.stateOf(portions)).toMatchObject({ remaining: 5 });
  });

  test('more counted products than a unit has room for are voided in steps first', () => {
    const world = orderWorld();
    const ids = [1, 2, 3, 4, 5, 6, 7].map((index) => `p${index}`);
    const steak = world.stateOf({ category: 'catalog.products', id: 'steak' }) as object;
    for (const id of ids) {
      world.set({ category: 'catalog.products', id }, { ...steak, name: { en: id } });
      const count = { status: 'counted', remaining: 5, locationId: LOCATION, productId: id };
      world.set({ category: 'catalog.portions', id: `${LOCATION}~${id}` }, count);
    }
    const sold = ids.map((id) => line(id, 1, { expectedPrice: 4999 }));
    world.done(place(sold.slice(0, 6)));
    world.done({ type: 'AddLines', input: { lines: sold.slice(6) } });
    const cancel: Said = { type: 'CancelOrder', input: { reason: 'r' } };
    expect(world.run(cancel)).toMatchObject({
      code: 'TOO_MANY_COUNTED_PRODUCTS',
      details: { most: 6 },
    });
    const lines = [{ lineId: world.order().lines[0]!.lineId }];
    world.done({ type: 'VoidLines', input: { reason: 'r', lines } });
    expect(names(world.done(cancel))).toEqual(['OrderCancelled']);
  });

  test('to discard is for orders that no station was told of', () => {
    const world = open();
    expect(world.refused({ type: 'DiscardOrder', input: { reason: 'r' } })).toBe('LINES_FIRED');
    world.done(place([line('water')], {}, { id: 'o2' }));
    world.done({ type: 'DiscardOrder', id: 'o2', input: { reason: 'r' } });
    expect(world.order('o2').status).toBe('cancelled');
  });
});

describe('changing a line', () => {
  const change = (revision: number, note: string): Said => ({
    type: 'ChangeLine',
    input: {
      lineId: 'c1-1',
      revision,
      note,
    },
  });

  test('needs the revision that was seen; the same change again is none', () => {
    const world = open();
    world.done(change(1, 'rare'));
    expect(world.run(change(1, 'well done'))).toMatchObject({
      code: 'LINE_CHANGED',
      details: {
        current: {
          revision: 2,
          note: 'rare',
        },
      },
    });
    expect(world.done(change(1, 'rare'))).toEqual([]);
  });
});

describe('stations', () => {
  test('courses are held until they are fired, together or one by one', () => {
    const world = orderWorld();
    const ordered = [line('steak', 1, { course: 1 }), line('coffee', 1, { course: 2 })];
    world.done(place([...ordered, line('coffee', 1, { hold: true }), line('water')]));
    const kitchen = () => world.order().lines.map((each) => each.kitchen);
    expect(kitchen()).toEqual(['fired', 'held', 'held', 'none']);
    const [fired] = world.done({ type: 'FireLines', input: { course: 2, rush: true } });
    expect(fired?.data).toMatchObject({ ticketId: 'c2', rush: true, lines: [{ lineId: 'c1-2' }] });
    world.done({ type: 'FireLines', input: {} });
    expect(kitchen()).toEqual(['fired', 'fired', 'fired', 'none']);
    expect(world.done({ type: 'FireLines', input: {} })).toEqual([]);
  });

  test('one station bumps its own lines; a closed order is still cooked', () => {
    const world = open();
    world.done({ type: 'PayOrder', input: { kind: 'cash', amount: 20000 } });
    world.done({ type: 'BumpLines', input: { stationId: 'bar' } });
    world.done({ type: 'ServeLines', input: { lineIds: ['c1-2'] } });
    expect(world.order().lines.map((each) => each.kitchen)).toEqual(['fired', 'served']);
    world.done({ type: 'RecallLines', input: { lineIds: ['c1-2'], reason: 'cold' } });
    world.done({ type: 'HoldLines', input: { stationId: 'bar' } });
    expect(world.order().lines[1]?.kitchen).toBe('held');
  });
});

describe('bills', () => {
  test('a split by item keeps ticket and kitchen state on both sides', () => {
    const world = open();
    const bills = [[{ lineId: 'c1-1', quantity: 1 }, { lineId: 'c1-2' }]];
    world.done({ type: 'SplitOrder', input: { by: 'item', bills } });
    expect(world.order('c2-bill-1')).toMatchObject({
      splitFrom: 'o1',
      part: 1,
      number: 1,
      tableId: 't1',
      lines: [
        {
          name: 'steak',
          quantity: 1,
          ticketId: 'c1',
          kitchen: 'fired',
          limited: true,
        },
        {
          name: 'coffee',
          lineId: 'c1-2',
          ticketId: 'c1',
        },
      ],
    });
    expect(world.order().lines).toMatchObject([{ lineId: 'c1-1', quantity: 1, revision: 2 }]);
  });

  test('what would leave nothing or is not said clearly is not split, nor a line that is paid', () => {
    const world = open();
    const split = (input: object) => world.refused({ type: 'SplitOrder', input });
    expect(split({ by: 'amount', parts: 2, amounts: [1] })).toBe('SPLIT_UNCLEAR');
    expect(split({ by: 'amount', amounts: [10999] })).toBe('SPLIT_ABOVE_DUE');
    expect(split({ by: 'seat', seats: [4] })).toBe('SEAT_EMPTY');
    const all = [[{ lineId: 'c1-1' }, { lineId: 'c1-2' }]];
    expect(split({ by: 'item', bills: all })).toBe('SPLIT_LEAVES_NOTHING');
    world.done({ type: 'PayOrder', input: { kind: 'cash', amount: 100 } });
    expect(split({ by: 'item', bills: [[{ lineId: 'c1-2' }]] })).toBe('LINE_PAID');
    expect(split({ by: 'amount', amounts: [10899] })).toBe('SPLIT_ABOVE_DUE');
  });

  test('O16: a merge carries lines and discounts over to the bill that keeps its payments', () => {
    const world = open();
    world.done(place([line('steak', 1, { note: 'rare' })], {}, { id: 'o2' }));
    world.done({ type: 'GiveDiscount', id: 'o2', input: { amount: 99, reason: 'r' } });
    world.done({ type: 'PayOrder', input: { kind: 'cash', amount: 100 } });
    expect(world.refused({ type: 'MergeOrder', input: { intoOrderId: 'o2' } })).toBe('MERGE_PAID');
    const merge: Said = { type: 'MergeOrder', id: 'o2', input: { intoOrderId: 'o1' } };
    expect(names(world.done(merge))).toEqual(['LinesMovedOut', 'OrderMerged']);
    expect(world.order('o2')).toMatchObject({ status: 'merged', mergedInto: 'o1', lines: [] });
    expect(totalsOf(world.order())).toMatchObject({ gross: 15899, discounts: 99, paid: 100 });
    expect(world.order().lines[2]).toMatchObject({ note: 'rare', ticketId: 'c2' });
  });

  test('the part of a line that a split by amount left without quantity is merged and voided as a whole', () => {
    const world = orderWorld();
    world.done(place([line('coffee')]));
    world.done({ type: 'SplitOrder', input: { by: 'amount', parts: 3 } });
    const [second, third] = ['c2-bill-1', 'c2-bill-2'];
    expect(world.order(second).lines).toMatchObject([{ quantity: 0, amount: 334 }]);
    world.done({ type: 'MergeOrder', id: second, input: { intoOrderId: 'o1' } });
    expect(world.order(second).lines).toEqual([]);
    expect(totalsOf(world.order()).gross).toBe(668);
    const lines = [{ lineId: world.order(third).lines[0]?.lineId }];
    const [voided] = world.done({ type: 'VoidLines', id: third, input: { lines, reason: 'r' } });
    expect(voided?.data).toMatchObject({ lines: [{ amount: 333, left: { amount: 0 } }] });
  });

  test('a merge with an unknown, closed or the same order is refused', () => {
    const world = open();
    const merge = (intoOrderId: string) =>
      world.refused({ type: 'MergeOrder', input: { intoOrderId } });
    expect(merge('o9')).toBe('ORDER_UNKNOWN');
    expect(merge('o1')).toBe('SAME_ORDER');
    const payments = [{ kind: 'cash' as const, amount: 400 }];
    world.done(place([line('water')], { payments }, { id: 'o2' }));
    expect(merge('o2')).toBe('ORDER_NOT_OPEN');
  });
});

describe('a till', () => {
  test('O17: rings up payments and refunds in the same unit, and only while its session is open', () => {
    const world = open();
    putTill(world, { isShut: true });
    const pay = { kind: 'cash', amount: 11000, tip: 1, tillId: 'bar' };
    expect(world.refused({ type: 'PayOrder', input: pay })).toBe('TILL_SESSION_CLOSED');
    expect(world.order().payments).toEqual([]);
    putTill(world);
    world.done({ type: 'PayOrder', input: pay });
    world.done({ type: 'RefundOrder', input: { amount: 1001, tillId: 'bar', reason: 'r' } });
    const rung = world.log.filter(({ stream }) => stream === 'business.tills/bar');
    expect(rung.map(({ event }) => event)).toMatchObject([
      { type: 'TillSaleRung', data: { settled: 10999, tip: 1, taxes: [{ rate: 8000 }] } },
      { type: 'TillSaleRung', data: { amount: 1001, paymentId: null, change: 0 } },
    ]);
  });
});
