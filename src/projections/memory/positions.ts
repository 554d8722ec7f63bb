import type { Checkpoint } from '../projection-store.ts';

interface HeldPositions {
  readonly places: ReadonlyMap<number, readonly { readonly checkpoint: Checkpoint }[]>;
}

/** Of every generation, by name and number with a blank between: where it stands, bucket by bucket. */
export function positionsOf(
  projections: ReadonlyMap<string, HeldPositions>,
): ReadonlyMap<string, readonly bigint[]> {
  const found = new Map<string, readonly bigint[]>();
  for (const [name, { places }] of projections)
    for (const [generation, held] of places) {
      const positions = held.map(({ checkpoint }) => checkpoint.position);
      found.set(`${name} ${generation}`, positions);
    }
  return found;
}
