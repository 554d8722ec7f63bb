/**
 * Which bill of a number one is: the first is 0, and what a split makes gets a part that no other bill of the number has.
 *
 *   split off the first bill    1, 2, 3 and on: `17/2`, `17/3`
 *   split off part P            a hundred from (P + 1) * 100: what is split off `17/2` is `17/201`, `17/202`
 *   where these run out         drawn from a series of the location and day, above all that are counted
 *
 * The ranges of all bills lie apart, level by level: 1 to 199, 200 to 20,099, 20,100 to 2,010,099 and so on. Pure.
 */
import type { KnownOrder } from './order-state.ts';
import { SPLIT_PARTS_MAX } from './commands-bill.ts';

/** Of bills split off a bill that was split off itself. */
const PARTS_APART = 100;
/** Of those split off the first one: 200 belongs to `17/2`. */
const FIRST_PARTS_MAX = 199;
/** Lists hold a part as an integer of 32 bits, so what is split off a greater one is drawn. */
const PART_COUNTED_MAX = 20_000_000;
/** Above a hundred times that; a location can draw for millions of splits in a day from here to the end of 32 bits. */
const DRAWN_FROM = 2_100_000_000;

type Numbered = Pick<KnownOrder, 'part' | 'parts'>;

/** Whether the next `count` bills that are split off it have parts of its own range. */
export function hasOwnParts({ part, parts }: Numbered, count: number): boolean {
  if (part === 0) return parts + count <= FIRST_PARTS_MAX;
  return part <= PART_COUNTED_MAX && parts + count <= PARTS_APART;
}

/** Of the first bill that is split off next, the others follow; `drawn` counts from 1. Null where a number is to be drawn first. */
export function nextPart(
  order: Numbered,
  { count, drawn }: { readonly count: number; readonly drawn: number },
): number | null {
  const { part, parts } = order;
  if (hasOwnParts(order, count)) return (part === 0 ? 1 : (part + 1) * PARTS_APART) + parts;
  return drawn === 0 ? null : DRAWN_FROM + (drawn - 1) * SPLIT_PARTS_MAX;
}
