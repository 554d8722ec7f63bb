/**
 * Finding by id, subject, stream, type, source and time range without a row per event, oldest or newest first.
 *
 *   stream           the stream's rows give the positions
 *   id, subject      sorted runs give candidate positions (one descent a run), the hashes beside the batches those
 *                    of the unsealed tail
 *   anything else    statistics of the batches: rows that cannot match are stepped over without unpacking
 *
 * Candidates are verified against the event. A page ends when it is full or when it has unpacked enough; then `more`
 * is true and the next page goes on behind what was looked at.
 */
import type { FindFilters, FindNewestPage, FindNewestQuery, FindPage, FindQuery } from '../log.ts';
import { CANDIDATES_MAX, findByPositions } from './find-by-positions.ts';
import { findCandidates } from './find-candidates.ts';
import { findNewestCandidates } from './find-newest-candidates.ts';
import type { Candidates, FindSources } from './find-sources.ts';
import { readHead } from './read-head.ts';
import { readStreamPositions, type StreamPositions } from './read-stream.ts';
import { scanBatches } from './scan-batches.ts';
import { scanNewestBatches } from './scan-newest-batches.ts';

export async function findEvents(query: FindQuery, sources: FindSources): Promise<FindPage> {
  const head = await readHead(sources.on, sources.bucket);
  const candidates = await candidatesAfter(query, sources, head.position);
  if (candidates === null) return scanBatches(query, { ...sources, head: head.position });
  const towards = { ...sources, direction: 'oldest-first' } as const;
  const { events, at, more } = await findByPositions(query, towards, candidates);
  const looked = Math.max(at ?? Number(query.after), more ? 0 : head.position);
  return { events, nextAfter: BigInt(looked), more };
}

export async function findNewestEvents(
  query: FindNewestQuery,
  sources: FindSources,
): Promise<FindNewestPage> {
  const candidates = await candidatesBefore(query, sources);
  if (candidates === null) {
    const { lowMark } = await readHead(sources.on, sources.bucket);
    return scanNewestBatches(query, { ...sources, oldest: lowMark + 1 });
  }
  const towards = { ...sources, direction: 'newest-first' } as const;
  const { events, at, more } = await findByPositions(query, towards, candidates);
  return { events, nextBefore: at === null ? query.before : BigInt(at), more };
}

/** Null when the filters name neither stream nor id nor subject. */
async function candidatesAfter(
  query: FindQuery,
  sources: FindSources,
  head: number,
): Promise<Candidates | null> {
  if (query.stream !== undefined)
    return streamPositions(query, sources, { after: query.after, limit: CANDIDATES_MAX });
  if (query.id === undefined && query.subject === undefined) return null;
  return findCandidates(query, sources, head);
}

async function candidatesBefore(
  query: FindNewestQuery,
  sources: FindSources,
): Promise<Candidates | null> {
  if (query.stream !== undefined)
    return streamPositions(query, sources, { before: query.before, limit: CANDIDATES_MAX });
  if (query.id === undefined && query.subject === undefined) return null;
  return findNewestCandidates(query, sources);
}

async function streamPositions(
  { tenant, stream = '' }: FindFilters,
  { on, bucket }: FindSources,
  range: StreamPositions,
): Promise<Candidates> {
  const positions = await readStreamPositions(on, { bucket, tenant, stream }, range);
  return { positions, complete: positions.length < range.limit };
}
