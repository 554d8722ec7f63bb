/**
 * What changes in one read model for one tenant, for whoever watches it. The feed follows the log, not the table: events
 * tell which rows they touch, also those that are removed, so no row needs a mark that it went and no table an index on
 * positions. Once the projection has handled the events the rows are read, all that were touched in one statement.
 *
 *   append -> wake -> keys of the rows its events touch -> the projection has handled them -> rows -> members
 *
 * While the lanes of this process keep the model, they tell what they have just written, and nothing is read: at 500
 * sales a second reading was a fifteenth of what a sale cost. What they do not tell without a gap is looked up as above.
 *
 *   lane has committed -> its rows -> members
 *
 * `position` is what members were told of. Telling is synchronous, so whoever joins does so between two steps: what it
 * reads of the table afterwards holds everything up to `position`, and what comes later is told.
 */
import { Failure, type ErrorCode } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import type { ReadModel } from '../../core/read-model.ts';
import type { LaneMove } from '../lane-options.ts';
import {
  createRowChanges,
  type RowChange,
  type RowChanges,
  type RowChangesDependencies,
} from './row-changes.ts';

/** Rest between two steps: at a thousand orders a second each statement then reads some fifty rows. */
const STEP_MS = 40;
/** For the promise of a wake-up broken, and for what other processes append. */
const POLL_MS = 250;
const RETRY_MS = 250;
/** How long whoever opens a list waits for the projection to reach the head, as the contract's bound of `wait`. */
const STARTED_WITHIN_MS = 5_000;
/** How long a step waits for the projection before it looks for further events. */
const HANDLED_WITHIN_MS = 2_000;
/** Rows that changed while the projection stands still; whoever watches more than these has to begin anew. */
const WAITING_KEYS_MAX = 20_000;

export interface FeedMember {
  /** Everything up to `position` is told with these. */
  changed(position: bigint, changes: readonly RowChange[]): void;
  /** The feed cannot go on for it. */
  failed(code: ErrorCode): void;
}

export interface RowFeedDependencies extends RowChangesDependencies {
  readonly logger: Logger;
}

/** A projection or a database that is behind or away: the feed waits for it. */
const STANDING_STILL: ReadonlySet<ErrorCode> = new Set(['WAIT_TIMEOUT', 'UNAVAILABLE']);

interface Place {
  readonly model: ReadModel;
  readonly tenant: string;
}

/** Starts at the head, once the projection is there. Errors: WAIT_TIMEOUT, UNAVAILABLE. */
export async function startRowFeed(deps: RowFeedDependencies, place: Place): Promise<RowFeed> {
  const { position } = await deps.log.head(deps.log.bucketOf(place.tenant));
  const { tenant } = place;
  await deps.projections.waitFor(place.model, { tenant, position }, STARTED_WITHIN_MS);
  const feed = new RowFeed(deps, { ...place, position });
  void feed.run();
  return feed;
}

export class RowFeed {
  readonly #deps: RowFeedDependencies;
  readonly #place: Place;
  readonly #changes: RowChanges;
  readonly #members = new Set<FeedMember>();
  readonly #wakeUp = createWakeUp();
  readonly #unsubscribe: readonly (() => void)[];
  /** Rows touched up to `#looked` that members were not told of yet. */
  readonly #keys = new Set<string>();
  #looked: bigint;
  #position: bigint;
  #stopped = false;
  /** Moves that came while a step was under way; null between steps. */
  #held: LaneMove[] | null = null;
  /** Whether a lane told of a move that joined on to what members knew, since the last step or pause. */
  #isFed = false;

  constructor(deps: RowFeedDependencies, place: Place & { readonly position: bigint }) {
    this.#deps = deps;
    this.#place = place;
    this.#changes = createRowChanges(deps, place);
    this.#looked = place.position;
    this.#position = place.position;
    this.#unsubscribe = [
      deps.log.onAppend(deps.log.bucketOf(place.tenant), this.#wakeUp.wake),
      deps.projections.onMove(place.model, place.tenant, (move) => this.#moved(move)),
    ];
  }

  get position(): bigint {
    return this.#position;
  }

  /** It failed or was stopped: nobody should join it. */
  get stopped(): boolean {
    return this.#stopped;
  }

  join(member: FeedMember): void {
    this.#members.add(member);
  }

  /** The last one to leave stops it. */
  leave(member: FeedMember): void {
    this.#members.delete(member);
    if (this.#members.size === 0) this.stop();
  }

  /** What changed behind `after`, up to `position`. Errors: CURSOR_EXPIRED, UNAVAILABLE. */
  async since(after: bigint): Promise<readonly RowChange[]> {
    const touched = new Set<string>();
    for (let at = after; at < this.#position;) {
      const last = await this.#changes.keysBehind(at, touched);
      if (last <= at) break;
      at = last;
    }
    return await this.#changes.rowsOf(touched);
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#wakeUp.wake();
  }

  /** Until it is stopped. Never rejects. */
  async run(): Promise<void> {
    while (!this.#stopped)
      try {
        if (this.#isFed) {
          this.#isFed = false;
          await pause(POLL_MS);
        } else await this.#step();
      } catch (error) {
        if (error instanceof Failure && STANDING_STILL.has(error.code)) await pause(RETRY_MS);
        else this.#fail(error);
      }
  }

  /** Called by a lane, which must not hear of what fails here. */
  #moved(move: LaneMove): void {
    if (this.#stopped) return;
    if (this.#held !== null) {
      this.#held.push(move);
      return;
    }
    try {
      this.#take(move);
    } catch (error) {
      this.#fail(error);
    }
  }

  #take({ after, last, rows }: LaneMove): void {
    if (after > this.#position || rows === null || this.#keys.size > 0) return;
    this.#isFed = true;
    if (last <= this.#position) return;
    this.#looked = last;
    const { tenant } = this.#place;
    const own = rows.filter((each) => each.tenant === tenant);
    if (own.length === 0) this.#position = last;
    else
      this.#tell(own.map(({ key, row }) => ({ key, row: row && { key, row, incomplete: false } })));
  }

  async #step(): Promise<void> {
    this.#wakeUp.reset();
    this.#held = [];
    let isNew: boolean;
    try {
      isNew = await this.#look();
    } finally {
      const held = this.#held;
      this.#held = null;
      for (const move of held) this.#take(move);
    }
    if (this.#isFed) return;
    if (isNew) await pause(STEP_MS);
    else await this.#wakeUp.wait(POLL_MS);
  }

  /** Reads what is behind; whether anything was. */
  async #look(): Promise<boolean> {
    const { model, tenant } = this.#place;
    const last = await this.#changes.keysBehind(this.#looked, this.#keys);
    const isNew = last > this.#looked;
    this.#looked = last;
    if (this.#keys.size > WAITING_KEYS_MAX) throw new Failure('OVERLOADED', 'Too many changed.');
    if (this.#keys.size > 0) {
      await this.#deps.projections.waitFor(model, { tenant, position: last }, HANDLED_WITHIN_MS);
      this.#tell(await this.#changes.rowsOf(this.#keys));
    } else if (isNew) this.#position = last;
    return isNew;
  }

  #tell(changes: readonly RowChange[]): void {
    this.#keys.clear();
    this.#position = this.#looked;
    for (const member of this.#members) member.changed(this.#position, changes);
  }

  #fail(error: unknown): void {
    if (this.#stopped) return;
    this.#deps.logger.warn('a live feed failed; its readers begin anew', { error });
    this.stop();
    for (const member of this.#members) member.failed('UNAVAILABLE');
  }
}

function createWakeUp() {
  let woken = false;
  let resolve: (() => void) | undefined;
  const wake = (): void => {
    woken = true;
    resolve?.();
  };
  return {
    wake,
    reset: () => void (woken = false),
    /** Resolves when woken since `reset`, or after `ms`. */
    async wait(ms: number): Promise<void> {
      if (woken) return;
      const held = Promise.withResolvers<void>();
      resolve = held.resolve;
      const timer = setTimeout(held.resolve, ms);
      await held.promise;
      clearTimeout(timer);
      resolve = undefined;
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
