import type { LogReader } from '../log/log.ts';
import { PARKED_KEYS_MAX, PARKED_STREAM_EVENTS_MAX } from './limits.ts';
import type { EventPreparer, PreparedEvent } from './read-chunk.ts';

interface Source {
  readonly log: LogReader;
  readonly preparer: EventPreparer;
}

/**
 * Gives events that failed before their keys were known the keys of the rows that the earlier events of their stream
 * touched: those rows miss them. A row that only the failed event would have made does not exist and needs no mark.
 */
export async function withTouchedKeys(
  events: readonly PreparedEvent[],
  source: Source,
): Promise<readonly PreparedEvent[]> {
  if (!events.some(({ keys }) => keys === null)) return events;
  const known = new Map<string, readonly string[]>();
  const found: PreparedEvent[] = [];
  for (const event of events) {
    if (event.keys !== null) {
      found.push(event);
      continue;
    }
    const stream = `${event.tenant} ${event.stream}`;
    const keys = known.get(stream) ?? (await touchedBefore(event, source));
    known.set(stream, keys);
    found.push({ ...event, keys });
  }
  return found;
}

async function touchedBefore(event: PreparedEvent, { log, preparer }: Source): Promise<string[]> {
  if (event.stream === '') return [];
  const range = { fromVersion: 1n, limit: PARKED_STREAM_EVENTS_MAX };
  const earlier = await log.readStream(event.tenant, event.stream, range);
  const keys = new Set<string>();
  for (const stored of earlier) {
    if (stored.position >= event.position) break;
    if (!preparer.types.has(stored.type)) continue;
    for (const key of preparer.prepare(stored)?.keys ?? []) keys.add(key);
    if (keys.size >= PARKED_KEYS_MAX) break;
  }
  return [...keys];
}
