/** Where the person works: the locations that they may see, and the one that this computer shows. */
import { useCallback, useSyncExternalStore } from 'react';
import { useRead } from '../../api/api.ts';
import { shaped, type Currency } from '../order/order-types.ts';

export interface Location {
  readonly id: string;
  readonly name: string;
  readonly status: 'open' | 'closed';
  readonly timeZone: string;
  readonly currency: Currency;
  readonly dayCutOff: string;
  readonly languages: readonly string[];
}

export interface Station {
  readonly stationId: string;
  readonly name: string;
  readonly slowAfterSeconds: number;
  readonly lateAfterSeconds: number;
}

export interface Area {
  readonly areaId: string;
  readonly name: string;
}

const KEPT_AS = 'comptoir.location';
const listeners = new Set<() => void>();

export function chooseLocation(id: string): void {
  localStorage.setItem(KEPT_AS, id);
  for (const listener of listeners) listener();
}

function useChosen(): string | null {
  return useSyncExternalStore(
    useCallback((listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    }, []),
    () => localStorage.getItem(KEPT_AS),
  );
}

export interface Locations {
  readonly isLoading: boolean;
  readonly error: Error | null;
  readonly all: readonly Location[];
  /** Null while loading, and where there is none yet. */
  readonly here: Location | null;
}

export function useLocations(): Locations {
  const read = useRead('GET /v1/business/locations', { query: { status: 'open', limit: 100 } });
  const chosen = useChosen();
  const all = shaped<readonly Location[]>(read.data?.items ?? []);
  const here = all.find(({ id }) => id === chosen) ?? all[0] ?? null;
  return { isLoading: read.isPending, error: read.error, all, here };
}

/** The business day that a moment belongs to: the local date, or the one before until the cut-off. */
export function businessDayOf(
  { timeZone, dayCutOff }: Pick<Location, 'timeZone' | 'dayCutOff'>,
  atMs: number,
): string {
  const local = localText(atMs, timeZone);
  if (local.slice(11, 16) >= dayCutOff) return local.slice(0, 10);
  const [year = 0, month = 1, day = 1] = local.slice(0, 10).split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day - 1)).toISOString().slice(0, 10);
}

/** `YYYY-MM-DDTHH:MM` where clocks show this zone. */
function localText(atMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(atMs);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '00';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/**
 * The menu's language is the first one of the place: names on bills and tickets are written in it, and what a waiter taps
 * is to be called as the kitchen calls it.
 */
export function menuLanguage({ languages }: Pick<Location, 'languages'>, reader: string): string {
  return languages[0] ?? reader;
}
