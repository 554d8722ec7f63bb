/** The basket of one order or table: it survives moves between screens and a reload of the tab. */
import { useCallback, useState } from 'react';
import type { BasketLine } from './basket.ts';

const KEPT_AS = 'comptoir.basket.';

export interface Basket {
  readonly lines: readonly BasketLine[];
  set(change: (lines: readonly BasketLine[]) => readonly BasketLine[]): void;
}

/** `of`: the order's id, or the place where a new one begins. */
export function useBasket(of: string): Basket {
  const name = KEPT_AS + of;
  const [kept, setKept] = useState(() => ({ name, lines: read(name) }));
  const now = kept.name === name ? kept : { name, lines: read(name) };
  const set = useCallback(
    (change: (lines: readonly BasketLine[]) => readonly BasketLine[]) => {
      setKept((before) => {
        const lines = change(before.name === name ? before.lines : read(name));
        if (lines.length === 0) sessionStorage.removeItem(name);
        else sessionStorage.setItem(name, JSON.stringify(lines));
        return { name, lines };
      });
    },
    [name],
  );
  return { lines: now.lines, set };
}

function read(name: string): readonly BasketLine[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(name) ?? '[]');
    // safe because only this hook writes under names that begin like this
    return Array.isArray(kept) ? (kept as readonly BasketLine[]) : [];
  } catch {
    return [];
  }
}
