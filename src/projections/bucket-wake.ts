/**
 * Wakes the lanes of one bucket after appends. An append is one batch, and of fifty read models a handful want anything
 * of it: the others are moved over it here, in one turn and without a promise, instead of each being woken to find out by
 * itself.
 *
 *   quiet -> appended: at once -> resting WAKE_REST_MS -> appended meanwhile: once more -> ... -> quiet
 */
import type { LogBatch } from '../log/log.ts';
import type { LaneLoop } from './lane-loop.ts';
import { READ_EVENTS_MAX, WAKE_REST_MS } from './limits.ts';
import type { SharedReads } from './shared-reads.ts';

export interface BucketWakeOptions {
  readonly reads: SharedReads;
  /** Up to where nobody needs to be told. */
  readonly from: bigint;
  readonly loops: () => Iterable<LaneLoop>;
}

export class BucketWake {
  readonly #options: BucketWakeOptions;
  #told: bigint;
  #wanted = false;
  #running = false;
  #stopped = false;
  #resting: NodeJS.Timeout | null = null;

  constructor(options: BucketWakeOptions) {
    this.#options = options;
    this.#told = options.from;
  }

  /** What was appended is told soon: at once, unless something was told a moment ago. */
  wake(): void {
    if (this.#stopped) return;
    this.#wanted = true;
    if (!this.#running && this.#resting === null) void this.#tell();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#resting !== null) clearTimeout(this.#resting);
    this.#resting = null;
  }

  async #tell(): Promise<void> {
    this.#wanted = false;
    this.#running = true;
    const batches = await this.#read();
    this.#running = false;
    if (this.#stopped) return;
    if (batches?.length !== 0)
      for (const loop of this.#options.loops())
        if (batches === null || !loop.passOver(batches)) loop.wake();
    this.#told = batches?.at(-1)?.lastPosition ?? this.#told;
    // A read that somebody began before the newest append, or a full one, was not all.
    this.#wanted ||= this.#told < this.#options.reads.knownHead;
    this.#resting = setTimeout(() => {
      this.#resting = null;
      if (this.#wanted) void this.#tell();
    }, WAKE_REST_MS);
  }

  /** Null when the log could not be read, or not from here on: then everybody has to look. */
  async #read(): Promise<readonly LogBatch[] | null> {
    try {
      return await this.#options.reads.after(this.#told, READ_EVENTS_MAX);
    } catch {
      this.#told = this.#options.reads.knownHead;
      return null;
    }
  }
}
