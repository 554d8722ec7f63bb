/** Ids of what is added. */
import { idFor } from '../menu/product-value.ts';

/**
 * The name and four random digits, so that two people who add a table 9 at once add two, of which the second is told that
 * its name is taken; with the name alone the second would change the first.
 */
export function newId(name: string): string {
  return `${idFor(name, []).slice(0, NAME_LENGTH)}-${crypto.randomUUID().slice(0, 4)}`;
}

/** Ids have at most 40 characters. */
const NAME_LENGTH = 35;
