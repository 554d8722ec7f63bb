/** One tail: its state and its way from its place to the live point. The account of the states is in tail.ts. */
import { Failure, type ErrorCode } from '../core/errors.ts';
import type { StoredEvent } from '../core/event.ts';
import type { Logger } from '../core/logger.ts';
import type { LogReader } from '../log/log.ts';
import type { BucketFeed } from './bucket-feed.ts';
import type { BufferBudget, BufferShare } from './buffer-budget.ts';
import type { FeedMember } from './feed-members.ts';
import { createHeldFrames } from './held-frames.ts';
import type { Permits } from './permits.ts';
import type { TailFilter } from './tail-filter.ts';

/** Bytes of frames that may wait while a tail joins; beyond, it goes back to its own pages. */
const HELD_BYTES_MAX = 1024 * 1024;
/** Events of one catch-up page; small, since events may have up to a mebibyte each. */
const EVENTS_PER_PAGE = 200;
/** A tail joins when it has this little left to read: what is held meanwhile stays small. */
const JOIN_WITHIN = 5000n;
/** A reader that takes nothing for this long while it catches up only holds a place that others could use. */
const STALL_MS = 60_000;
const RETRY_MS = 500;
const EMPTY_PAGE_MS = 10;

/** Where the frames of a tail go. */
export interface TailSink {
  /** Takes frames in order; never blocks. The bytes are shared with other tails and must not be changed. */
  write(frames: readonly Uint8Array[]): void;
  /** Bytes taken and not yet handed to the network. */
  bufferedBytes(): number;
  /** Resolves true when the reader has taken most of them, false when `timeoutMs` passed without. */
  drained(timeoutMs: number): Promise<boolean>;
  /** The tail ends here, for this reason. */
  dropped(code: ErrorCode): void;
}

export interface TailRequest {
  readonly tenant: string;
  readonly bucket: number;
  readonly filter: TailFilter;
  /** Exclusive. */
  readonly after: bigint;
  /** The head of the bucket as just read; the feed starts here when this is the bucket's first tail. */
  readonly head: bigint;
  readonly sink: TailSink;
}

export interface FollowDependencies {
  readonly log: LogReader;
  readonly logger: Logger;
  readonly render: (event: StoredEvent) => Uint8Array;
  readonly feed: BucketFeed;
  readonly permits: Permits;
  readonly buffers: BufferBudget;
}

export class Tail implements FeedMember {
  readonly tenant: string;
  readonly filter: TailFilter;
  readonly #deps: FollowDependencies;
  readonly #sink: TailSink;
  readonly #buffer: BufferShare;
  readonly #ended: (code: ErrorCode | null) => void;
  readonly #held = createHeldFrames(HELD_BYTES_MAX);
  #state: 'catching-up' | 'joining' | 'live' | 'closed' = 'catching-up';
  /** Nothing at or below it is written again. */
  #position: bigint;
  /** The live point at which the tail joined: its own pages go up to here. */
  #joinPoint = 0n;
  #pending: Uint8Array[] = [];

  /** `ended` is called once, with the code when the server ended the tail. */
  constructor(
    deps: FollowDependencies,
    request: TailRequest,
    ended: (code: ErrorCode | null) => void,
  ) {
    this.tenant = request.tenant;
    this.filter = request.filter;
    this.#deps = deps;
    this.#sink = request.sink;
    this.#buffer = deps.buffers.share();
    this.#position = request.after;
    this.#ended = ended;
  }

  /** Follows until the tail ends. */
  async follow(): Promise<void> {
    try {
      while (await this.#step());
    } catch (error) {
      const code = error instanceof Failure ? error.code : 'INTERNAL';
      if (code === 'INTERNAL') this.#deps.logger.error('a tail failed', { error });
      this.drop(code);
    }
  }

  offer(position: bigint, frame: Uint8Array): void {
    if (this.#state === 'joining') {
      if (!this.#held.add(position, frame)) this.#fallBack();
    } else if (this.#state === 'live' && position > this.#position) {
      this.#position = position;
      this.#pending.push(frame);
    }
  }

  flush(): void {
    if (this.#pending.length === 0) return;
    const frames = this.#pending;
    this.#pending = [];
    this.#write(frames);
  }

  fail(failure: Failure): void {
    this.drop(failure.code);
  }

  /** The reader has gone: nothing more is written. */
  close(): void {
    this.#end(null);
  }

  /** Ends the tail from the server's side. */
  drop(code: ErrorCode): void {
    this.#end(code);
  }

  /** One step of the way; false when the tail is live or closed. Others may change the state while it waits. */
  async #step(): Promise<boolean> {
    // Also before going live: a page may be larger than what the live tail allows to wait.
    if (!(await this.#sink.drained(STALL_MS))) this.drop('OVERLOADED');
    if (this.#state === 'closed') return false;
    const { feed } = this.#deps;
    if (this.#state === 'catching-up' && feed.position - this.#position <= JOIN_WITHIN) {
      this.#state = 'joining';
      this.#joinPoint = feed.position;
      feed.join(this);
    }
    if (this.#state === 'joining' && this.#position >= this.#joinPoint) {
      this.#goLive();
      return false;
    }
    try {
      await this.#readPage();
    } catch (error) {
      if (!(error instanceof Failure) || !error.retryable) throw error;
      await pause(RETRY_MS);
    }
    return true;
  }

  async #readPage(): Promise<void> {
    const { log, permits, render } = this.#deps;
    const { tenant, filter } = this;
    const after = this.#position;
    const page = await permits.run(() =>
      log.find({ tenant, ...filter, after, limit: EVENTS_PER_PAGE }),
    );
    if (this.#state === 'closed') return;
    if (page.events.length > 0) this.#sink.write(page.events.map(render));
    if (page.nextAfter > after) this.#position = page.nextAfter;
    // The page ended at a head that the feed has passed already: wait rather than ask in a circle.
    else if (!page.more) await pause(EMPTY_PAGE_MS);
  }

  #goLive(): void {
    this.#state = 'live';
    const { frames, last } = this.#held.takeBehind(this.#position);
    if (last > this.#position) this.#position = last;
    if (frames.length > 0) this.#write(frames);
  }

  /** More came in while joining than may be held: leave the feed and read on. */
  #fallBack(): void {
    this.#deps.feed.leave(this);
    this.#held.clear();
    this.#state = 'catching-up';
  }

  #write(frames: readonly Uint8Array[]): void {
    if (this.#buffer.allows(this.#sink.bufferedBytes())) this.#sink.write(frames);
    else this.drop('OVERLOADED');
  }

  #end(code: ErrorCode | null): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#deps.feed.leave(this);
    this.#held.clear();
    this.#pending = [];
    this.#buffer.release();
    this.#ended(code);
    if (code !== null) this.#sink.dropped(code);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
