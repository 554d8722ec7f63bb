/**
 * Finding by id, subject, stream, type, source and time range without a row per event.
 *
 *   stream           the stream's rows give the positions
 *   id, subject      sorted runs give candidate positions (one descent a run), the hashes beside the batches those
 *                    of the unsealed tail
 *   anything else    statistics of the batches: rows that cannot match are stepped over without unpacking
 *
 * Candidates are verified against the event. A page ends when it is full or when it has unpacked enough; then `more`
 * is true and the next page goes on behind what was looked at.
 */
import type { StoredEvent } from '../../core/event.ts';
import type { FindPage, FindQuery } from '../log.ts';
import type { StoredBatch } from '../codec/stored-batch.ts';
import { findCandidates } from './find-candidates.ts';
import { type Candidates, type FindSources, matches } from './find-sources.ts';
import { READ_BYTES_MAX, readBatchesHolding, readThrough } from './read-batches.ts';
import { readHead } from './read-head.ts';
import { readStreamPositions } from './read-stream.ts';
import { scanBatches } from './scan-batches.ts';

/** Candidate positions taken up at once. */
const CANDIDATES_MAX = 1_000;
/** Candidates looked at in the first round; each further one takes twice as many, for filters that few of them pass. */
const CANDIDATES_FIRST_MAX = 100;

export async function findEvents(query: FindQuery, sources: FindSources): Promise<FindPage> {
  const head = await readHead(sources.on, sources.bucket);
  if (query.stream !== undefined)
    return findByPositions(query, sources, streamPositions(query, sources));
  if (query.id !== undefined || query.subject !== undefined)
    return findByPositions(query, sources, findCandidates(query, sources, head.position));
  return scanBatches(query, { ...sources, head: head.position });
}

async function streamPositions(query: FindQuery, { on, bucket }: FindSources): Promise<Candidates> {
  const positions = await readStreamPositions(
    on,
    { bucket, tenant: query.tenant, stream: query.stream ?? '' },
    { after: query.after, limit: CANDIDATES_MAX },
  );
  return { positions, complete: positions.length < CANDIDATES_MAX };
}

async function findByPositions(
  query: FindQuery,
  sources: FindSources,
  found: Promise<Candidates>,
): Promise<FindPage> {
  const candidates = await found;
  const positions = candidates.positions.slice(0, CANDIDATES_MAX);
  const complete = candidates.complete && positions.length === candidates.positions.length;
  const events: StoredEvent[] = [];
  let at = Number(query.after);
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
        return { events, nextAfter: BigInt(at), more: !complete || position !== positions.at(-1) };
    }
    start += looked.length;
    count *= 2;
    heldBytes += batches.reduce((sum, { rawBytes }) => sum + rawBytes, 0);
    // Events keep their batches in memory while the page is held.
    if (events.length > 0 && heldBytes >= READ_BYTES_MAX)
      return { events, nextAfter: BigInt(at), more: !complete || at !== positions.at(-1) };
  }
  return { events, nextAfter: BigInt(at), more: !complete };
}

/** The batches that hold the first of the positions, and which positions those are: as far as memory allows. */
async function batchesHolding(
  positions: readonly number[],
  { on, bucket, cached }: FindSources,
): Promise<{ batches: readonly StoredBatch[]; looked: readonly number[] }> {
  const known = positions.map((position) => cached(position));
  const missing = positions.filter((_, index) => known[index] === undefined);
  const read = await readBatchesHolding(on, bucket, missing);
  const batches = [...new Set(known.filter((batch) => batch !== undefined)), ...read];
  const through = readThrough(read);
  return { batches, looked: positions.filter((position) => position <= through) };
}
