import { expect, test } from 'vitest';
import { line, orderWorld, place, type OrderWorld } from './orders.fixture.ts';
import { receiptPaper } from './receipt-paper.ts';
import { receiptOf, receiptText, RECEIPT_COLUMNS } from './receipt.ts';

const textOf = (world: OrderWorld, language: string, id = 'o1'): string =>
  receiptText(
    receiptOf(world.order(id), {
      orderId: id,
      profile: { status: 'unknown' },
      table: 'Terrace 4',
      language,
    }),
  );

test('a receipt of 42 columns says everything that was sold and paid, and that it is not fiscal', () => {
  const world = orderWorld();
  world.done(place([line('steak', 2), line('coffee')], { channel: 'take-away' }));
  world.done({ type: 'GiveDiscount', input: { amount: 99, reason: 'r' } });
  world.done({ type: 'PayOrder', input: { kind: 'cash', amount: 12000, tip: 100 } });
  expect(textOf(world, 'en')).toBe(
    [
      '------------------------------------------',
      'Order 1                   2026-11-21 19:30',
      'Table Terrace 4',
      '------------------------------------------',
      '2 x steak                          99.98 B',
      'coffee                             10.01 A',
      '------------------------------------------',
      'Discount                             -0.99',
      'TOTAL                           109.00 PLN',
      'A: net 8.07                       tax 1.85',
      'B: net 91.74                      tax 7.34',
      'Cash                                120.00',
      'Tip                                   1.00',
      'Change                               10.00',
      '------------------------------------------',
      '          Not a fiscal document',
      '',
    ].join('\n'),
  );
});

test.each(['en', 'pl', 'pt', 'xx'])('no row is wider than the paper in %s', (language) => {
  const world = orderWorld();
  const product = { category: 'catalog.products', id: 'water' };
  // safe because the fixture made it an object
  const facts = world.stateOf(product) as object;
  const name = { en: `Wódka ${'ż'.repeat(50)} with everything that goes with it` };
  world.set(product, { ...facts, name });
  world.done(place([line('water', 99)]));
  for (const row of textOf(world, language).split('\n'))
    expect(Array.from(row).length).toBeLessThanOrEqual(RECEIPT_COLUMNS);
});

test('a bill that was split off says which one it is', () => {
  const world = orderWorld();
  world.done(place([line('steak'), line('coffee')]));
  world.done({ type: 'SplitOrder', input: { by: 'item', bills: [[{ lineId: 'c1-2' }]] } });
  expect(textOf(world, 'pl', 'c2-bill-1')).toContain('Zamówienie 1/2');
});

test('what was put right stands on the strip and on the paper alike', () => {
  const world = orderWorld();
  world.done(place([line('steak')], { payments: [{ kind: 'cash', amount: 5000 }] }));
  const paymentId = world.order().payments[0]?.paymentId ?? '';
  world.done({ type: 'CorrectPayment', input: { paymentId, kind: 'card', reason: 'r' } });
  world.done({ type: 'RefundOrder', input: { id: 'r1', amount: 1000, reason: 'cold' } });
  world.done({ type: 'CorrectRefund', input: { refundId: 'r1', kind: 'cash', reason: 'r' } });
  const facts = { orderId: 'o1', profile: { status: 'unknown' }, table: null } as const;
  const receipt = receiptOf(world.order(), { ...facts, language: 'en' });
  const paper = receiptPaper(receipt, world.order().placedAt);
  const rows = paper.blocks.flatMap((block) => (block.kind === 'pairs' ? block.rows : []));
  for (const [left, right] of [
    ['Corrected: Cash > Card', '49.99'],
    ['Refund corrected: Card > Cash', '10.00'],
  ] as const) {
    expect(receiptText(receipt)).toMatch(new RegExp(`${left} +${right}`));
    expect(rows).toContainEqual({ left, right });
  }
});
