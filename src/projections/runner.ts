/**
 * Keeps one lane for each bucket of every generation that code of this process can fill, and follows what other
 * processes change: a pause, a rebuild, a swap. Once a second it reads the records; everything else is woken.
 */
import type { ReadModel } from '../core/read-model.ts';
import { createEventRecorder } from '../core/record-event.ts';
import { createGenerationKeeper, type GenerationKeeper } from './keep-generations.ts';
import { BucketWake } from './bucket-wake.ts';
import { LaneLoop } from './lane-loop.ts';
import type { ChunkDone } from './lane-options.ts';
import { Lane } from './lane.ts';
import { ADVANCE_MS, BULK_SLOTS, COMPARE_MS, CONTROL_MS, LIVE_SLOTS, LOOK_MS } from './limits.ts';
import type { Generation, ProjectionRecord, ProjectionStore } from './projection-store.ts';
import { SharedReads } from './shared-reads.ts';
import { Slots } from './slots.ts';
import type { RunnerOptions } from './runner-options.ts';

export class Runner {
  readonly #options: RunnerOptions;
  readonly #keeper: GenerationKeeper;
  readonly #loops = new Map<string, LaneLoop[]>();
  readonly #reads: SharedReads[];
  readonly #wakes: BucketWake[];
  readonly #slots = { live: new Slots(LIVE_SLOTS), bulk: new Slots(BULK_SLOTS) };
  #records: ReadonlyMap<string, ProjectionRecord> = new Map();
  #listening: (() => void)[] = [];
  #timers: NodeJS.Timeout[] = [];
  #refreshing: Promise<void> | null = null;
  #advancing: Promise<void> | null = null;
  #comparing: Promise<void> | null = null;
  #stopped = true;

  constructor(options: RunnerOptions) {
    this.#options = options;
    const types = new Set(
      options.models.flatMap(({ on, received }) => [...createEventRecorder(on, received).types]),
    );
    this.#reads = Array.from(
      { length: options.log.bucketCount },
      (_, bucket) => new SharedReads(options.log, bucket, types),
    );
    this.#wakes = this.#reads.map(
      (reads, bucket) =>
        new BucketWake({
          reads,
          from: reads.knownHead,
          loops: () => [...this.#loops.values()].flatMap((loops) => loops[bucket] ?? []),
        }),
    );
    this.#keeper = createGenerationKeeper({ ...options, lanesOf: (of) => this.lanesOf(of) });
  }

  /** The projection as it was last read; at most CONTROL_MS old while the runner runs. */
  record(name: string): ProjectionRecord | undefined {
    return this.#records.get(name);
  }

  lanesOf({ name, generation }: Pick<Generation, 'name' | 'generation'>): readonly Lane[] {
    return (this.#loops.get(`${name} ${generation}`) ?? []).map(({ lane }) => lane);
  }

  async start(): Promise<void> {
    this.#stopped = false;
    if (this.#options.works) {
      await this.#keeper.begin();
      this.#listening = this.#reads.map((_, bucket) =>
        this.#options.log.onAppend(bucket, () => this.wake(bucket)),
      );
    }
    await this.refresh();
    this.#timers = [
      setInterval(() => void this.refresh().catch(() => {}), CONTROL_MS),
      setInterval(() => void this.advance(), ADVANCE_MS),
      setInterval(() => this.#look(), LOOK_MS),
      setInterval(() => this.#compare(), COMPARE_MS),
    ];
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers.splice(0)) clearInterval(timer);
    for (const stop of this.#listening.splice(0)) stop();
    for (const wake of this.#wakes) wake.stop();
    await this.#refreshing?.catch(() => {});
    await this.#comparing;
    await this.#keeper.settled();
    const loops = [...this.#loops.values()].flat();
    await Promise.all(loops.map((loop) => loop.stop()));
    await this.#keeper.settled();
    await this.advance();
    this.#loops.clear();
  }

  wake(bucket: number): void {
    this.#wakes[bucket]?.wake();
  }

  /** Drops what was read ahead or is held: a person was erased. */
  forget(): void {
    for (const reads of this.#reads) reads.forget();
    for (const loops of this.#loops.values()) for (const { lane } of loops) lane.forget();
  }

  /** Reads the records and does what follows from them. Errors: the database's. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  /** Writes the moves of lanes that stepped over events of no concern. */
  advance(): Promise<void> {
    this.#advancing ??= this.#advance().finally(() => {
      this.#advancing = null;
    });
    return this.#advancing;
  }

  /** The second line behind wake-ups: whoever is behind what this process knows of the head looks again. */
  #look(): void {
    for (const loops of this.#loops.values())
      for (const [bucket, loop] of loops.entries()) {
        const { handled, sealed } = loop.lane;
        const knownHead = this.#reads[bucket]?.knownHead ?? 0n;
        if (!sealed && (handled === null || handled < knownHead)) loop.wake();
      }
  }

  #compare(): void {
    this.#comparing ??= this.#compareAll()
      .catch((error: unknown) =>
        this.#options.logger.debug('checkpoints could not be compared', { error }),
      )
      .finally(() => {
        this.#comparing = null;
      });
  }

  /**
   * A lane at rest would learn only from the next event that the database has crashed and lost the end of what it had
   * committed; until then rows would be missing. It claims again and folds what was lost.
   */
  async #compareAll(): Promise<void> {
    const standing = [...this.#loops].flatMap(([id, loops]) =>
      loops.flatMap((loop, bucket) => {
        const { committed } = loop.lane;
        return committed === null ? [] : [{ id, bucket, loop, committed }];
      }),
    );
    if (standing.length === 0) return;
    const stored = await this.#options.store.positions();
    for (const { id, bucket, loop, committed } of standing) {
      // Positions only grow: what is stored now was asked for after it was committed.
      const position = stored.get(id)?.[bucket];
      if (position === undefined || position >= committed || !loop.lane.letGo(committed)) continue;
      const { name } = loop.lane.options.place.generation;
      this.#options.logger.warn('the database lost rows of a projection; they are made again', {
        name,
        bucket,
      });
      loop.wake();
    }
  }

  async #refresh(): Promise<void> {
    const { store, models, logger } = this.#options;
    try {
      const records = await store.read();
      this.#records = new Map(records.map((record) => [record.name, record]));
    } catch (error) {
      logger.debug('the records of projections could not be read', { error });
      throw error;
    }
    if (this.#stopped || !this.#options.works) return;
    for (const model of models) {
      const record = this.#records.get(model.name);
      if (record === undefined) continue;
      this.#reconcile(model, record);
      this.#keeper.keep(model, record);
    }
  }

  /** Lanes for what is to run, none for what is not. */
  #reconcile(model: ReadModel, record: ProjectionRecord): void {
    const wanted = new Map<string, Generation>();
    if (record.stoppedBy === null)
      for (const generation of record.generations)
        if (generation.version === model.version)
          wanted.set(`${model.name} ${generation.generation}`, generation);
    for (const [id, loops] of this.#loops) {
      if (!id.startsWith(`${model.name} `) || wanted.has(id)) continue;
      this.#loops.delete(id);
      for (const loop of loops) void loop.stop();
    }
    for (const [id, generation] of wanted)
      if (!this.#loops.has(id)) this.#loops.set(id, this.#begin(model, generation));
  }

  #begin(model: ReadModel, generation: Generation): LaneLoop[] {
    const { store, log, clock, logger, onStep, onMove } = this.#options;
    let claims: ReturnType<ProjectionStore['claims']> | undefined;
    const beginning = () => (claims ??= store.claims(generation));
    return this.#reads.map((reads, bucket) => {
      const place = { generation, bucket };
      const onChunk = (done: ChunkDone): void => this.#observe(model, { generation, done });
      const parts = { model, place, store, log, reads, clock, beginning, onChunk };
      const lane = new Lane({ ...parts, onMove: (move) => onMove?.(place, move) });
      const loop = new LaneLoop({ lane, slots: this.#slots, clock, logger, onStep });
      loop.wake();
      return loop;
    });
  }

  #observe(
    model: ReadModel,
    { generation, done }: { readonly generation: Generation; readonly done: ChunkDone },
  ): void {
    const { metrics, clock } = this.#options;
    const of = { projection: model.name };
    metrics.events.add(done.events, of);
    if (done.parked > 0) this.#keeper.parkedMore(model, generation);
    const current = this.#records
      .get(model.name)
      ?.generations.find((each) => each.generation === generation.generation);
    if (current?.state === 'active' && done.sinceMicros !== null)
      metrics.delaySeconds.observe(
        Math.max(0, clock.nowMs() - Number(done.sinceMicros / 1000n)) / 1000,
        of,
      );
  }

  /** A lane whose move was not made has let go of its bucket: it looks again, since nobody may append for long. */
  async #advance(): Promise<void> {
    const moves = [...this.#loops.values()].flat().flatMap((loop) => {
      const move = loop.lane.unwritten;
      return move === null ? [] : [{ loop, move }];
    });
    if (moves.length === 0) return;
    const written = this.#options.store.advance(moves.map(({ move }) => move));
    for (const [index, { loop, move }] of moves.entries())
      loop.lane.flushing(
        move,
        written.then((moved) => moved[index] ?? false),
      );
    const moved = await written.catch((error: unknown): readonly boolean[] => {
      this.#options.logger.debug('checkpoints could not be moved', { error });
      return [];
    });
    for (const [index, { loop }] of moves.entries()) if (moved[index] !== true) loop.wake();
  }
}
