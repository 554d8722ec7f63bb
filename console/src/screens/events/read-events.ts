/**
 * Newest events first, from a server that lists the oldest first: windows of recorded time are read whole, each before
 * the one above it. A window that turns out too full is made shorter, one with little in it is followed by a longer one.
 * What lies between two windows is never skipped, since each begins where the other ends.
 */
import type { Operations } from '../../../../src/client/client.ts';

export type EventsPage = Operations['GET /v1/events']['answer'];
export type EventJson = EventsPage['events'][number];

export interface PageQuery {
  readonly after?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
}

/** Reads one page of the events asked for. */
export type ReadPage = (query: PageQuery) => Promise<EventsPage>;

export interface OlderPlace {
  /** Everything recorded from here on was read. */
  readonly beforeMs: number;
  /** How long the next window is. */
  readonly spanMs: number;
  /** Nothing lies before; null until it was asked for. */
  readonly floorMs: number | null;
}

export interface ReadEvents {
  /** Those wanted, in the order shown. */
  readonly events: readonly EventJson[];
  /** How many were looked at. */
  readonly looked: number;
  /** Where it goes on; null at the end. */
  readonly next: OlderPlace | null;
  /** Behind everything that was there at the first window: where a tail joins without a gap. */
  readonly tailCursor: string | null;
}

const PAGE_EVENTS = 500;
const WANTED_EVENTS = 200;
/** Looked at in one go when few of them are wanted; about a second of reading. */
const LOOKED_MAX = 5000;
const REQUESTS_MAX = 40;
const SPAN_FIRST_MS = 15 * 60_000;
/** A millisecond is what a window cannot be shorter than; what is still too full is read to its end. */
const SPAN_LEAST_MS = 1;
const SPAN_FACTOR = 8;
/** Clocks of the reader and the server may differ. */
const CLOCKS_DIFFER_MS = 120_000;

export function newestPlace(bounds: {
  readonly toMs: number | null;
  readonly nowMs: number;
}): OlderPlace {
  return {
    beforeMs: bounds.toMs ?? bounds.nowMs + CLOCKS_DIFFER_MS,
    spanMs: SPAN_FIRST_MS,
    floorMs: null,
  };
}

export async function readOlder(
  read: ReadPage,
  from: { readonly place: OlderPlace; readonly fromMs: number | null },
  isWanted: (event: EventJson) => boolean,
): Promise<ReadEvents> {
  const floorMs = from.place.floorMs ?? (await floorOf(read, from.fromMs, from.place.beforeMs));
  if (floorMs === null) return { events: [], looked: 0, next: null, tailCursor: null };
  let { beforeMs, spanMs } = from.place;
  const events: EventJson[] = [];
  let looked = 0;
  let tailCursor: string | null = null;
  // From here on there is more than a page before `beforeMs`: longer windows would be too full again.
  let fullSinceMs = Number.POSITIVE_INFINITY;
  for (let request = 0; request < REQUESTS_MAX && beforeMs > floorMs; request += 1) {
    const sinceMs = Math.max(floorMs, beforeMs - spanMs);
    const window = await readWindow(read, {
      sinceMs,
      beforeMs,
      isLast: beforeMs - sinceMs <= SPAN_LEAST_MS,
    });
    if (window === null) {
      fullSinceMs = sinceMs;
      spanMs = Math.max(SPAN_LEAST_MS, Math.floor((beforeMs - sinceMs) / SPAN_FACTOR));
      continue;
    }
    tailCursor ??= window.cursor;
    looked += window.events.length;
    events.push(...window.events.toReversed().filter(isWanted));
    beforeMs = sinceMs;
    spanMs = spanAfter({ spanMs, found: window.events.length, fullMs: beforeMs - fullSinceMs });
    if (events.length >= WANTED_EVENTS || looked >= LOOKED_MAX) break;
  }
  const next = beforeMs > floorMs ? { beforeMs, spanMs, floorMs } : null;
  return { events, looked, next, tailCursor };
}

/**
 * Grown fast through silence and slowly through chatter. `fullMs` of what follows hold more than a page, if positive:
 * then at most half of it is tried, so that the beginning of a burst is found by halving.
 */
function spanAfter(window: {
  readonly spanMs: number;
  readonly found: number;
  readonly fullMs: number;
}): number {
  const { spanMs, found, fullMs } = window;
  const factor = found < 10 ? SPAN_FACTOR : found < PAGE_EVENTS / 3 ? 2 : 1;
  if (fullMs <= 0) return spanMs * factor;
  return Math.max(spanMs, Math.min(spanMs * factor, Math.floor(fullMs / 2)));
}

/** All events of a window, oldest first; null when there are more than a page and it can be made shorter. */
async function readWindow(
  read: ReadPage,
  window: { readonly sinceMs: number; readonly beforeMs: number; readonly isLast: boolean },
): Promise<{ readonly events: readonly EventJson[]; readonly cursor: string } | null> {
  const events: EventJson[] = [];
  const bounds = {
    from: new Date(window.sinceMs).toISOString(),
    to: new Date(window.beforeMs).toISOString(),
  };
  for (let after: string | undefined; ;) {
    const page = await read({
      ...bounds,
      limit: PAGE_EVENTS,
      ...(after === undefined ? {} : { after }),
    });
    events.push(...page.events);
    if (!page.more) return { events, cursor: page.next };
    if (events.length >= PAGE_EVENTS && !window.isLast) return null;
    after = page.next;
  }
}

/** When the oldest event asked for was recorded; null when there is none. Pages may come back empty before it. */
async function floorOf(
  read: ReadPage,
  fromMs: number | null,
  toMs: number,
): Promise<number | null> {
  const from = fromMs === null ? {} : { from: new Date(fromMs).toISOString() };
  const bounds = { ...from, to: new Date(toMs).toISOString(), limit: 1 };
  for (let after: string | undefined, request = 0; request < REQUESTS_MAX; request += 1) {
    const page = await read({ ...bounds, ...(after === undefined ? {} : { after }) });
    const [first] = page.events;
    if (first !== undefined) return Math.floor(Date.parse(first.recordedtime));
    if (!page.more) return null;
    after = page.next;
  }
  return fromMs ?? 0;
}
