import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AMOUNT_MAX, divideHalfEven } from './money.ts';
import {
  RATE_UNIT,
  splitTaxed,
  taxOfAmount,
  taxRateOf,
  taxTotals,
  type TaxedLine,
  type TaxMode,
  type TaxRegime,
} from './tax.ts';

const amount = fc.integer({ min: -AMOUNT_MAX, max: AMOUNT_MAX });
const rate = fc.oneof(
  fc.constantFrom(0, 5000, 5500, 7000, 8000, 8875, 10_000, 13_000, 19_000, 23_000),
  fc.nat(RATE_UNIT),
);
const mode = fc.constantFrom<TaxMode>('inclusive', 'exclusive');
const weights = fc.array(fc.nat(1000), { minLength: 1, maxLength: 12 });
const sum = (parts: readonly number[]): number => parts.reduce((whole, part) => whole + part, 0);

describe('tax of a line', () => {
  test.each<[number, number, TaxMode, object]>([
    // 23 % in 123.00 is 23.00; on 100.00 too.
    [12_300, 23_000, 'inclusive', { net: 10_000, tax: 2300, gross: 12_300 }],
    [10_000, 23_000, 'exclusive', { net: 10_000, tax: 2300, gross: 12_300 }],
    // 8.875 % on 10.00 is 0.8875.
    [1000, 8875, 'exclusive', { net: 1000, tax: 89, gross: 1089 }],
    // Exactly half a cent goes to the even one: 0.125 to 0.12, 0.375 to 0.38.
    [125, 10_000, 'exclusive', { net: 125, tax: 12, gross: 137 }],
    [375, 10_000, 'exclusive', { net: 375, tax: 38, gross: 413 }],
    [-125, 10_000, 'exclusive', { net: -125, tax: -12, gross: -137 }],
    // A half within the price: 50 % of 0.0225.
    [9, 100_000, 'inclusive', { net: 5, tax: 4, gross: 9 }],
    [11, 100_000, 'inclusive', { net: 5, tax: 6, gross: 11 }],
    [999, 0, 'inclusive', { net: 999, tax: 0, gross: 999 }],
    [0, 23_000, 'exclusive', { net: 0, tax: 0, gross: 0 }],
  ])('of %d at %d, %s', (...[of, at, how, taxed]) => {
    expect(taxOfAmount(of, at, how)).toEqual(taxed);
  });

  test('net and tax are the gross, to the minor unit', () => {
    fc.assert(
      fc.property(amount, rate, mode, (of, at, how) => {
        const { net, tax, gross } = taxOfAmount(of, at, how);
        expect(net + tax).toBe(gross);
        expect(how === 'inclusive' ? gross : net).toBe(of);
        expect(Math.sign(tax) === 0 || Math.sign(tax) === Math.sign(of)).toBe(true);
      }),
    );
  });

  test('is never further than half a unit from the exact tax', () => {
    fc.assert(
      fc.property(amount, rate, mode, (of, at, how) => {
        const { tax } = taxOfAmount(of, at, how);
        const under = BigInt(how === 'inclusive' ? RATE_UNIT + at : RATE_UNIT);
        const off = BigInt(tax) * under - BigInt(of) * BigInt(at);
        expect((off < 0n ? -off : off) * 2n <= under).toBe(true);
      }),
    );
  });

  test('a price with tax put on holds the same tax when it is taken out again', () => {
    fc.assert(
      fc.property(fc.nat(AMOUNT_MAX), rate, (net, at) => {
        const { gross, tax } = taxOfAmount(net, at, 'exclusive');
        const off = taxOfAmount(gross, at, 'inclusive').tax - tax;
        expect(Math.abs(off)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('grows with the amount and with the rate', () => {
    fc.assert(
      fc.property(fc.nat(AMOUNT_MAX), fc.nat(1000), rate, mode, (...[of, more, at, how]) => {
        const less = taxOfAmount(of, at, how).tax;
        expect(taxOfAmount(of + more, at, how).tax).toBeGreaterThanOrEqual(less);
        expect(taxOfAmount(of, at + more, how).tax).toBeGreaterThanOrEqual(less);
      }),
    );
  });
});

describe('splitting what was taxed', () => {
  test('adds up to the whole in gross, tax and net, however it is split', () => {
    fc.assert(
      fc.property(amount, rate, mode, weights, (...[of, at, how, by]) => {
        const whole = taxOfAmount(of, at, how);
        const parts = splitTaxed(whole, by);
        expect(parts).toHaveLength(by.length);
        expect(sum(parts.map(({ gross }) => gross))).toBe(whole.gross);
        expect(sum(parts.map(({ tax }) => tax))).toBe(whole.tax);
        expect(sum(parts.map(({ net }) => net))).toBe(whole.net);
        for (const { net, tax, gross } of parts) expect(net + tax).toBe(gross);
      }),
    );
  });

  test('parts of many lines add up to the bill in total and in tax of every rate', () => {
    const line = fc.record({ of: fc.nat(1_000_000), at: rate });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 15 }),
        mode,
        weights,
        (lines, how, by) => {
          const taxed = lines.map(({ of, at }): TaxedLine => {
            return { label: `${at}`, rate: at, ...taxOfAmount(of, at, how) };
          });
          const bills = by.map((_, part) =>
            taxed.map((each): TaxedLine => {
              const own = splitTaxed(each, by)[part]!;
              return { label: each.label, rate: each.rate, ...own };
            }),
          );
          expect(taxTotals(bills.flatMap((bill) => taxTotals(bill)))).toEqual(taxTotals(taxed));
        },
      ),
    );
  });
});

describe('sums by rate', () => {
  test('keep labels of one rate apart and put the highest rate first', () => {
    const line = (label: string, at: number, gross: number): TaxedLine => {
      return { label, rate: at, net: gross - 1, tax: 1, gross };
    };
    expect(
      taxTotals([
        line('B', 8000, 10),
        line('A', 23_000, 20),
        line('C', 8000, 5),
        line('B', 8000, 1),
      ]),
    ).toEqual([
      { label: 'A', rate: 23_000, net: 19, tax: 1, gross: 20 },
      { label: 'B', rate: 8000, net: 9, tax: 2, gross: 11 },
      { label: 'C', rate: 8000, net: 4, tax: 1, gross: 5 },
    ]);
    expect(taxTotals([])).toEqual([]);
  });

  test('do not depend on the order of the lines, and adding to a sum is adding to its lines', () => {
    const line = fc.record({
      label: fc.constantFrom('A', 'B'),
      rate: fc.constantFrom(0, 8000, 23_000),
      net: fc.nat(1000),
      tax: fc.nat(100),
      gross: fc.nat(1100),
    });
    fc.assert(
      fc.property(fc.array(line), fc.array(line), (some, more) => {
        const all = taxTotals([...some, ...more]);
        expect(taxTotals([...more, ...some])).toEqual(all);
        expect(taxTotals([...taxTotals(some), ...more])).toEqual(all);
      }),
    );
  });
});

describe('the rate of a class', () => {
  const rates: TaxRegime['rates'] = [
    { taxClass: 'food', channel: null, label: 'B', rate: 8000 },
    { taxClass: 'food', channel: 'take-away', label: 'C', rate: 5000 },
    { taxClass: 'alcohol', channel: 'eat-in', label: 'A', rate: 23_000 },
  ];
  const regime: TaxRegime = { mode: 'inclusive', rates };

  test('is the one that names the channel, else the one for all channels, else none', () => {
    expect(taxRateOf(regime, 'food', 'take-away')?.label).toBe('C');
    expect(taxRateOf(regime, 'food', 'eat-in')?.label).toBe('B');
    expect(taxRateOf(regime, 'food', 'delivery')?.label).toBe('B');
    expect(taxRateOf(regime, 'alcohol', 'eat-in')?.label).toBe('A');
    expect(taxRateOf(regime, 'alcohol', 'delivery')).toBeUndefined();
    expect(taxRateOf(regime, 'wood', 'eat-in')).toBeUndefined();
  });

  test('does not depend on the order of the rates', () => {
    const turned = { ...regime, rates: [...rates].reverse() };
    expect(taxRateOf(turned, 'food', 'take-away')?.label).toBe('C');
    expect(taxRateOf(turned, 'food', 'eat-in')?.label).toBe('B');
  });
});

test('small amounts and large ones, halves included, are taxed as whole numbers of any size would be', () => {
  const exact = (amountOf: number, rateOf: number, unit: number): number =>
    divideHalfEven(BigInt(amountOf) * BigInt(rateOf), BigInt(unit));
  const any = fc.oneof(amount, fc.integer({ min: -5000, max: 5000 }));
  fc.assert(
    fc.property(any, fc.oneof(rate, fc.constantFrom(50_000, 25_000, RATE_UNIT)), (whole, at) => {
      expect(taxOfAmount(whole, at, 'inclusive').tax).toBe(exact(whole, at, RATE_UNIT + at));
      expect(taxOfAmount(whole, at, 'exclusive').tax).toBe(exact(whole, at, RATE_UNIT));
    }),
    { numRuns: 2_000 },
  );
});
