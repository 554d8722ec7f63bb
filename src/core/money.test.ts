import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allocate,
  AMOUNT_MAX,
  CURRENCIES,
  currencySchema,
  divideHalfEven,
  money,
  moneyText,
  spreadDiscount,
  type Currency,
} from './money.ts';

const amount = fc.integer({ min: -AMOUNT_MAX, max: AMOUNT_MAX });
const weights = fc.array(fc.oneof(fc.nat(20), fc.nat(AMOUNT_MAX)), { minLength: 1, maxLength: 30 });
const sum = (parts: readonly number[]): number => parts.reduce((whole, part) => whole + part, 0);

describe('an amount as text', () => {
  test.each<[number, Currency, string]>([
    [0, 'EUR', '0.00 EUR'],
    [1, 'PLN', '0.01 PLN'],
    [-5, 'BRL', '-0.05 BRL'],
    [100, 'USD', '1.00 USD'],
    [123_456, 'EUR', '1234.56 EUR'],
    [-10_000_000_000, 'USD', '-100000000.00 USD'],
    [1200, 'JPY', '1200 JPY'],
    [-1, 'CLP', '-1 CLP'],
  ])('%d minor units of %s are %s', (minor, currency, text) => {
    expect(moneyText(money(minor, currency))).toBe(text);
  });

  test('names the amount to the minor unit', () => {
    fc.assert(
      fc.property(amount, (minor) => {
        const [decimal = ''] = moneyText(money(minor, 'EUR')).split(' ');
        expect(Number(decimal.replace('.', ''))).toBe(minor === 0 ? 0 : minor);
      }),
    );
  });
});

describe('rounding half to even', () => {
  // The example of IEEE 754 and of the General Decimal Arithmetic Specification (ROUND_HALF_EVEN), in tenths.
  test.each([
    [55n, 6],
    [25n, 2],
    [16n, 2],
    [11n, 1],
    [10n, 1],
    [-10n, -1],
    [-11n, -1],
    [-16n, -2],
    [-25n, -2],
    [-55n, -6],
    [5n, 0],
    [15n, 2],
    [35n, 4],
    [-5n, 0],
    [-15n, -2],
    [0n, 0],
  ])('%d tenths are %d', (tenths, rounded) => {
    expect(divideHalfEven(tenths, 10n)).toBe(rounded);
    expect(Object.is(divideHalfEven(tenths, 10n), -0)).toBe(false);
  });

  test('is never further than half a unit off, and even where it is exactly half', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 18n), 10n ** 18n), fc.bigInt(1n, 10n ** 9n), (over, under) => {
        fc.pre(over / under < 2n ** 53n && over / under > -(2n ** 53n));
        const rounded = BigInt(divideHalfEven(over, under));
        const off = over - rounded * under;
        const twice = (off < 0n ? -off : off) * 2n;
        expect(twice <= under).toBe(true);
        if (twice === under) expect(rounded % 2n).toBe(0n);
      }),
    );
  });

  test('is the same on both sides of zero', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 15n), fc.bigInt(1n, 10n ** 6n), (over, under) => {
        expect(divideHalfEven(-over, under) + divideHalfEven(over, under)).toBe(0);
      }),
    );
  });
});

describe('dividing an amount', () => {
  test.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [5, [0, 1, 0], [0, 5, 0]],
    [7, [0, 0], [7, 0]],
    [1, [1, 1], [1, 0]],
    [2, [1, 2, 1], [1, 1, 0]],
    [1000, [333, 333, 334], [333, 333, 334]],
    [0, [3, 4], [0, 0]],
    [9, [], []],
  ])('%d by %j gives %j', (total, by, parts) => {
    expect(allocate(total, by)).toEqual(parts);
  });

  test('loses and makes nothing, whatever the weights', () => {
    fc.assert(
      fc.property(amount, weights, (total, by) => {
        const parts = allocate(total, by);
        expect(parts).toHaveLength(by.length);
        expect(sum(parts)).toBe(total);
        expect(parts.some((part) => Object.is(part, -0))).toBe(false);
      }),
    );
  });

  test('gives every part its share to less than a unit, and none of the other sign', () => {
    fc.assert(
      fc.property(amount, weights, (total, by) => {
        fc.pre(sum(by) > 0);
        const whole = by.reduce((all, weight) => all + BigInt(weight), 0n);
        for (const [index, part] of allocate(total, by).entries()) {
          const share = BigInt(total) * BigInt(by[index]!);
          const off = BigInt(part) * whole - share;
          expect((off < 0n ? -off : off) < whole).toBe(true);
          expect(Math.sign(part) === 0 || Math.sign(part) === Math.sign(total)).toBe(true);
          if (by[index] === 0) expect(part).toBe(0);
        }
      }),
    );
  });

  test('gives a larger weight never less, and equal ones at most a unit apart, the earlier first', () => {
    fc.assert(
      fc.property(fc.nat(AMOUNT_MAX), weights, (total, by) => {
        fc.pre(sum(by) > 0);
        const parts = allocate(total, by);
        for (const [left, weight] of by.entries())
          for (const [right, other] of by.entries()) {
            if (weight > other) expect(parts[left]! >= parts[right]!).toBe(true);
            if (weight === other && left < right)
              expect([0, 1]).toContain(parts[left]! - parts[right]!);
          }
      }),
      { numRuns: 50 },
    );
  });

  test('a whole that was divided twice adds up like one that was divided once', () => {
    fc.assert(
      fc.property(amount, weights, weights, (total, first, second) => {
        const parts = allocate(total, first).map((part) => allocate(part, second));
        expect(sum(parts.map(sum))).toBe(total);
      }),
    );
  });
});

describe('spreading a discount', () => {
  const amounts = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 30 });

  test('takes from every line in proportion, never more than it has, and the discount in all', () => {
    fc.assert(
      fc.property(fc.nat(40_000_000), amounts, (discount, lines) => {
        const parts = spreadDiscount(discount, lines);
        expect(sum(parts)).toBe(Math.min(discount, sum(lines)));
        for (const [index, part] of parts.entries()) {
          expect(part).toBeGreaterThanOrEqual(0);
          expect(part).toBeLessThanOrEqual(lines[index]!);
        }
      }),
    );
  });

  test('of nothing is nothing', () => {
    expect(spreadDiscount(500, [])).toEqual([]);
    expect(spreadDiscount(500, [0, 0])).toEqual([0, 0]);
    expect(spreadDiscount(0, [10, 20])).toEqual([0, 0]);
  });
});

describe('the currencies', () => {
  test('are those of the schema, each with the digits that people write', () => {
    expect(currencySchema.anyOf.map((each) => each.const)).toEqual(Object.keys(CURRENCIES));
    for (const [currency, digits] of Object.entries(CURRENCIES)) {
      const format = new Intl.NumberFormat('en', { style: 'currency', currency });
      expect([currency, format.resolvedOptions().maximumFractionDigits]).toEqual([
        currency,
        digits,
      ]);
    }
  });
});
