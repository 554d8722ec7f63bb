import { describe, expect, it } from 'vitest';
import {
  newestPlace,
  readOlder,
  type EventJson,
  type EventsPage,
  type OlderPlace,
  type ReadPage,
} from './read-events.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');

function eventAt(ms: number, index: number): EventJson {
  return {
    specversion: '1.0',
    id: `e${String(index)}`,
    source: '/x',
    type: index % 10 === 0 ? 'rare' : 'often',
    recordedtime: new Date(ms).toISOString(),
    position: String(index).padStart(20, '0'),
    bucket: 0,
  };
}

/** A server as the interface describes it: oldest first, pages that may be empty while there is more. */
function serverOf(log: readonly EventJson[], requests: { count: number }): ReadPage {
  return async ({ after, from, to, limit }): Promise<EventsPage> => {
    requests.count += 1;
    const start = after === undefined ? 0 : Number(after);
    const isIn = ({ recordedtime }: EventJson): boolean =>
      (from === undefined || recordedtime >= from) && (to === undefined || recordedtime < to);
    const found: EventJson[] = [];
    let at = start;
    for (; at < log.length && found.length < limit; at += 1) {
      const event = log[at];
      if (event !== undefined && isIn(event)) found.push(event);
    }
    return { events: found, next: String(at), more: log.slice(at).some(isIn) };
  };
}

async function readAll(log: readonly EventJson[], isWanted = (_event: EventJson): boolean => true) {
  const requests = { count: 0 };
  const read = serverOf(log, requests);
  const events: EventJson[] = [];
  let cursor: string | null = null;
  for (let place: OlderPlace | null = newestPlace({ toMs: null, nowMs: NOW }); place !== null;) {
    const part = await readOlder(read, { place, fromMs: null }, isWanted);
    events.push(...part.events);
    cursor ??= part.tailCursor;
    place = part.next;
  }
  return { events, requests: requests.count, cursor };
}

describe('newest events first', () => {
  it('every event comes once, newest first, whether seconds or months lie between them', async () => {
    const spread = Array.from({ length: 300 }, (_, index) =>
      eventAt(NOW - 90 * 86_400_000 + index * index * 80_000, index),
    );
    const { events } = await readAll(spread);
    expect(events.map(({ id }) => id)).toEqual(spread.toReversed().map(({ id }) => id));
  });

  it('a burst of thousands within a second is read whole', async () => {
    const burst = Array.from({ length: 4000 }, (_, index) =>
      eventAt(NOW - 3_600_000 + Math.floor(index / 8), index),
    );
    const { events, requests } = await readAll(burst);
    expect(events.map(({ id }) => id)).toEqual(burst.toReversed().map(({ id }) => id));
    expect(requests).toBeLessThan(80);
  });

  it('more than a page within one millisecond is still read whole', async () => {
    const commit = Array.from({ length: 1300 }, (_, index) => eventAt(NOW - 5000, index));
    expect((await readAll(commit)).events).toHaveLength(1300);
  });

  it('an empty log ends at once, and a tail joins behind what was there', async () => {
    expect(await readAll([])).toEqual({ events: [], requests: 1, cursor: null });
    expect((await readAll([eventAt(NOW - 1000, 0)])).cursor).toBe('1');
  });

  it('looking for what is rare stops from time to time and goes on where it stopped', async () => {
    const log = Array.from({ length: 9000 }, (_, index) =>
      eventAt(NOW - 9000 * 1000 + index * 1000, index),
    );
    const { events } = await readAll(log, ({ type }) => type === 'rare');
    expect(events).toHaveLength(900);
  });
});
