/**
 * Exact earning. Rates are fractions, points are whole: so what a line earns is counted in shares of a point, whole
 * points are given out, and the rest stays with the member. Summed over any payments and refunds, a member has received
 * floor(all shares / `of`) points: a split bill earns like a whole one, and a refund undoes exactly what it refunds.
 * An amount (10^10) times points (10^3) and two percentages (10^3 each) is beyond 2^53, hence bigint in between.
 */

/** Shares that make no whole point yet: 0 <= shares < of. */
export interface Remainder {
  readonly shares: number;
  /** Shares in a point. */
  readonly of: number;
}

export const NO_REMAINDER: Remainder = { shares: 0, of: 1 };

/** A paid amount and what it is worth: `amount x factor` shares, `of` to the point. */
export interface Worth {
  readonly amount: number;
  readonly factor: number;
  readonly of: number;
}

export interface Counted {
  /** Whole points for each of the parts, in their order. */
  readonly points: readonly number[];
  readonly remainder: Remainder;
}

/** Whole points for amounts that were paid. All parts have the same `of`: they were earned under one version of rules. */
export function pointsFor(before: Remainder, parts: readonly Worth[], of: number): Counted {
  const size = BigInt(of);
  let shares = converted(before, of);
  const points = parts.map((part) => {
    shares += sharesOf(part, of);
    const whole = shares / size;
    shares -= whole * size;
    return Number(whole);
  });
  return { points, remainder: { shares: Number(shares), of } };
}

/** Whole points to take back for amounts that were refunded: the inverse of `pointsFor`. */
export function pointsAgainst(before: Remainder, parts: readonly Worth[]): Counted {
  const of = Math.max(before.of, ...parts.map((part) => part.of));
  const size = BigInt(of);
  let shares = converted(before, of);
  const points = parts.map((part) => {
    shares -= sharesOf(part, of);
    if (shares >= 0n) return 0;
    const whole = (size - 1n - shares) / size;
    shares += whole * size;
    return Number(whole);
  });
  return { points, remainder: { shares: Number(shares), of } };
}

function sharesOf({ amount, factor, of: own }: Worth, of: number): bigint {
  const shares = BigInt(amount) * BigInt(factor);
  return own === of ? shares : (shares * BigInt(of)) / BigInt(own);
}

/** Rules that count in other shares take over the rest, rounded down: less than one share of a point is lost. */
function converted({ shares, of: own }: Remainder, of: number): bigint {
  return own === of ? BigInt(shares) : (BigInt(shares) * BigInt(of)) / BigInt(own);
}
