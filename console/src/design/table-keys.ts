/** Moving between the rows of a table by keys: one row is the stop of the tab key. */
import { useState, type KeyboardEvent } from 'react';

export interface RowKeys {
  /** Index of the row that takes the focus by tab. */
  readonly stop: number;
  setStop(index: number): void;
  onKeyDown(press: KeyboardEvent<HTMLElement>): void;
}

const PAGE_ROWS = 10;

/** Where a key leads from a row; null for keys that do not move. */
export function rowAfter(
  key: string,
  from: number,
  { count }: { readonly count: number },
): number | null {
  const to: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + PAGE_ROWS,
    PageUp: from - PAGE_ROWS,
    Home: 0,
    End: count - 1,
  };
  const next = to[key];
  return next === undefined ? null : Math.min(count - 1, Math.max(0, next));
}

export function useRowKeys(input: {
  readonly count: number;
  readonly scroller: HTMLDivElement | null;
  scrollTo(index: number): void;
}): RowKeys {
  const { count, scroller, scrollTo } = input;
  const [wanted, setStop] = useState(0);
  const stop = Math.min(wanted, Math.max(0, count - 1));
  return {
    stop,
    setStop,
    onKeyDown: (press) => {
      const isInField =
        press.target instanceof HTMLElement &&
        press.target.matches('input:not([type=checkbox]), textarea, select');
      const next = isInField ? null : rowAfter(press.key, stop, { count });
      if (next === null) return;
      press.preventDefault();
      setStop(next);
      scrollTo(next);
      focusRow(scroller, next);
    },
  };
}

/** A row that was scrolled to comes into the document within a frame or two. */
const FRAMES_MAX = 10;

function focusRow(scroller: HTMLDivElement | null, index: number, frames = FRAMES_MAX): void {
  requestAnimationFrame(() => {
    const row = scroller?.querySelector<HTMLElement>(`[data-row="${String(index)}"]`);
    if (row === undefined || row === null) {
      if (frames > 0) focusRow(scroller, index, frames - 1);
      return;
    }
    row.focus();
    row.scrollIntoView({ block: 'nearest' });
  });
}
