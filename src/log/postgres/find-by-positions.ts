import type { StoredEvent } from '../../core/event.ts';
import type { StoredBatch } from '../codec/stored-batch.ts';
import type { FindFilters } from '../log.ts';
import { type Candidates, type Direction, type FindSources, matches } from './find-sources.ts';
import { READ_BYTES_MAX, readBatchesHolding, readThrough } from './read-batches.ts';

/** Candidate positions taken up at once. */
export const CANDIDATES_MAX = 1_000;
/** Candidates looked at in the first round; each further one takes twice as many, for filters that few of them pass. */
const CANDIDATES_FIRST_MAX = 100;

export interface LookedAt {
  readonly events: readonly StoredEvent[];
  /** The candidate that was looked at last; null when there was none. */
  readonly at: number | null;
  readonly more: boolean;
}

/** The events at candidate positions that pass the filters, in the order of the candidates. */
export async function findByPositions(
  query: FindFilters,
  sources: FindSources & { readonly direction: Direction },
  candidates: Candidates,
): Promise<LookedAt> {
  const positions = candidates.positions.slice(0, CANDIDATES_MAX);
  const complete = candidates.complete && positions.length === candidates.positions.length;
  const events: StoredEvent[] = [];
  let at: number | null = null;
  let heldBytes = 0;
  let count = Math.min(query.limit, CANDIDATES_FIRST_MAX);
  // A page needs few of many candidates: their batches are fetched a part at a time.
  for (let start = 0; start < positions.length;) {
    const { batches, looked } = await batchesHolding(
      positions.slice(start, start + count),
      sources,
    );
    for (const position of looked) {
      const batch = batches.find(({ first, last }) => first <= position && position <= last);
      const event = batch?.eventAt(position - batch.first) ?? null;
      at = position;
      if (event && matches(event, query)) events.push(event);
      if (events.length === query.limit)
        return { events, at, more: !complete || position !== positions.at(-1) };
    }
    start += looked.length;
    count *= 2;
    heldBytes += batches.reduce((sum, { rawBytes }) => sum + rawBytes, 0);
    // Events keep their batches in memory while the page is held.
    if (events.length > 0 && heldBytes >= READ_BYTES_MAX)
      return { events, at, more: !complete || at !== positions.at(-1) };
  }
  return { events, at, more: !complete };
}

/** The batches that hold the first of the positions, and which positions those are: as far as memory allows. */
async function batchesHolding(
  positions: readonly number[],
  { on, bucket, cached, direction }: FindSources & { readonly direction: Direction },
): Promise<{ batches: readonly StoredBatch[]; looked: readonly number[] }> {
  const known = positions.map((position) => cached(position));
  const missing = positions.filter((_, index) => known[index] === undefined);
  const read = await readBatchesHolding(on, bucket, { positions: missing, direction });
  const batches = [...new Set(known.filter((batch) => batch !== undefined)), ...read];
  const through = readThrough(read, direction);
  const looked = positions.filter((position) =>
    direction === 'oldest-first' ? position <= through : position >= through,
  );
  return { batches, looked };
}
