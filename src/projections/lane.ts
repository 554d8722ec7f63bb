/**
 * The worker of one read model's table in one bucket. Its states:
 *
 *   unclaimed -> claimed -> (chunk committed) claimed
 *                        -> (somebody else has the bucket) aside -> unclaimed
 *                        -> (anything failed) unclaimed
 *
 * Claimed means: it knows checkpoint, revision and parked streams, and what it holds in memory is as of them. Nothing
 * is locked between chunks and no lease is kept: of two workers that try the same chunk one finds the checkpoint moved
 * or held, rolls back and leaves the bucket alone for a while. It takes over when the checkpoint no longer moves.
 */
import { assert } from '../core/assert.ts';
import { Failure } from '../core/errors.ts';
import type { LogBatch } from '../log/log.ts';
import { reasonOf } from './failure-reason.ts';
import { foldEvents, streamKeyOf } from './fold-chunk.ts';
import type { LaneMove, LaneOptions, Step } from './lane-options.ts';
import {
  BULK_LIMITS,
  HELD_ROWS_MAX,
  LIVE_HELD_ROWS_MAX,
  LIVE_LIMITS,
  PARKED_PER_CHUNK_MAX,
  READ_EVENTS_MAX,
  STEP_ASIDE_MS,
} from './limits.ts';
import {
  RowsRefused,
  type Advance,
  type Checkpoint,
  type ChunkWrite,
  type RowWrite,
} from './projection-store.ts';
import {
  createPreparer,
  holdsAny,
  readChunk,
  type Chunk,
  type EventPreparer,
  type PreparedEvent,
} from './read-chunk.ts';
import { keysToLoad } from './rows-to-load.ts';
import { RowSet } from './row-set.ts';
import { rowShapeOf, type RowShape } from './row-values.ts';
import { withTouchedKeys } from './touched-keys.ts';

const NO_ROWS: readonly RowWrite[] = [];

/** More failed in one chunk than may be parked at once. */
class TooManyFailed extends Error {
  override readonly name = 'TooManyFailed';
}

export class Lane {
  readonly options: LaneOptions;
  readonly #preparer: EventPreparer;
  readonly #shape: RowShape;
  readonly #rows = new RowSet();
  #checkpoint: Checkpoint | null = null;
  #parked = new Set<string>();
  #beginning: LaneOptions['beginning'];
  /** Handled up to here; ahead of the checkpoint by events that change nothing. */
  #seen = 0n;
  #sealed = false;
  /** Whether a row that is not held does not exist. */
  #holdsAll = false;
  /** The chunk being read while the one before it is written. */
  #next: { readonly after: bigint; readonly chunk: Promise<Chunk> } | null = null;
  /** Events of a chunk at most, after one was refused. */
  #cap: number | null = null;
  /** Position of the event whose rows the store refused. */
  #refused: bigint | null = null;
  /** Where somebody else had the checkpoint when the bucket was lost. */
  #lostAt: bigint | null = null;
  #flush: Promise<void> | null = null;
  #busy = false;
  #mustForget = false;
  #bulk = false;
  #pendingSinceMicros: bigint | null = null;
  #trail: { readonly micros: bigint; readonly atMs: number } | null = null;
  #caughtUp = false;
  asideUntilMs = 0;

  constructor(options: LaneOptions) {
    this.options = options;
    this.#beginning = options.beginning;
    this.#preparer = createPreparer(options.model);
    this.#shape = rowShapeOf(options.place.generation.columns);
  }

  /** Position up to which everything is handled, null while another process has the bucket. */
  get handled(): bigint | null {
    return this.#checkpoint === null ? null : this.#seen;
  }

  /** Nothing more was there, or (shadow) may ever be, when it last looked. */
  get caughtUp(): boolean {
    return this.#caughtUp;
  }

  get sealed(): boolean {
    return this.#sealed;
  }

  /** Recorded time of the oldest event that is known and not handled. */
  get pendingSinceMicros(): bigint | null {
    return this.#pendingSinceMicros;
  }

  /** How far it trailed when it last looked, in microseconds, and when that was; null when it never looked. */
  get trail(): { readonly micros: bigint; readonly atMs: number } | null {
    return this.#trail;
  }

  /** Drops the rows held from chunk to chunk: a person was erased. */
  forget(): void {
    if (this.#busy) this.#mustForget = true;
    else this.#dropRows();
  }

  /** Whether the next chunk is a large one. */
  get bulk(): boolean {
    return this.#bulk;
  }

  /** One chunk. After a throw (the database or the log failed) nothing is known any more; calling again goes on. */
  async step(): Promise<Step> {
    await this.#flush;
    assert(!this.#busy, 'a lane takes one step at a time');
    this.#busy = true;
    try {
      return await this.#step();
    } catch (error) {
      this.#unclaim();
      throw error;
    } finally {
      this.#busy = false;
    }
  }

  /** The move that is not yet written, null when there is none or a chunk is under way. */
  get unwritten(): Advance | null {
    const expected = this.#checkpoint;
    if (expected === null || this.#busy || this.#flush !== null) return null;
    if (expected.position === this.#seen && expected.sealed === this.#sealed) return null;
    const { place } = this.options;
    return { place, expected, position: this.#seen, sealed: this.#sealed };
  }

  /** Where it has committed its checkpoint, null while that may be moving. */
  get committed(): bigint | null {
    return this.#busy || this.#flush !== null ? null : (this.#checkpoint?.position ?? null);
  }

  /** The store stands behind what was committed: whether it was at rest there, and lets go of its bucket. */
  letGo(committed: bigint): boolean {
    if (this.committed !== committed) return false;
    this.#unclaim();
    return true;
  }

  /** Keeps chunks back until `written` has said whether `move` was made. */
  flushing(move: Advance, written: Promise<boolean>): void {
    const done = written.then(
      (moved) => {
        if (!moved) this.#unclaim();
        else if (this.#checkpoint !== null)
          this.#checkpoint = { ...move.expected, position: move.position, sealed: move.sealed };
      },
      () => this.#unclaim(),
    );
    this.#flush = done.finally(() => {
      this.#flush = null;
    });
  }

  /** Moves over batches behind which it stands, when it has handled all before them and they hold nothing for it. */
  passOver(batches: readonly LogBatch[]): boolean {
    const [first] = batches;
    const last = batches.at(-1);
    const isAtRest = this.handled !== null && this.#caughtUp && !this.#busy && !this.#sealed;
    if (first === undefined || last === undefined || !isAtRest || this.#lostAt !== null)
      return false;
    if (this.options.place.generation.asOfMicros !== null) return false;
    if (this.#seen >= last.lastPosition) return true;
    if (this.#seen < first.firstPosition - 1n) return false;
    const { types } = this.#preparer;
    if (batches.some((batch) => holdsAny(batch, types))) return false;
    this.#observe({ sinceMicros: first.recordedAtMicrosAt(0) });
    this.#moveTo(last.lastPosition, NO_ROWS);
    this.#pendingSinceMicros = null;
    return true;
  }

  async #step(): Promise<Step> {
    if (this.#checkpoint === null && !(await this.#claim())) return 'gone';
    if (this.#sealed) return this.#idle();
    const chunk = await this.#chunk();
    this.#observe(chunk);
    const ended = chunk.end === 'head' || chunk.end === 'sealed';
    let rows: LaneMove['rows'] = NO_ROWS;
    if (chunk.events.length > 0) {
      if (this.#mustStandBack()) return this.#stepAside();
      const committed = await this.#commit(chunk);
      if (typeof committed === 'string') return committed;
      rows = committed;
    }
    this.#lostAt = null;
    this.#moveTo(chunk.last, rows);
    this.#sealed = chunk.end === 'sealed';
    this.#setBulk(chunk.end === 'full' && this.#cap === null);
    // What the process knows of the head spares the look that finds nothing behind it.
    const isAll = chunk.end === 'read' && this.#seen >= this.options.reads.knownHead;
    if (ended || isAll) return this.#idle();
    return 'progress';
  }

  #moveTo(last: bigint, rows: LaneMove['rows']): void {
    const after = this.#seen;
    this.#seen = last;
    this.options.onMove?.({ after, last, rows });
  }

  #observe({ sinceMicros }: Pick<Chunk, 'sinceMicros'>): void {
    const atMs = this.options.clock.nowMs();
    this.#pendingSinceMicros = sinceMicros;
    this.#trail = { micros: sinceMicros === null ? 0n : BigInt(atMs) * 1000n - sinceMicros, atMs };
  }

  #idle(): Step {
    this.#caughtUp = true;
    this.#pendingSinceMicros = null;
    return 'idle';
  }

  #setBulk(bulk: boolean): void {
    this.#bulk = bulk;
    this.#caughtUp = false;
    // What is held is as of the checkpoint: whoever changes a row past this lane moves that or its revision.
    const most = bulk ? HELD_ROWS_MAX : LIVE_HELD_ROWS_MAX;
    if (this.#mustForget || this.#rows.size > most) this.#dropRows();
    this.#mustForget = false;
  }

  #dropRows(): void {
    if (this.#rows.size > 0) this.#holdsAll = false;
    this.#rows.clear();
  }

  async #claim(): Promise<boolean> {
    const { store, place } = this.options;
    const beginning = this.#beginning;
    this.#beginning = undefined;
    // What was read for all of them may be old by now: then the checkpoint has moved, and the first chunk is lost.
    const claim = (await beginning?.())?.get(place.bucket) ?? (await store.claim(place));
    if (claim === null) return false;
    const { checkpoint, parked } = claim;
    this.#parked = new Set(parked.map(streamKeyOf));
    this.#checkpoint = checkpoint;
    this.#seen = checkpoint.position;
    this.#sealed = checkpoint.sealed;
    this.#holdsAll = checkpoint.position === 0n && checkpoint.revision === 0;
    return true;
  }

  #unclaim(): void {
    this.#checkpoint = null;
    this.#next = null;
    this.#rows.clear();
    this.#holdsAll = false;
    this.#caughtUp = false;
  }

  /** Somebody else had the bucket, and has moved on since: it is still theirs. */
  #mustStandBack(): boolean {
    const lostAt = this.#lostAt;
    return lostAt !== null && this.#seen > lostAt;
  }

  #stepAside(): 'aside' {
    this.#lostAt = this.#seen;
    this.#unclaim();
    this.asideUntilMs = this.options.clock.nowMs() + STEP_ASIDE_MS;
    return 'aside';
  }

  async #chunk(): Promise<Chunk> {
    const next = this.#next;
    this.#next = null;
    const ahead = next?.after === this.#seen ? await next.chunk : null;
    // What came while it was read ahead woke the lane before this step, and will not wake it again.
    const isStale = ahead?.end === 'head' && ahead.last < this.options.reads.knownHead;
    return ahead === null || isStale ? await this.#read(this.#seen) : ahead;
  }

  async #read(after: bigint): Promise<Chunk> {
    const { log, reads, place } = this.options;
    const limits = this.#bulk ? BULK_LIMITS : LIVE_LIMITS;
    try {
      return await readChunk({
        preparer: this.#preparer,
        read: (position) => reads.after(position, READ_EVENTS_MAX),
        after,
        limits: { ...limits, events: this.#cap ?? limits.events },
        asOfMicros: place.generation.asOfMicros,
        eager: !this.#bulk,
      });
    } catch (error) {
      if (!(error instanceof Failure && error.code === 'CURSOR_EXPIRED')) throw error;
      // Retention took what lay between: what is still held begins behind the low mark.
      const { lowMark } = await log.head(place.bucket);
      return { last: lowMark, events: [], sinceMicros: null, end: 'read' };
    }
  }

  /** The rows of the move, or the step that it came to instead. */
  async #commit(chunk: Chunk): Promise<LaneMove['rows'] | Exclude<Step, 'idle'>> {
    const { store, place } = this.options;
    const events = await withTouchedKeys(this.#withRefused(chunk.events), {
      log: this.options.log,
      preparer: this.#preparer,
    });
    // While PostgreSQL writes this chunk, the next one is read, unpacked and parsed.
    if (this.#bulk && this.#cap === null && chunk.end === 'full') {
      this.#next = { after: chunk.last, chunk: this.#read(chunk.last) };
      this.#next.chunk.catch(() => {});
    }
    const checkpoint = this.#checkpoint;
    if (checkpoint === null) return 'progress';
    const before = this.#holdsAll ? [] : keysToLoad(this.#rows, events);
    let parked = 0;
    let written = NO_ROWS;
    const fold = async (rows: readonly RowWrite[]): Promise<ChunkWrite> => {
      const write = await this.#fold(events, rows);
      parked = write.park.length;
      written = write.rows;
      return write;
    };
    try {
      const work = { expected: checkpoint, keys: before, position: chunk.last, fold };
      if ((await store.commitChunk(place, work)) === 'lost') return await this.#lost(checkpoint);
    } catch (error) {
      return this.#shrink(error, events);
    }
    this.#checkpoint = { ...checkpoint, position: chunk.last };
    this.#grow();
    const { sinceMicros } = chunk;
    this.options.onChunk?.({ events: events.length, parked, sinceMicros });
    // Fields of erased persons are cleared on the way into the table, and what is parked marks rows there.
    const isTold = place.generation.personal === 'none' && this.#parked.size === 0;
    return isTold ? written : null;
  }

  async #fold(events: readonly PreparedEvent[], rows: readonly RowWrite[]): Promise<ChunkWrite> {
    this.#rows.add(rows);
    const folding = { model: this.options.model, shape: this.#shape, rows: this.#rows };
    const write = await foldEvents(folding, events, this.#parked);
    if (write.park.length > PARKED_PER_CHUNK_MAX && events.length > PARKED_PER_CHUNK_MAX)
      throw new TooManyFailed();
    return write;
  }

  #withRefused(events: readonly PreparedEvent[]): readonly PreparedEvent[] {
    const refused = this.#refused;
    if (refused === null) return events;
    const failure = reasonOf('store', new RowsRefused());
    return events.map((each) => (each.position === refused ? { ...each, failure } : each));
  }

  /** Smaller steps find the event that cannot be stored, or park no more than may be at once. */
  #shrink(error: unknown, events: readonly PreparedEvent[]): 'progress' {
    if (error instanceof TooManyFailed) this.#cap = PARKED_PER_CHUNK_MAX;
    else if (!(error instanceof RowsRefused)) throw error;
    else if (events.length > 1) this.#cap = events.length >> 1;
    else this.#refused = events[0]?.position ?? null;
    this.#unclaim();
    return 'progress';
  }

  #grow(): void {
    this.#refused = null;
    if (this.#cap === null) return;
    this.#cap *= 2;
    if (this.#cap >= LIVE_LIMITS.events) this.#cap = null;
  }

  /** A raised revision alone means that rows were changed past us: only what was remembered is void. */
  async #lost(expected: Checkpoint): Promise<Exclude<Step, 'idle'>> {
    this.#unclaim();
    const now = await this.options.store.checkpoint(this.options.place);
    if (now === null) return 'gone';
    if (now.position === expected.position && now.revision !== expected.revision) return 'progress';
    this.#seen = now.position;
    return this.#stepAside();
  }
}
