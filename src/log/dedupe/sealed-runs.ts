/** Runs of a bucket and the filters in front of them: eight are asked at once where eight in a row are of one shape. */
import type { RunFilter, RunProbe } from './run-filter.ts';
import { canBeGrouped, GROUPED_FILTERS, RunFilterGroup } from './run-filter-group.ts';

export interface SealedRun {
  readonly firstPosition: number;
  readonly lastPosition: number;
  /** Recorded time of its newest event, microseconds since the epoch. */
  readonly lastRecordedAt: number;
  readonly entryCount: number;
  /** Null while it is not loaded: every key may be in the run then. */
  readonly filter: RunFilter | GroupedFilter | null;
}

export interface GroupedFilter {
  readonly group: RunFilterGroup;
  /** Which of the group's filters it is. */
  readonly slot: number;
}

/** A run by itself, or those of one group: which left the window are missing. */
type Lot =
  | { readonly run: SealedRun; readonly filter: RunFilter | null }
  | { readonly group: RunFilterGroup; readonly bySlot: Map<number, SealedRun> };

export class SealedRuns {
  /** By position. */
  readonly all: readonly SealedRun[];
  readonly #lots: readonly Lot[];

  constructor(all: readonly SealedRun[]) {
    this.all = all;
    this.#lots = lotsOf(all);
  }

  get filterBytes(): number {
    return this.#lots.reduce(
      (sum, lot) => sum + ('group' in lot ? lot.group.bytes : (lot.filter?.bytes ?? 0)),
      0,
    );
  }

  /** Runs that begin at `firstMax` or before and may hold the key, oldest first; pushed to `into`. */
  candidates(probe: RunProbe, firstMax: number, into: SealedRun[]): void {
    for (const lot of this.#lots)
      if ('group' in lot) {
        const matching = lot.group.matching(probe);
        if (matching !== 0) pushMatching(lot.bySlot, { matching, firstMax }, into);
      } else if (
        lot.run.firstPosition <= firstMax &&
        (lot.filter === null || lot.filter.mayContain(probe))
      )
        into.push(lot.run);
  }

  /** Groups the filters of the first eight runs in a row that have filters of one shape; null when there are none. */
  async nextGroup(breathe: () => Promise<unknown>): Promise<FiltersInGroup | null> {
    const filters = groupable(this.all);
    if (filters === null) return null;
    const group = await RunFilterGroup.of(filters, breathe);
    return new Map(filters.map((filter, slot) => [filter, { group, slot }]));
  }

  /** The same runs; those of the group that are gone meanwhile are not missed. */
  withGroup(grouped: FiltersInGroup): SealedRuns {
    return new SealedRuns(
      this.all.map((run) => {
        const filter = isSingle(run.filter) ? grouped.get(run.filter) : undefined;
        return filter === undefined ? run : { ...run, filter };
      }),
    );
  }
}

/** Where filters by themselves are to be found from now on. */
type FiltersInGroup = ReadonlyMap<RunFilter, GroupedFilter>;

function pushMatching(
  bySlot: ReadonlyMap<number, SealedRun>,
  found: { readonly matching: number; readonly firstMax: number },
  into: SealedRun[],
): void {
  for (let slot = 0; slot < GROUPED_FILTERS; slot++) {
    if (((found.matching >>> slot) & 1) === 0) continue;
    const run = bySlot.get(slot);
    if (run !== undefined && run.firstPosition <= found.firstMax) into.push(run);
  }
}

function isSingle(filter: SealedRun['filter']): filter is RunFilter {
  return filter !== null && !('group' in filter);
}

/** Groups are of neighbours, so that lots are in the order of positions too. */
function lotsOf(runs: readonly SealedRun[]): Lot[] {
  const lots: Lot[] = [];
  for (const run of runs) {
    const { filter } = run;
    if (filter === null || isSingle(filter)) {
      lots.push({ run, filter });
      continue;
    }
    const last = lots.at(-1);
    if (last !== undefined && 'group' in last && last.group === filter.group)
      last.bySlot.set(filter.slot, run);
    else lots.push({ group: filter.group, bySlot: new Map([[filter.slot, run]]) });
  }
  return lots;
}

/** The filters of the first eight neighbours that can be grouped. */
function groupable(runs: readonly SealedRun[]): RunFilter[] | null {
  let row: RunFilter[] = [];
  for (const { filter } of runs) {
    if (!isSingle(filter)) row = [];
    else if (canBeGrouped([...row, filter])) row.push(filter);
    else row = [filter];
    if (row.length === GROUPED_FILTERS) return row;
  }
  return null;
}
