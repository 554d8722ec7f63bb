/** The events that the filter line asks for, newest or oldest first, as far as they were read. */
import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { client } from '../../api/api.ts';
import { eventWords } from '../../words/event-words.ts';
import { useLanguage } from '../../words/language.ts';
import { holdsWords, type EventQuestion } from './filter-language.ts';
import { readPart, type EventJson, type EventOrder, type Part } from './read-events.ts';

/** A browser holds these without trouble; whoever needs more narrows the filter. */
export const EVENTS_HELD_MAX = 20_000;

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
    string | null
  >({
    queryKey: ['GET /v1/events', 'explorer', order, key],
    initialPageParam: null,
    // What is recorded does not change; newer events come by the tail.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    queryFn: ({ pageParam, signal }) => {
      const { query, fromMs, toMs, words } = question;
      const asked = { ...query, ...boundsOf(fromMs, toMs), order };
      return readPart(
        async (page) =>
          (await client.call('GET /v1/events', { query: { ...asked, ...page }, signal })).body,
        pageParam,
        (event) => holdsWords(event, words.length === 0 ? '' : eventWords(event, language), words),
      );
    },
    getNextPageParam: ({ next }) => next,
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

function boundsOf(fromMs: number | null, toMs: number | null) {
  return {
    ...(fromMs === null ? {} : { from: new Date(fromMs).toISOString() }),
    ...(toMs === null ? {} : { to: new Date(toMs).toISOString() }),
  };
}
