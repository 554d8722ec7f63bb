/**
 * Reads bodies under limits on bytes and time. One timer watches all of them: a timer per request would cost more than
 * reading a usual body, which arrives whole with its headers.
 */
import type { Readable } from 'node:stream';
import { Failure } from '../core/errors.ts';
import { releaseBytes } from '../platform/memory/release-bytes.ts';

/** A sender that is silent this long is gone or means no good (slow-loris). */
const IDLE_MS_MAX = 10_000;
/** Time for a whole body: 8 MiB at 140 kB a second. */
const TOTAL_MS_MAX = 60_000;
const SWEEP_MS = 1_000;

export interface BodyLimits {
  readonly idleMsMax: number;
  readonly totalMsMax: number;
  readonly sweepMs: number;
}

export interface BodyOptions {
  /** Errors beyond it: TOO_LARGE. */
  readonly bytesMax: number;
  /** Length that the sender announced, or -1. */
  readonly declared: number;
  /** Called for bytes that were not announced; may throw to stop. */
  readonly onBytes: (bytes: number) => void;
}

export interface BodyReader {
  /** The whole body, which is the caller's alone. Errors: TOO_LARGE, INPUT_INVALID when it stops arriving, those of `onBytes`. */
  read(stream: Readable, options: BodyOptions): Promise<Buffer>;
  /** Reads and forgets the rest, so that a sender that does not listen while it sends hears the refusal. */
  drain(stream: Readable, bytesMax: number): Promise<void>;
  /** For streams that are read elsewhere, chunk by chunk. */
  patience(): Patience;
  close(): void;
}

/** Between `begin` and `end` somebody waits for the next chunk; when that takes too long, `giveUp` is told why. */
export interface Patience {
  begin(giveUp: (failure: TooSlow) => void): void;
  end(): void;
}

interface Watched {
  readonly startedMs: number;
  readonly totalMsMax: number;
  lastMs: number;
  readonly giveUp: () => void;
}

const DEFAULT_LIMITS: BodyLimits = {
  idleMsMax: IDLE_MS_MAX,
  totalMsMax: TOTAL_MS_MAX,
  sweepMs: SWEEP_MS,
};

/** The one timer: gives up on whoever is silent or slow for too long, and stops when nobody is left. */
function createSweeper(limits: BodyLimits) {
  const watched = new Set<Watched>();
  let timer: NodeJS.Timeout | undefined;
  let reading: NodeJS.Immediate | undefined;

  function stop(): void {
    clearInterval(timer);
    clearImmediate(reading);
    timer = undefined;
  }

  function sweep(): void {
    const now = performance.now();
    for (const one of watched)
      if (now - one.lastMs > limits.idleMsMax || now - one.startedMs > one.totalMsMax) one.giveUp();
    if (watched.size === 0) stop();
  }

  /** A process that stood still itself meets its timers before its sockets: what lies in those came in time. */
  function sweepAfterReading(): void {
    reading = setImmediate(sweep);
  }

  return {
    watch(giveUp: () => void, totalMsMax: number): Watched {
      const now = performance.now();
      const one: Watched = { startedMs: now, lastMs: now, totalMsMax, giveUp };
      watched.add(one);
      timer ??= setInterval(sweepAfterReading, limits.sweepMs).unref();
      return one;
    },
    forget: (one: Watched) => watched.delete(one),
    close() {
      stop();
      watched.clear();
    },
  };
}

type Sweeper = ReturnType<typeof createSweeper>;

export function createBodyReader(limits: BodyLimits = DEFAULT_LIMITS): BodyReader {
  const sweeper = createSweeper(limits);

  /** Follows the stream until its end; `onChunk` may throw, which rejects. */
  const follow = (stream: Readable, onChunk: (chunk: Buffer) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      const one = sweeper.watch(() => finish(new TooSlow()), limits.totalMsMax);
      const onData = (chunk: Buffer): void => {
        one.lastMs = performance.now();
        try {
          onChunk(chunk);
        } catch (error) {
          finish(error);
        }
      };
      const onEnd = (): void => finish(undefined);
      const onCut = (): void => finish(cutShort());
      function finish(failure: unknown): void {
        sweeper.forget(one);
        stream.off('data', onData).off('end', onEnd).off('error', onCut).off('close', onCut);
        if (failure === undefined) return resolve();
        stream.pause();
        // What still comes belongs to nobody; without a listener an error would end the process.
        stream.on('error', ignore);
        // oxlint-disable-next-line prefer-promise-reject-errors -- what `onChunk` threw goes on as it is
        reject(failure);
      }
      stream.on('data', onData).on('end', onEnd).on('error', onCut).on('close', onCut);
    });

  return {
    async read(stream, { bytesMax, declared, onBytes }) {
      const chunks: Buffer[] = [];
      let length = 0;
      await follow(stream, (chunk) => {
        length += chunk.length;
        if (length > bytesMax) throw tooLarge(bytesMax);
        if (declared < 0) onBytes(chunk.length);
        chunks.push(chunk);
      });
      const [first] = chunks;
      if (chunks.length === 1 && first !== undefined) return first;
      const body = Buffer.concat(chunks, length);
      for (const chunk of chunks) releaseBytes(chunk);
      return body;
    },
    async drain(stream, bytesMax) {
      if (stream.readableEnded || stream.destroyed) return;
      let length = 0;
      const drained = follow(stream, (chunk) => {
        length += chunk.length;
        if (length > bytesMax) throw tooLarge(bytesMax);
      });
      // Who refused the body in the middle left it standing still.
      stream.resume();
      // Whether it worked shows in the stream; the refusal goes out either way.
      await drained.catch(ignore);
    },
    patience: () => patienceOf(sweeper),
    close: () => sweeper.close(),
  };
}

function patienceOf(sweeper: Sweeper): Patience {
  let one: Watched | undefined;
  return {
    begin(giveUp) {
      one = sweeper.watch(() => giveUp(new TooSlow()), Infinity);
    },
    end() {
      if (one !== undefined) sweeper.forget(one);
    },
  };
}

function ignore(): void {
  // Nothing to do: the request was answered with its own failure.
}

export function tooLarge(bytesMax: number): Failure {
  return new Failure('TOO_LARGE', `The body has more than ${bytesMax} bytes; nothing was stored.`);
}

/**
 * There is no code of its own for a request that timed out (408): to the sender it is a request that cannot be used. Nobody
 * waits for the rest of such a body.
 */
export class TooSlow extends Failure {
  constructor() {
    super('INPUT_INVALID', 'The body stopped arriving or came too slowly.');
  }
}

function cutShort(): Failure {
  return new Failure(
    'INPUT_INVALID',
    'The connection ended before the body was complete; nothing of it was stored.',
  );
}
