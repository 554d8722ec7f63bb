/** Which rows of a table are in the document. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useLayoutEffect } from 'react';

export interface ShownRow {
  readonly index: number;
  /** Pixels from the first row; null when rows simply follow each other. */
  readonly start: number | null;
}

export interface ShownRows {
  readonly items: readonly ShownRow[];
  readonly totalHeight: number | null;
  scrollTo(index: number): void;
  readonly measure: ((element: HTMLElement | null) => void) | null;
}

/** Up to here all rows are in the document: the browser's own search finds them. */
const PLAIN_ROWS_MAX = 60;
/** Rows beside the visible ones, so that a flick of the wheel shows no gap. */
const OVERSCAN = 6;
const CARD_HEIGHT_PX = 104;
/** More rows are asked for when so few are left below. */
const NEAR_END_ROWS = 12;

export function useShownRows(input: {
  readonly count: number;
  readonly scroller: HTMLDivElement | null;
  readonly rowHeight: number;
  readonly isCards: boolean;
  readonly loadMore: (() => void) | undefined;
}): ShownRows {
  const { count, scroller, rowHeight, isCards, loadMore } = input;
  const isPlain = count <= PLAIN_ROWS_MAX;
  // Nothing here is memoized by a compiler, which is what the rule fears for.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: isPlain ? 0 : count,
    getScrollElement: () => scroller,
    estimateSize: () => (isCards ? CARD_HEIGHT_PX : rowHeight),
    overscan: OVERSCAN,
    // Within the event of a scroll, rows, their layout and their painting would be one task of the browser.
    useFlushSync: false,
    // The head sticks above the rows.
    scrollPaddingStart: isCards ? 0 : 36,
  });
  // Heights of cards are measured and kept: what was measured before is wrong once rows are lines, and the other way.
  useLayoutEffect(() => virtual.measure(), [virtual, isCards, rowHeight]);
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const more = useEffectEvent(() => loadMore?.());
  const isNearEnd = !isPlain && loadMore !== undefined && last >= count - NEAR_END_ROWS;
  useEffect(() => {
    if (isNearEnd) more();
  }, [isNearEnd, count]);
  if (isPlain)
    return {
      items: Array.from({ length: count }, (_, index) => ({ index, start: null })),
      totalHeight: null,
      scrollTo: () => undefined,
      measure: null,
    };
  return {
    items: shown.map(({ index, start }) => ({ index, start })),
    totalHeight: virtual.getTotalSize(),
    scrollTo: (index) => virtual.scrollToIndex(index),
    measure: isCards ? virtual.measureElement : null,
  };
}
