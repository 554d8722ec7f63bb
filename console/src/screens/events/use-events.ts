/** The events that the filter line asks for, newest or oldest first, as far as they were read. */
import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { client } from '../../api/api.ts';
import { eventWords } from '../../words/event-words.ts';
import { useLanguage } from '../../words/language.ts';
import type { Language } from '../../words/define-words.ts';
import { holdsWords, type EventQuestion } from './filter-language.ts';
import {
  newestPlace,
  readOlder,
  type EventJson,
  type OlderPlace,
  type ReadEvents,
  type ReadPage,
} from './read-events.ts';

export type EventOrder = 'newest' | 'oldest';

/** Where a part begins: a place among the newer ones, or a cursor among the older ones. */
type Place = { readonly older: OlderPlace } | { readonly after: string | null };

interface Part {
  readonly events: readonly EventJson[];
  readonly looked: number;
  readonly next: Place | null;
  readonly tailCursor: string | null;
}

/** A browser holds these without trouble; whoever needs more narrows the filter. */
export const EVENTS_HELD_MAX = 20_000;
const PAGE_EVENTS = 500;
const PAGES_IN_ONE_GO = 10;

export interface EventsRead {
  readonly events: readonly EventJson[];
  readonly looked: number;
  readonly hasMore: boolean;
  readonly isFull: boolean;
  readonly isLoading: boolean;
  readonly isLoadingMore: boolean;
  readonly error: CallFailed | null;
  /** Behind everything that was there when the newest were read. */
  readonly tailCursor: string | null;
  loadMore(): void;
  readAgain(): void;
}

export function useEvents(question: EventQuestion, order: EventOrder): EventsRead {
  const language = useLanguage();
  const key = JSON.stringify(question);
  const list = useInfiniteQuery<
    Part,
    CallFailed,
    InfiniteData<Part>,
    readonly unknown[],
    Place | null
  >({
    queryKey: ['GET /v1/events', 'explorer', order, key],
    initialPageParam: null,
    // What is recorded does not change; newer events come by the tail.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    queryFn: ({ pageParam, signal }) =>
      readPart({ question, order, place: pageParam, language, signal }),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const pages = list.data?.pages;
  const events = useMemo(() => pages?.flatMap((part) => part.events) ?? [], [pages]);
  return {
    events,
    looked: pages?.reduce((sum, { looked }) => sum + looked, 0) ?? 0,
    hasMore: list.hasNextPage && events.length < EVENTS_HELD_MAX,
    isFull: list.hasNextPage && events.length >= EVENTS_HELD_MAX,
    isLoading: list.isLoading,
    isLoadingMore: list.isFetchingNextPage,
    error: list.error,
    tailCursor: pages?.[0]?.tailCursor ?? null,
    loadMore: () => void list.fetchNextPage(),
    readAgain: () => void list.refetch(),
  };
}

async function readPart({
  question,
  order,
  place,
  language,
  signal,
}: {
  readonly question: EventQuestion;
  readonly order: EventOrder;
  readonly place: Place | null;
  readonly language: Language;
  readonly signal: AbortSignal;
}): Promise<Part> {
  const { query, fromMs, toMs, words } = question;
  const read: ReadPage = async (page) =>
    (await client.call('GET /v1/events', { query: { ...query, ...page }, signal })).body;
  const isWanted = (event: EventJson): boolean =>
    holdsWords(event, words.length === 0 ? '' : eventWords(event, language), words);
  if (order === 'oldest') {
    const after = place !== null && 'after' in place ? place.after : null;
    return readNewer(read, { after, fromMs, toMs }, isWanted);
  }
  const older =
    place !== null && 'older' in place ? place.older : newestPlace({ toMs, nowMs: Date.now() });
  const part: ReadEvents = await readOlder(read, { place: older, fromMs }, isWanted);
  return { ...part, next: part.next === null ? null : { older: part.next } };
}

async function readNewer(
  read: ReadPage,
  from: {
    readonly after: string | null;
    readonly fromMs: number | null;
    readonly toMs: number | null;
  },
  isWanted: (event: EventJson) => boolean,
): Promise<Part> {
  const events: EventJson[] = [];
  let { after } = from;
  let looked = 0;
  for (let page = 0; page < PAGES_IN_ONE_GO; page += 1) {
    const found = await read({
      limit: PAGE_EVENTS,
      ...(after === null ? {} : { after }),
      ...(from.fromMs === null ? {} : { from: new Date(from.fromMs).toISOString() }),
      ...(from.toMs === null ? {} : { to: new Date(from.toMs).toISOString() }),
    });
    looked += found.events.length;
    events.push(...found.events.filter(isWanted));
    after = found.next;
    if (!found.more) return { events, looked, next: null, tailCursor: found.next };
    if (events.length > 0) break;
  }
  return { events, looked, next: { after }, tailCursor: null };
}
