import { ExactTable } from './exact-table.ts';
import type { RunFilter } from './run-filter.ts';

/**
 * Which keys one bucket holds, as far as the dedupe window reaches, as of `known`.
 *
 * Tiers, newest first: exact tables of the keys that are not sealed yet (and of the newest sealed ones while memory
 * allows), then runs in the database behind a filter each. A look-up gives candidates; the caller verifies each
 * against the stored event before it calls anything a duplicate.
 */
export interface SealedRun {
  readonly firstPosition: number;
  readonly lastPosition: number;
  /** Recorded time of its newest event, microseconds since the epoch. */
  readonly lastRecordedAt: number;
  readonly entryCount: number;
  /** Null while it is not loaded: every key may be in the run then. */
  readonly filter: RunFilter | null;
}

/**
 * The dedupe window of the installation: a time floor, and beyond it the newest `keysMax` keys of all buckets that
 * this process writes to.
 */
export class DedupeWindow {
  readonly windowMicros: number;
  readonly keysMax: number;
  readonly buckets = new Set<BucketKeys>();

  constructor(limits: { windowSeconds: number; keysMax: number }) {
    this.windowMicros = limits.windowSeconds * 1_000_000;
    this.keysMax = limits.keysMax;
  }

  /** Keeps the memory of exact tables bounded over all buckets; the bucket that holds most gives first. */
  dropSurplus(): void {
    for (;;) {
      const held = [...this.buckets].sort((a, b) => b.sealedSegments - a.sealedSegments);
      if (held.reduce((sum, keys) => sum + keys.sealedSegments, 0) <= SEALED_SEGMENTS_KEPT) return;
      held[0]?.dropOldestSealed();
    }
  }

  /** Keys of all buckets that are certainly newer than a recorded time, counted by whole runs. */
  keysNewerThan(recordedAtMicros: number): number {
    let keys = 0;
    for (const bucket of this.buckets) keys += bucket.keysNewerThan(recordedAtMicros);
    return keys;
  }
}

/** Keys an exact table takes before the next one is begun; the unit that is sealed into a run. */
export const SEGMENT_KEYS = 1 << 18;
/**
 * Sealed segments that stay exact tables in this process, 6 MB each: the newest two million keys, so that a repeat
 * soon after is settled without the database.
 */
const SEALED_SEGMENTS_KEPT = 7;

interface Segment {
  readonly table: ExactTable;
  readonly after: number;
  through: number;
}

export class BucketKeys {
  /** Every position up to here is covered. */
  known: number;
  #segments: Segment[] = [];
  #runs: readonly SealedRun[] = [];
  readonly #window: DedupeWindow;

  constructor(known: number, window: DedupeWindow) {
    this.known = known;
    this.#window = window;
    window.buckets.add(this);
  }

  keysNewerThan(recordedAtMicros: number): number {
    let keys = 0;
    for (const run of this.#runs) if (run.lastRecordedAt > recordedAtMicros) keys += run.entryCount;
    return keys;
  }

  get unsealedKeys(): number {
    const sealed = this.sealedThrough;
    return this.#segments.reduce(
      (sum, { table, after }) => sum + (after >= sealed ? table.size : 0),
      0,
    );
  }

  get runs(): readonly SealedRun[] {
    return this.#runs;
  }

  get sealedThrough(): number {
    return this.#runs.at(-1)?.lastPosition ?? 0;
  }

  get memoryBytes(): number {
    const exact = this.#segments.reduce((sum, { table }) => sum + table.bytes, 0);
    return this.#runs.reduce((sum, { filter }) => sum + (filter?.bytes ?? 0), exact);
  }

  /** Notes the key of the next position; positions come in order without a gap. */
  add(high: number, low: number, position: number): void {
    let segment = this.#segments.at(-1);
    if (!segment || segment.table.size >= SEGMENT_KEYS) {
      segment = { table: new ExactTable(position - 1), after: position - 1, through: position - 1 };
      this.#segments.push(segment);
    }
    segment.table.add(high, low, position);
    segment.through = position;
    this.known = position;
  }

  /**
   * Replaces the runs by what the database has now and drops exact tables that runs cover. Runs that left the window
   * (older than the time floor and beyond the key budget) are forgotten. `now` is the head's recorded time.
   */
  setRuns(runs: readonly SealedRun[], nowMicros: number): void {
    const floor = nowMicros - this.#window.windowMicros;
    this.#runs = runs;
    // The newest run always stays: it says how far keys are sealed.
    this.#runs = runs.filter(
      (run) =>
        run === runs.at(-1) ||
        run.lastRecordedAt >= floor ||
        this.unsealedKeys + this.#window.keysNewerThan(run.lastRecordedAt) < this.#window.keysMax,
    );
    const sealed = this.sealedThrough;
    if (this.known < sealed) {
      this.#segments = [];
      this.known = sealed;
    }
    this.#window.dropSurplus();
  }

  /** Sealed segments held as exact tables. */
  get sealedSegments(): number {
    const sealed = this.sealedThrough;
    return this.#segments.reduce((count, { through }) => count + (through <= sealed ? 1 : 0), 0);
  }

  dropOldestSealed(): void {
    const [oldest] = this.#segments;
    if (oldest && oldest.through <= this.sealedThrough) this.#segments.shift();
  }

  /** Positions of exact candidates are pushed to `into`; returns their number. */
  exactCandidates(high: number, low: number, into: number[]): number {
    let found = 0;
    for (const { table } of this.#segments) {
      let slot = table.find(high, low, table.first(low));
      while (slot >= 0) {
        into.push(table.positionAt(slot));
        found++;
        slot = table.find(high, low, slot + 1);
      }
    }
    return found;
  }

  /** Runs that may hold the key and are not covered by an exact table; pushed to `into`. */
  runCandidates(high: number, low: number, into: SealedRun[]): void {
    const exactAfter = this.#segments[0]?.after ?? Number.MAX_SAFE_INTEGER;
    for (const run of this.#runs) {
      if (run.firstPosition > exactAfter) continue;
      if (run.filter === null || run.filter.mayContain(high, low)) into.push(run);
    }
  }
}
