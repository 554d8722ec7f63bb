/** One tail: its state and its way from its place to the live point. The account of the states is in tail.ts. */
import { Failure, type ErrorCode } from '../core/errors.ts';
import type { StoredEvent } from '../core/event.ts';
import type { Logger } from '../core/logger.ts';
import type { LogReader } from '../log/log.ts';
import type { BucketFeed, FeedMember } from './bucket-feed.ts';
import type { Permits } from './permits.ts';
import type { TailFilter } from './tail-filter.ts';

/** Bytes that may wait for one slow reader; with 5,000 tails the worst case is what admission must leave room for. */
export const TAIL_BUFFER_BYTES_MAX = 1024 * 1024;
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

export interface Tail {
  /** The reader has gone: nothing more is written. */
  close(): void;
  /** Ends the tail from the server's side. */
  drop(code: ErrorCode): void;
}

export interface FollowDependencies {
  readonly log: LogReader;
  readonly logger: Logger;
  readonly render: (event: StoredEvent) => Uint8Array;
  readonly feed: BucketFeed;
  readonly permits: Permits;
}

interface Held {
  readonly position: bigint;
  readonly frame: Uint8Array;
}

/** Starts following; `ended` is called once, with the code when the server ended it. */
export function followTail(
  deps: FollowDependencies,
  request: TailRequest,
  ended: (code: ErrorCode | null) => void,
): Tail {
  const { feed } = deps;
  const { sink, tenant, filter, bucket } = request;
  let state: 'catching-up' | 'joining' | 'live' | 'closed' = 'catching-up';
  let position = request.after;
  let held: Held[] = [];
  let heldBytes = 0;
  let pending: Uint8Array[] = [];

  const member: FeedMember = {
    tenant,
    filter,
    offer(at, frame) {
      if (state === 'joining') hold(at, frame);
      else if (state === 'live' && at > position) {
        position = at;
        pending.push(frame);
      }
    },
    flush() {
      if (state !== 'live' || pending.length === 0) return;
      const frames = pending;
      pending = [];
      write(frames);
    },
    fail: (failure) => drop(failure.code),
  };

  function hold(at: bigint, frame: Uint8Array): void {
    held.push({ position: at, frame });
    heldBytes += frame.length;
    if (heldBytes <= TAIL_BUFFER_BYTES_MAX) return;
    feed.leave(member);
    held = [];
    heldBytes = 0;
    state = 'catching-up';
  }

  function write(frames: readonly Uint8Array[]): void {
    if (sink.bufferedBytes() > TAIL_BUFFER_BYTES_MAX) drop('OVERLOADED');
    else sink.write(frames);
  }

  function end(code: ErrorCode | null): void {
    if (state === 'closed') return;
    state = 'closed';
    feed.leave(member);
    held = [];
    pending = [];
    ended(code);
    if (code !== null) sink.dropped(code);
  }

  function drop(code: ErrorCode): void {
    end(code);
  }

  function goLive(): void {
    state = 'live';
    const frames = held.filter((item) => item.position > position);
    position = frames.at(-1)?.position ?? position;
    held = [];
    if (frames.length > 0) write(frames.map((item) => item.frame));
  }

  /** Reads and writes one page. The await points are where the feed may offer, hold may overflow or the caller close. */
  async function readPage(): Promise<void> {
    const page = await deps.permits.run(() =>
      deps.log.find({ tenant, ...filter, after: position, limit: EVENTS_PER_PAGE }),
    );
    if (isClosed()) return;
    if (page.events.length > 0) sink.write(page.events.map(deps.render));
    if (page.nextAfter > position) position = page.nextAfter;
    // The page ended at a head that the feed has passed already: let it tell us rather than ask in a circle.
    else if (!page.more) await pause(EMPTY_PAGE_MS);
  }

  async function catchUp(): Promise<void> {
    let joinPoint = 0n;
    for (;;) {
      // Also before going live: a page may be larger than what the live tail allows to wait.
      if (!(await sink.drained(STALL_MS))) return drop('OVERLOADED');
      if (isClosed()) return;
      if (state === 'catching-up' && feed.position - position <= JOIN_WITHIN) {
        state = 'joining';
        joinPoint = feed.position;
        feed.join(member);
      }
      if (state === 'joining' && position >= joinPoint) return goLive();
      try {
        await readPage();
      } catch (error) {
        if (!(error instanceof Failure) || !error.retryable) throw error;
        await pause(RETRY_MS);
      }
    }
  }

  // A function, since the compiler does not see that awaiting lets others change the state.
  const isClosed = (): boolean => state === 'closed';

  catchUp().catch((error: unknown) => {
    const code = error instanceof Failure ? error.code : 'INTERNAL';
    if (code === 'INTERNAL') deps.logger.error('a tail failed', { bucket, error });
    drop(code);
  });
  return { close: () => end(null), drop };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
