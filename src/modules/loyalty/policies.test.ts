import { expect, test } from 'vitest';
import type { Reaction } from '../../core/policy.ts';
import { LOYALTY_POLICIES } from './policies.ts';

const AT = '2026-11-21T20:15:00.000Z';
const reactionsTo = (type: string, data: object): readonly Reaction[] =>
  LOYALTY_POLICIES.filter(({ on }) => on.some(({ name }) => name === type)).flatMap((policy) =>
    // safe because these are what the policies look at
    policy.react({ type, data, at: AT } as never, undefined),
  );

const line = { lineId: 'l1', productId: 'p', categoryId: null, amount: 350 };
const payment = {
  orderId: 'o1',
  paymentId: 'p1',
  currency: 'EUR',
  businessDay: '2026-11-21',
  customerId: 'ana',
  imported: false,
  lines: [
    line,
    {
      ...line,
      lineId: 'l2',
      amount: 0,
    },
  ],
};

test('a payment of a customer asks for the points of the lines that were paid with money', () => {
  expect(reactionsTo('OrderPaymentTaken', payment)).toEqual([
    {
      kind: 'command',
      category: 'loyalty.earnings',
      command: 'EarnForOrder',
      id: 'o1',
      input: {
        memberId: 'ana',
        movement: {
          kind: 'payment',
          paymentId: 'p1',
          currency: 'EUR',
          businessDay: '2026-11-21',
          paidAt: AT,
          lines: [line],
        },
      },
    },
  ]);
});

test.each([
  ['imported history', { imported: true }],
  ['a guest who is nobody', { customerId: null }],
  ['a payment that is nothing but a tip', { lines: [] }],
])('%s earns nothing', (_what, over) => {
  expect(reactionsTo('OrderPaymentTaken', { ...payment, ...over })).toEqual([]);
});

test('a refund takes back the points of its lines and gives back those that were used on them', () => {
  const refund = {
    orderId: 'o1',
    refundId: 'r1',
    customerId: 'ana',
    lines: [
      {
        ...line,
        tax: 0,
      },
      {
        ...line,
        lineId: 'l2',
        amount: 0,
        tax: 0,
      },
    ],
    burns: [
      {
        burnId: 'b1',
        memberId: 'ana',
        points: 40,
        amount: 40,
      },
      {
        burnId: 'b2',
        memberId: 'ana',
        points: 0,
        amount: 0,
      },
    ],
  };
  expect(reactionsTo('OrderRefunded', refund)).toMatchObject([
    { id: 'o1', input: { movement: { refundId: 'r1', lines: [{ lineId: 'l1', amount: 350 }] } } },
    { id: 'b1', input: { memberId: 'ana', points: 40, causeId: 'r1' } },
  ]);
  expect(reactionsTo('OrderRefunded', { ...refund, customerId: null, burns: undefined })).toEqual(
    [],
  );
});

test('a refund takes points back from everybody who paid, whoever the order is of by then', () => {
  const refund = { orderId: 'o1', refundId: 'r1', customerId: null, payers: ['ana', 'ben'] };
  expect(reactionsTo('OrderRefunded', { ...refund, lines: [line] })).toMatchObject([
    { id: 'o1', input: { memberId: 'ana', movement: { refundId: 'r1' } } },
    { id: 'o1', input: { memberId: 'ben', movement: { refundId: 'r1' } } },
  ]);
});

test('a cancelled order gives back every use of points', () => {
  const burns = [
    { burnId: 'b1', memberId: 'ana' },
    { burnId: 'b2', memberId: 'jan' },
  ];
  expect(reactionsTo('OrderCancelled', { orderId: 'o1', burns })).toMatchObject([
    { id: 'b1', command: 'GiveBackBurn', input: { memberId: 'ana', causeId: 'o1' } },
    { id: 'b2', command: 'GiveBackBurn', input: { memberId: 'jan', causeId: 'o1' } },
  ]);
});

test('Y7: a review that is planned is a timer of the member, and a later plan moves it', () => {
  const at = '2026-12-01T00:00:00Z';
  expect(reactionsTo('ReviewPlanned', { memberId: 'ana', on: '2026-12-01', at })).toMatchObject([
    { kind: 'timer', timer: 'review', at, command: { command: 'ReviewMember', id: 'ana' } },
  ]);
});
