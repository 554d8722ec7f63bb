/** What happens in the house: the newest events and when all events of the last minutes came. Follows by the tail. */
import { useEffect, useRef, useState } from 'react';
import { client } from '../../api/api.ts';
import { useLive } from '../../api/live.ts';
import { shaped } from '../order/order-types.ts';

export interface HouseEvent {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly subject?: string;
  readonly time?: string;
  readonly recordedtime: string;
  readonly position: string;
  readonly stream?: string;
  readonly actor?: string;
  readonly data?: unknown;
}

export interface HouseEvents {
  /** Newest first. */
  readonly events: readonly HouseEvent[];
  /** Milliseconds at which events were recorded, of all of them. */
  readonly moments: readonly number[];
  readonly knownFromMs: number;
  readonly isLoaded: boolean;
}

/** Ten minutes of the chart and as many lines as anybody reads. */
const KNOWN_MS = 10 * 60_000;
const EVENTS_KEPT = 60;
const MOMENTS_KEPT = 20_000;
const PAGE = 1000;
/** A flood is drawn from its newest part; more pages would keep the screen waiting. */
const PAGES_MAX = 5;

const NOTHING: HouseEvents = { events: [], moments: [], knownFromMs: Infinity, isLoaded: false };

/** `onNews` is called at most once a second, when something happened. */
export function useHouseEvents(isAllowed: boolean, onNews: () => void): HouseEvents {
  const [known, setKnown] = useState<HouseEvents>(NOTHING);
  const seen = useRef(new Set<string>());
  const add = (fresh: readonly HouseEvent[]): void => {
    const unseen = fresh.filter(({ position }) => !seen.current.has(position));
    for (const { position } of unseen) seen.current.add(position);
    setKnown((before) => withEvents(before, unseen));
  };
  useEffect(() => {
    if (!isAllowed) return undefined;
    const ended = new AbortController();
    const fromMs = Date.now() - KNOWN_MS;
    void readFrom(fromMs, ended.signal)
      .then(async (events) => {
        add(events);
        setKnown((before) => ({ ...before, knownFromMs: fromMs, isLoaded: events.length > 0 }));
        // A quiet house: what happened before stands in the timeline, not in the chart.
        if (events.length < EVENTS_KEPT) add(await readEarlier(fromMs, ended.signal));
      })
      // What cannot be read, or is given up with the screen, leaves the timeline to what happens from now on.
      .catch(() => undefined)
      .then(() => setKnown((before) => ({ ...before, isLoaded: true })));
    return () => ended.abort();
  }, [isAllowed]);
  useLive(
    'GET /v1/events/tail',
    {},
    {
      enabled: isAllowed,
      onMessages: (messages) => {
        add(messages.flatMap(({ data }) => (isEvent(data) ? [data] : [])));
        onNews();
      },
    },
  );
  return known;
}

/** Back from a moment, further and further until there is enough to read. */
async function readEarlier(toMs: number, signal: AbortSignal): Promise<readonly HouseEvent[]> {
  let found: readonly HouseEvent[] = [];
  for (const hours of EARLIER_HOURS) {
    const query = {
      from: new Date(toMs - hours * HOUR_MS).toISOString(),
      to: new Date(toMs).toISOString(),
      limit: PAGE,
    };
    const { body } = await client.call('GET /v1/events', { query, signal });
    // Listings begin with the oldest: one that has more would not reach the newest.
    if (body.more) return found;
    found = shaped<readonly HouseEvent[]>(body.events);
    if (found.length >= EVENTS_KEPT) return found;
  }
  return found;
}

const HOUR_MS = 3_600_000;
const EARLIER_HOURS = [1, 6, 24] as const;

async function readFrom(fromMs: number, signal: AbortSignal): Promise<readonly HouseEvent[]> {
  const events: HouseEvent[] = [];
  let after: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const query = { from: new Date(fromMs).toISOString(), limit: PAGE, after };
    const { body } = await client.call('GET /v1/events', { query, signal });
    events.push(...shaped<readonly HouseEvent[]>(body.events));
    if (!body.more) break;
    after = body.next;
  }
  return events;
}

function withEvents(before: HouseEvents, fresh: readonly HouseEvent[]): HouseEvents {
  if (fresh.length === 0) return before;
  const newestFirst = fresh.toSorted((a, b) => (a.recordedtime < b.recordedtime ? 1 : -1));
  const events = [...newestFirst, ...before.events]
    .toSorted((a, b) => (a.recordedtime < b.recordedtime ? 1 : -1))
    .slice(0, EVENTS_KEPT);
  const moments = [...before.moments, ...fresh.map(({ recordedtime }) => Date.parse(recordedtime))];
  return { ...before, events, moments: moments.slice(-MOMENTS_KEPT) };
}

function isEvent(data: unknown): data is HouseEvent {
  return typeof data === 'object' && data !== null && 'position' in data && 'recordedtime' in data;
}
