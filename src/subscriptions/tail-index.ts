/**
 * The tails of one tenant, indexed so that an event finds those that want it without asking the others.
 *
 * A tail stands in exactly one index, that of its most selective condition: id, stream, subject, source, type, none.
 * So an event costs a few map look-ups however many tails there are, plus the work for those that stand under its
 * very values; what other conditions they have is checked by the caller.
 */
import type { LogBatch } from '../log/log.ts';
import { matchesType, type TailFilter } from './tail-filter.ts';

export interface Indexed {
  readonly filter: TailFilter;
}

/** Distinct types whose matches are remembered; a tenant that sends more pays a scan of its prefixes for some. */
const TYPES_REMEMBERED_MAX = 2000;

export interface TailIndex<T extends Indexed> {
  readonly size: number;
  add(tail: T): void;
  remove(tail: T): void;
  all(): Iterable<T>;
  /** Calls `visit` for each tail that may want the event; each is visited once. */
  candidates(batch: LogBatch, index: number, visit: (tail: T) => void): void;
}

type EventColumn = 'id' | 'stream' | 'subject';

export function createTailIndex<T extends Indexed>(): TailIndex<T> {
  const tails = new Set<T>();
  const byColumn: Record<EventColumn, Map<string, Set<T>>> = {
    id: new Map(),
    stream: new Map(),
    subject: new Map(),
  };
  const bySource = new Map<string, Set<T>>();
  const typed = new Set<T>();
  const unfiltered = new Set<T>();
  const wantedByType = new Map<string, readonly T[]>();

  /** The set that holds `tail`, made when it does not exist. */
  function homeOf(tail: T): Set<T> {
    for (const column of EVENT_COLUMNS) {
      const value = tail.filter[column];
      if (value !== undefined) return setUnder(byColumn[column], value);
    }
    if (tail.filter.source !== undefined) return setUnder(bySource, tail.filter.source);
    return tail.filter.type === undefined ? unfiltered : typed;
  }

  function typedTails(type: string): readonly T[] {
    const known = wantedByType.get(type);
    if (known !== undefined) return known;
    const found = [...typed].filter(
      ({ filter }) => filter.type !== undefined && matchesType(filter.type, type),
    );
    if (wantedByType.size >= TYPES_REMEMBERED_MAX) wantedByType.clear();
    wantedByType.set(type, found);
    return found;
  }

  return {
    get size() {
      return tails.size;
    },
    add(tail) {
      tails.add(tail);
      homeOf(tail).add(tail);
      wantedByType.clear();
    },
    remove(tail) {
      if (!tails.delete(tail)) return;
      homeOf(tail).delete(tail);
      wantedByType.clear();
      for (const column of EVENT_COLUMNS) dropEmpty(byColumn[column], tail.filter[column]);
      dropEmpty(bySource, tail.filter.source);
    },
    all: () => tails,
    candidates(batch, index, visit) {
      for (const tail of unfiltered) visit(tail);
      if (typed.size > 0) for (const tail of typedTails(batch.typeAt(index))) visit(tail);
      if (bySource.size > 0) bySource.get(batch.sourceAt(index))?.forEach(visit);
      for (const column of EVENT_COLUMNS) {
        const under = byColumn[column];
        if (under.size === 0) continue;
        const value = batch.eventAt(index)?.[column];
        if (value !== undefined && value !== null) under.get(value)?.forEach(visit);
      }
    },
  };
}

/** Most selective first. */
const EVENT_COLUMNS: readonly EventColumn[] = ['id', 'stream', 'subject'];

function setUnder<T>(map: Map<string, Set<T>>, value: string): Set<T> {
  let set = map.get(value);
  if (set === undefined) map.set(value, (set = new Set()));
  return set;
}

function dropEmpty<T>(map: Map<string, Set<T>>, value: string | undefined): void {
  if (value !== undefined && map.get(value)?.size === 0) map.delete(value);
}
