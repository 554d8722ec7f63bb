/** Which currency the amounts of a thing are in. Pure. */
import { isObject } from './schema.ts';

/** Its own, else that of its location; undefined where the things say neither. A location's rules have its id. */
export function currencyAmong(
  things: readonly unknown[],
  byPlace: ReadonlyMap<string, string>,
): string | undefined {
  for (const thing of things) {
    if (!isObject(thing)) continue;
    const { currency, locationId, id } = thing;
    if (typeof currency === 'string' && currency !== '') return currency;
    const place = [locationId, id].find((each) => typeof each === 'string' && byPlace.has(each));
    if (typeof place === 'string') return byPlace.get(place);
  }
  return undefined;
}
