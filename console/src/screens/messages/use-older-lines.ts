/** Lines of a conversation before those its state holds, read from what it was at earlier versions. */
import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../api/api.ts';
import type { CallFailed } from '../../../../src/client/client.ts';
import { shaped } from '../order/order-types.ts';
import { LINES_MAX, olderLines, type Conversation, type Line } from './conversation-types.ts';

export interface OlderLines {
  /** Oldest first, before those of the conversation. */
  readonly lines: readonly Line[];
  readonly isLoading: boolean;
  readonly error: CallFailed | null;
  /** Undefined when there are none. */
  readonly loadMore: (() => void) | undefined;
}

interface State {
  readonly version: number;
  readonly lines: readonly Line[];
}

interface Step {
  /** As the conversation was then. */
  readonly state: State;
  /** Those that a later state did not hold. */
  readonly older: readonly Line[];
  /** What the first step began at: lines that come meanwhile push its first ones out of the newest state. */
  readonly base: readonly Line[];
}

/** Looks back so many times for lines, where much else happened, before it is asked for again. */
const STEPS_MAX = 10;

/**
 * One event adds one line at most and a state holds LINES_MAX, so a state LINES_MAX versions earlier leaves no line out:
 * it ends at or after the line before those that are known.
 */
export function useOlderLines({ id, version, lines }: Conversation, at: string | null): OlderLines {
  const isCut = lines.length >= LINES_MAX;
  const read = useInfiniteQuery<Step, CallFailed, InfiniteData<Step>, readonly unknown[], State>({
    queryKey: ['GET /v1/messages/conversations/{id}', { older: id, at }],
    // Nothing is read before somebody asks for it.
    enabled: false,
    // What was said does not change; what was erased is read again with the page.
    staleTime: Number.POSITIVE_INFINITY,
    initialPageParam: { version, lines },
    queryFn: ({ pageParam, signal }) => stepBack(id, pageParam, signal),
    getNextPageParam: ({ state }) => (state.version <= 1 ? undefined : state),
  });
  const steps = read.data?.pages;
  const older = useMemo(() => {
    const found = steps?.toReversed().flatMap((step) => step.older) ?? [];
    return [...found, ...(steps?.[0]?.base ?? [])];
  }, [steps]);
  const isOver = steps !== undefined && !read.hasNextPage;
  return {
    lines: useMemo(() => olderLines(older, lines), [older, lines]),
    isLoading: read.isFetching,
    error: read.error,
    loadMore:
      !isCut || isOver
        ? undefined
        : () => void (steps === undefined ? read.refetch() : read.fetchNextPage()),
  };
}

/** The lines that came before those known; goes further back where only other things happened. */
async function stepBack(id: string, from: State, signal: AbortSignal): Promise<Step> {
  let state = from;
  for (let step = 0; step < STEPS_MAX && state.version > 1; step += 1) {
    const version = Math.max(1, state.version - LINES_MAX);
    const { body } = await client.call('GET /v1/messages/conversations/{id}', {
      params: { id },
      query: { version },
      signal,
    });
    const { lines } = shaped<Conversation>(body);
    const older = olderLines(lines, state.lines);
    state = { version, lines };
    if (older.length > 0) return { state, older, base: from.lines };
  }
  return { state, older: [], base: from.lines };
}
