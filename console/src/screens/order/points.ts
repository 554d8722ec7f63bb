/** What points stand for, from a balance that says what all of them stand for. The server decides; this is for showing. */

interface Balance {
  readonly points: number;
  /** Minor units that all points stand for. */
  readonly value: number;
}

export function pointsWorth({ points, value }: Balance, count: number): number {
  return points <= 0 ? 0 : Math.floor((value * Math.min(count, points)) / points);
}

/** The most points that stand for no more than is due. */
export function pointsFor({ points, value }: Balance, due: number): number {
  if (points <= 0 || value <= 0 || due <= 0) return 0;
  return value <= due ? points : Math.floor((due * points) / value);
}
