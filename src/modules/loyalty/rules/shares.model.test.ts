import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_REMAINDER, pointsAgainst, pointsFor, type Remainder, type Worth } from './shares.ts';

const of = fc.integer({ min: 1, max: 1_000_000 }).map((per) => per * 10_000);
const amount = fc.integer({ min: 0, max: 10_000_000_000 });
const factor = fc.integer({ min: 0, max: 1_000_000_000 });
const sum = (numbers: readonly number[]) => numbers.reduce((before, each) => before + each, 0);
const exact = (parts: readonly Worth[]) =>
  parts.reduce((before, part) => before + BigInt(part.amount) * BigInt(part.factor), 0n);

/** Bounded so that whole points stay below 2^53, as amounts and rates of real rules do. */
const parts = fc
  .tuple(of, fc.array(fc.record({ amount, factor }), { maxLength: 12 }))
  .map(([size, all]) => ({ size, all: all.map((part) => ({ ...part, of: size })) }))
  .filter(({ all, size }) => exact(all) / BigInt(size) < 2n ** 52n);

test('Y2: any split of payments earns what the whole earns, to the point', () => {
  fc.assert(
    fc.property(parts, fc.array(fc.nat(11)), ({ size, all }, cuts) => {
      const whole = pointsFor(NO_REMAINDER, all, size);
      let remainder: Remainder = NO_REMAINDER;
      const points: number[] = [];
      const edges = [...new Set([0, ...cuts, all.length])].sort((a, b) => a - b);
      for (const [index, edge] of edges.entries()) {
        const some = pointsFor(remainder, all.slice(edge, edges[index + 1] ?? edge), size);
        points.push(...some.points);
        ({ remainder } = some);
      }
      expect(points).toEqual(whole.points);
      expect(sum(points)).toBe(Number(exact(all) / BigInt(size)));
      expect(remainder.shares).toBe(Number(exact(all) % BigInt(size)));
    }),
  );
});

test('Y3: refunds in any order and in any parts leave what the rest alone would have earned', () => {
  const kept = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 });
  const share = fc.integer({ min: 0, max: 100 });
  fc.assert(
    fc.property(parts, kept, share, ({ size, all }, keeps, percent) => {
      const earned = pointsFor(NO_REMAINDER, all, size);
      const refunded = all.flatMap((part, index) => {
        if (keeps[index] === true) return [];
        const first = Math.floor((part.amount * percent) / 100);
        return [
          { ...part, amount: part.amount - first },
          { ...part, amount: first },
        ];
      });
      let remainder = earned.remainder;
      let back = 0;
      for (const part of refunded.toReversed()) {
        const taken = pointsAgainst(remainder, [part]);
        back += sum(taken.points);
        ({ remainder } = taken);
      }
      const rest = all.filter((_, index) => keeps[index] === true);
      expect(sum(earned.points) - back).toBe(Number(exact(rest) / BigInt(size)));
    }),
  );
});

test('rules with other shares take over the rest without giving points', () => {
  const half = { shares: 5000, of: 10_000 };
  expect(pointsFor(half, [], 30_000)).toEqual({
    points: [],
    remainder: { shares: 15_000, of: 30_000 },
  });
  const coarse = pointsFor({ shares: 29_999, of: 30_000 }, [], 10_000);
  expect(coarse.remainder).toEqual({ shares: 9999, of: 10_000 });
});
