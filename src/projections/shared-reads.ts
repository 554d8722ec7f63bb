import type { LogBatch, LogReader } from '../log/log.ts';

/**
 * Reads of one bucket, shared by everything that follows it: readers at the same position get the same decoded
 * batches, and a position known to be the head is not asked for again before the next wake-up. Nothing is kept beyond
 * what a reader still holds.
 */
export class SharedReads {
  readonly #log: LogReader;
  readonly #bucket: number;
  readonly #types: ReadonlySet<string> | undefined;
  readonly #underWay = new Map<string, Promise<readonly LogBatch[]>>();
  #last: { readonly asked: string; readonly batches: WeakRef<readonly LogBatch[]> } | null = null;
  #head: bigint | null = null;
  #wakes = 0;

  /** `types`: all that any reader of the bucket looks at. */
  constructor(log: LogReader, bucket: number, types?: ReadonlySet<string>) {
    this.#log = log;
    this.#bucket = bucket;
    this.#types = types;
  }

  /** To be called at every wake-up: what was the head need not be any more. */
  wake(): void {
    this.#wakes += 1;
    this.#head = null;
  }

  /** As `LogReader.readBatches`. */
  after(position: bigint, eventsMax: number): Promise<readonly LogBatch[]> {
    if (this.#head === position) return Promise.resolve([]);
    const asked = `${position} ${eventsMax}`;
    const kept = this.#last?.asked === asked ? this.#last.batches.deref() : undefined;
    if (kept !== undefined) return Promise.resolve(kept);
    const shared = this.#underWay.get(asked);
    if (shared !== undefined) return shared;
    const reading = this.#read(position, { eventsMax, asked }).finally(() => {
      this.#underWay.delete(asked);
    });
    this.#underWay.set(asked, reading);
    return reading;
  }

  /** Drops what was read: a person was erased. */
  forget(): void {
    this.#last = null;
    this.#underWay.clear();
  }

  async #read(
    position: bigint,
    { eventsMax, asked }: { readonly eventsMax: number; readonly asked: string },
  ): Promise<readonly LogBatch[]> {
    const wakes = this.#wakes;
    const batches = await this.#log.readBatches(this.#bucket, position, {
      eventsMax,
      types: this.#types,
    });
    if (batches.length > 0) this.#last = { asked, batches: new WeakRef(batches) };
    // An append that woke us meanwhile may be missing from what was read.
    else if (wakes === this.#wakes) this.#head = position;
    return batches;
  }
}
