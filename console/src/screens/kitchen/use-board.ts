/** The board of a station: tickets as they are, the server's clock, and bumps that are on their way. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { useRead } from '../../api/api.ts';
import { useNow } from '../../design/texts.tsx';
import { useRefresh } from '../floor/use-refresh.ts';
import { shaped } from '../order/order-types.ts';
import { freshIds, inOrder, type BoardAnswer, type DayCount, type Ticket } from './board-state.ts';
import { playTone } from './sound.ts';

/** Beside the feed: it also notices a business day that ended. */
const READ_AGAIN_MS = 30_000;
const CLOCK_MS = 1000;

export interface BoardRead {
  readonly board: BoardAnswer | null;
  readonly tickets: readonly Ticket[];
  readonly counts: readonly DayCount[];
  /** By the server's clock. */
  readonly nowMs: number;
  readonly error: CallFailed | null;
  readAgain(): void;
}

/** `isLive`: false for a screen that is told of changes otherwise, since browsers open few connections to one server. */
export function useBoard(
  locationId: string | null,
  { stationId, isLive = true }: { readonly stationId: string; readonly isLive?: boolean },
): BoardRead {
  const query = {
    locationId: locationId ?? '',
    stationId: stationId === '' ? undefined : stationId,
  };
  const options = { enabled: locationId !== null, everyMs: READ_AGAIN_MS, keep: true };
  const { data, dataUpdatedAt, error, refetch } = useRead(
    'GET /v1/orders/kitchen/board',
    { query },
    options,
  );
  const allDay = useRead('GET /v1/orders/kitchen/all-day', { query }, options);
  useRefresh(
    'GET /v1/orders/tickets/live',
    { query: { ...query, limit: 1 } },
    {
      again: ['GET /v1/orders/kitchen/board', 'GET /v1/orders/kitchen/all-day'],
      enabled: locationId !== null && isLive,
    },
  );
  const board = data === undefined ? null : shaped<BoardAnswer>(data);
  // The difference between both clocks, taken when the answer came.
  const aheadMs = board === null ? 0 : Date.parse(board.serverTime) - dataUpdatedAt;
  const tickets = useMemo(() => inOrder(board?.tickets ?? []), [board]);
  return {
    board,
    tickets,
    counts: shaped<readonly DayCount[]>(allDay.data?.items ?? []),
    nowMs: useNow(CLOCK_MS) + aheadMs,
    error,
    readAgain: () => void refetch(),
  };
}

/** Plays a tone for tickets that came after the board was opened. */
export function useTone(
  tickets: readonly Ticket[],
  { isOn, isLoaded }: { readonly isOn: boolean; readonly isLoaded: boolean },
): void {
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (!isLoaded) return;
    if (known.current !== null && isOn && freshIds(known.current, tickets).length > 0) playTone();
    known.current = new Set(tickets.map(({ id }) => id));
  }, [tickets, isOn, isLoaded]);
}

/** Tickets that were just bumped: hidden until the server says the same, shown again when it refused. */
export function useBumped(): readonly [
  ReadonlySet<string>,
  (id: string, isBumped: boolean) => void,
] {
  const [bumped, setBumped] = useState<ReadonlySet<string>>(new Set());
  const set = (id: string, isBumped: boolean): void =>
    setBumped((now) => {
      const next = new Set(now);
      if (isBumped) next.add(id);
      else next.delete(id);
      return next;
    });
  return [bumped, set];
}
