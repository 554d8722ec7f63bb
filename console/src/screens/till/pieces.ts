/** Coins and notes that were counted. Pure. */

/** How many of each value, by its minor units as text. */
export type Pieces = Readonly<Record<string, number>>;

/** Of one kind: the server takes no more. */
export const PIECES_MAX = 100_000;

export function sumOf(pieces: Pieces): number {
  return Object.entries(pieces).reduce(
    (sum, [value, quantity]) => sum + Number(value) * quantity,
    0,
  );
}

/** As CountTill takes them, the largest first; what was not counted is left out. */
export function denominationsOf(
  pieces: Pieces,
): readonly { readonly value: number; readonly quantity: number }[] {
  return Object.entries(pieces)
    .map(([value, quantity]) => ({ value: Number(value), quantity }))
    .filter(({ quantity }) => quantity > 0)
    .toSorted((a, b) => b.value - a.value);
}
