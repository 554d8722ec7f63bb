import { ExactTable } from './exact-table.ts';
import { RunProbe } from './run-filter.ts';
import { type SealedRun, SealedRuns } from './sealed-runs.ts';

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
    const held = [...this.buckets].sort((a, b) => b.exactBytes - a.exactBytes);
    let bytes = held.reduce((sum, keys) => sum + keys.exactBytes, 0);
    for (const keys of held)
      while (bytes > EXACT_BYTES_MAX && keys.sealedSegments > 0) bytes -= keys.dropOldestSealed();
  }

  /** Keys of the other buckets that are certainly newer than a recorded time, counted by whole runs. */
  keysElsewhere(own: BucketKeys, recordedAtMicros: number): number {
    let keys = 0;
    for (const bucket of this.buckets)
      if (bucket !== own) keys += bucket.keysNewerThan(recordedAtMicros);
    return keys;
  }
}

/**
 * Keys an exact table takes before the next one is begun, and what is sealed into one run. Each table costs every look-up
 * a cache miss (about 30 ns), and sealing one takes memory by its size: with 2^20 a soak peaked at 510 MB, with 2^19 at 385.
 */
export const SEGMENT_KEYS_MAX = 1 << 18;
/** With many busy buckets segments are smaller, so that all tables together stay within EXACT_BYTES_MAX. */
const SEGMENT_KEYS_MIN = 1 << 16;
/** Keys of one segment of every bucket taken together. */
const SEGMENT_KEYS_TOTAL = 1 << 20;
/** Memory of all exact tables, above which sealed ones go: about half a million of the newest keys stay. */
const EXACT_BYTES_MAX = 14 * 1024 * 1024;

/** Keys of one segment while `buckets` buckets are written to. */
export function segmentKeys(buckets: number): number {
  const share = Math.floor(SEGMENT_KEYS_TOTAL / Math.max(1, buckets));
  return Math.min(SEGMENT_KEYS_MAX, Math.max(SEGMENT_KEYS_MIN, share));
}

/** One is enough: filters are asked without waiting in between. */
const probe = new RunProbe();

interface Segment {
  readonly table: ExactTable;
  readonly after: number;
  through: number;
}

/**
 * Which keys one bucket holds, as far as the dedupe window reaches, as of `known`.
 *
 * Tiers, newest first: exact tables of the keys that are not sealed yet (and of the newest sealed ones while memory
 * allows), then runs in the database behind a filter each. A look-up gives candidates; the caller verifies each
 * against the stored event before it calls anything a duplicate.
 */
export class BucketKeys {
  /** Every position up to here is covered. */
  known: number;
  #segments: Segment[] = [];
  #runs = new SealedRuns([]);
  readonly #window: DedupeWindow;

  constructor(known: number, window: DedupeWindow) {
    this.known = known;
    this.#window = window;
    window.buckets.add(this);
  }

  /** A run is newer as a whole when the one before it ended later: a quiet bucket's may have begun weeks ago. */
  keysNewerThan(recordedAtMicros: number): number {
    let keys = 0;
    let before: SealedRun | null = null;
    for (const run of this.#runs.all) {
      if (before !== null && before.lastRecordedAt > recordedAtMicros) keys += run.entryCount;
      before = run;
    }
    return keys;
  }

  get runs(): readonly SealedRun[] {
    return this.#runs.all;
  }

  get sealedThrough(): number {
    return this.#runs.all.at(-1)?.lastPosition ?? 0;
  }

  get memoryBytes(): number {
    return this.#runs.filterBytes + this.exactBytes;
  }

  /** Notes the key of the next position; positions come in order without a gap. */
  add(high: number, low: number, position: number): void {
    let segment = this.#segments.at(-1);
    if (!segment || segment.table.size >= segmentKeys(this.#window.buckets.size)) {
      segment = {
        table: new ExactTable(position - 1, segment?.table.size ?? 0),
        after: position - 1,
        through: position - 1,
      };
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
    // Read before runs that another call has adopted meanwhile: exact tables that those cover may be gone.
    if ((runs.at(-1)?.lastPosition ?? 0) < this.sealedThrough) return;
    this.#runs = new SealedRuns(this.#withinWindow(runs, nowMicros));
    const sealed = this.sealedThrough;
    if (this.known < sealed) {
      this.#segments = [];
      this.known = sealed;
    }
    this.#window.dropSurplus();
  }

  /** Of all runs of the bucket, those that hold a key younger than the time floor or among the newest `keysMax`. */
  #withinWindow(runs: readonly SealedRun[], nowMicros: number): SealedRun[] {
    const { windowMicros, keysMax } = this.#window;
    const sealed = runs.at(-1)?.lastPosition ?? 0;
    let newer = this.#segments.reduce(
      (sum, { table, after }) => sum + (after >= sealed ? table.size : 0),
      0,
    );
    return runs
      .toReversed()
      .filter((run, index) => {
        const { lastRecordedAt, entryCount } = run;
        const isHeld =
          // The newest run always stays: it says how far keys are sealed.
          index === 0 ||
          lastRecordedAt >= nowMicros - windowMicros ||
          newer + this.#window.keysElsewhere(this, lastRecordedAt) < keysMax;
        newer += entryCount;
        return isHeld;
      })
      .reverse();
  }

  /** Sealed segments held as exact tables. */
  get sealedSegments(): number {
    const sealed = this.sealedThrough;
    return this.#segments.reduce((count, { through }) => count + (through <= sealed ? 1 : 0), 0);
  }

  /** Returns the bytes it freed. */
  dropOldestSealed(): number {
    const oldest = this.#segments.shift();
    const freed = oldest?.table.bytes ?? 0;
    oldest?.table.release();
    return freed;
  }

  get exactBytes(): number {
    return this.#segments.reduce((sum, { table }) => sum + table.bytes, 0);
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
    probe.set(high, low);
    this.#runs.candidates(probe, this.#segments[0]?.after ?? Number.MAX_SAFE_INTEGER, into);
  }

  /** Groups filters as far as there are enough in a row. `breathe` is awaited now and then. */
  async groupFilters(breathe: () => Promise<unknown>): Promise<void> {
    for (;;) {
      const grouped = await this.#runs.nextGroup(breathe);
      if (grouped === null) return;
      this.#runs = this.#runs.withGroup(grouped);
    }
  }
}
