import type { Item, Items } from './item.ts';

/** Half of what the server takes at once: large enough to be cheap, small enough to share the line. */
export const BATCH_EVENTS = 500;
/** Below the 8 MiB of the server with room for one event of the largest size. */
const BATCH_BYTES = 3 * 2 ** 20;

export type Batch = readonly Extract<Item, { json: string }>[];

/** Groups what can be sent; hands every refused item to `refuse` at once. */
export async function* batchesOf(
  items: Items,
  refuse: (item: Extract<Item, { refused: object }>) => void,
): AsyncGenerator<Batch> {
  let batch: Extract<Item, { json: string }>[] = [];
  let length = 0;
  for await (const some of items) {
    for (const item of some) {
      if ('refused' in item) {
        refuse(item);
        continue;
      }
      // A character of UTF-16 takes at most three bytes of UTF-8; text of events is nearly all ASCII.
      if (
        batch.length === BATCH_EVENTS ||
        (batch.length > 0 && length + item.json.length > BATCH_BYTES)
      ) {
        yield batch;
        batch = [];
        length = 0;
      }
      batch.push(item);
      length += item.json.length;
    }
  }
  if (batch.length > 0) yield batch;
}
