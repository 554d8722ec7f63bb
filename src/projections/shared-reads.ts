import type { LogBatch, LogReader } from '../log/log.ts';

/**
 * Reads of one bucket, shared by everything that follows it: readers at the same position get the same decoded
 * batches, and at the head as the process knows it nobody is asked. Nothing is kept beyond what a reader still holds.
 */
export class SharedReads {
  readonly #log: LogReader;
  readonly #bucket: number;
  readonly #types: ReadonlySet<string> | undefined;
  readonly #underWay = new Map<string, Promise<readonly LogBatch[]>>();
  #last: { readonly asked: string; readonly batches: WeakRef<readonly LogBatch[]> } | null = null;

  /** `types`: all that any reader of the bucket looks at. */
  constructor(log: LogReader, bucket: number, types?: ReadonlySet<string>) {
    this.#log = log;
    this.#bucket = bucket;
    this.#types = types;
  }

  get knownHead(): bigint {
    return this.#log.knownHead(this.#bucket);
  }

  /** As `LogReader.readBatches`. */
  after(position: bigint, eventsMax: number): Promise<readonly LogBatch[]> {
    if (position >= this.#log.knownHead(this.#bucket)) return Promise.resolve([]);
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
    const batches = await this.#log.readBatches(this.#bucket, position, {
      eventsMax,
      types: this.#types,
    });
    if (batches.length > 0) this.#last = { asked, batches: new WeakRef(batches) };
    return batches;
  }
}
