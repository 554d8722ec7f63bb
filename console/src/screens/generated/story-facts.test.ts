import { expect, test } from 'vitest';
import { factsOf, valuesInTurn, valuesOf } from './story-facts.ts';

test('a fact says what a field was and is; ids and what looks alike are left out', () => {
  expect(
    factsOf([
      { at: '/stage', before: 'new', after: 'won' },
      { at: '/customerId', before: null, after: 'c1' },
      { at: '/note', before: null, after: '' },
      { at: '/tags/1', after: 'vip' },
    ]),
  ).toEqual([
    { names: ['stage'], before: 'new', after: 'won' },
    { names: ['tags'], before: undefined, after: 'vip' },
  ]);
});

test('a thing that came is looked into, money stays whole', () => {
  const fee = { amount: 500, currency: 'PLN' };
  expect(
    factsOf([
      { at: '/amountsDue/0', after: { amountId: 'a', kind: 'no-show', amount: fee, of: [1] } },
    ]),
  ).toEqual([
    { names: ['kind', 'amountsDue'], before: undefined, after: 'no-show' },
    { names: ['amount', 'amountsDue'], before: undefined, after: fee },
  ]);
});

test('values for a sentence are those that are certain', () => {
  expect(
    valuesOf(
      [
        { at: '/tables/3', after: { tableId: 't9', name: 'T9', seats: 4 } },
        { at: '/lines/0/amount', after: 100 },
        { at: '/lines/1/amount', after: 200 },
      ],
      { currency: 'PLN' },
    ),
  ).toMatchObject({ currency: 'PLN', tableId: 't9', name: 'T9', seats: 4 });
  expect(
    valuesOf(
      [
        { at: '/a/amount', after: 1 },
        { at: '/b/amount', after: 2 },
      ],
      {},
    ),
  ).toEqual({});
});

test('what an earlier event said helps a later sentence, as long as it stays true', () => {
  expect(
    valuesInTurn([
      [
        { at: '/name', after: 'Bar' },
        { at: '/reason', after: 'safe' },
      ],
      [{ at: '/session/float', after: 500 }],
    ]),
  ).toEqual([
    { name: 'Bar', reason: 'safe' },
    { name: 'Bar', float: 500 },
  ]);
});
