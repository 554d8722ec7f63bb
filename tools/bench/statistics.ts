/** The few statistics that the benches report. */

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Median, smallest and largest of at least one value. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  const median = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
  return { median, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}

export interface Slope {
  /** Change of y per unit of x. */
  readonly slope: number;
  /** Standard error of the slope, widened for the correlation of neighbours. */
  readonly standardError: number;
}

/**
 * Least squares slope of y over x. The residuals of memory over time are correlated (a collector's saw-tooth), which
 * makes the textbook error too small; it is widened by sqrt((1 + r) / (1 - r)) with r the lag-one autocorrelation of
 * the residuals, the usual correction for a first-order autoregressive process.
 */
export function slopeOf(points: readonly { readonly x: number; readonly y: number }[]): Slope {
  const n = points.length;
  if (n < 3) return { slope: Number.NaN, standardError: Number.NaN };
  const meanX = points.reduce((sum, point) => sum + point.x, 0) / n;
  const meanY = points.reduce((sum, point) => sum + point.y, 0) / n;
  const sumXX = points.reduce((sum, point) => sum + (point.x - meanX) ** 2, 0);
  const sumXY = points.reduce((sum, point) => sum + (point.x - meanX) * (point.y - meanY), 0);
  const slope = sumXY / sumXX;
  const residuals = points.map((point) => point.y - meanY - slope * (point.x - meanX));
  const squares = residuals.reduce((sum, residual) => sum + residual ** 2, 0);
  const products = residuals.reduce(
    (sum, residual, index) => sum + residual * (residuals[index + 1] ?? 0),
    0,
  );
  const correlation = squares === 0 ? 0 : Math.min(0.95, Math.max(0, products / squares));
  const textbook = Math.sqrt(squares / (n - 2) / sumXX);
  return { slope, standardError: textbook * Math.sqrt((1 + correlation) / (1 - correlation)) };
}

/** Rounds to `digits` significant digits, so that printed figures do not pretend to more than was measured. */
export function significant(value: number, digits = 4): number {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : value;
}
