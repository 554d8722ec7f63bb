/**
 * Parts of the events that the filter line asks for: pages of the interface, as many as it takes to find some that have
 * the words that are looked for, which only the reader knows.
 */
import type { Operations } from '../../../../src/client/client.ts';

export type EventsPage = Operations['GET /v1/events']['answer'];
export type EventJson = EventsPage['events'][number];
export type EventOrder = 'newest' | 'oldest';

export interface PageQuery {
  readonly after?: string;
  readonly limit: number;
}

/** Reads one page of the events asked for. */
export type ReadPage = (query: PageQuery) => Promise<EventsPage>;

export interface Part {
  /** Those wanted, in the order of the pages. */
  readonly events: readonly EventJson[];
  /** How many were looked at. */
  readonly looked: number;
  /** Where it goes on; null at the end. */
  readonly next: string | null;
  /** Where a tail joins the newest of these events without a gap; null when it cannot. */
  readonly tailCursor: string | null;
}

const PAGE_EVENTS = 200;
const WANTED_EVENTS = 100;
/** Pages in one go when few of their events are wanted; about a second of reading. */
const PAGES_MAX = 25;

export async function readPart(
  read: ReadPage,
  after: string | null,
  isWanted: (event: EventJson) => boolean,
): Promise<Part> {
  const events: EventJson[] = [];
  let looked = 0;
  let next = after;
  let tailCursor: string | null = null;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const found = await read({ limit: PAGE_EVENTS, ...(next === null ? {} : { after: next }) });
    events.push(...found.events.filter(isWanted));
    looked += found.events.length;
    tailCursor ??= found.newer ?? null;
    if (!found.more) return { events, looked, next: null, tailCursor };
    next = found.next;
    if (events.length >= WANTED_EVENTS) break;
  }
  return { events, looked, next, tailCursor };
}
