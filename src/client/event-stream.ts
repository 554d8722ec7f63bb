/**
 * A stream of events that outlives its connections: connecting -> open -> (broken or closed) -> waiting -> connecting.
 * It goes on after the last id it saw. Waits double from try to try and differ between readers, so that not all come
 * back at once; any byte that arrives ends the doubling. What the server refuses for good (4xx) ends the stream.
 */
import { CallFailed } from './call-failed.ts';
import { readEvents, type ServerEvent } from './server-events.ts';

export interface StreamOptions {
  readonly signal?: AbortSignal | undefined;
  /** Where to go on, from an earlier stream. */
  readonly lastEventId?: string | undefined;
  /** For whoever shows that figures may be old. */
  readonly onState?: ((state: 'open' | 'waiting') => void) | undefined;
}

type Open = (more: {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}) => Promise<Response>;

const WAIT_FIRST_MS = 250;
const WAIT_MAX_MS = 15_000;
/** The server sends a comment every 15 s: after three missed ones nobody is at the other end. */
const SILENCE_MAX_MS = 45_000;
/** Statuses below 500 that pass by themselves. */
const PASSING: ReadonlySet<number> = new Set([0, 408, 425, 429]);

export async function* followEvents(
  { signal, lastEventId = '', onState }: StreamOptions,
  open: Open,
): AsyncGenerator<ServerEvent> {
  let lastId = lastEventId;
  let tries = 0;
  while (!isAborted(signal)) {
    let askedMs = 0;
    const silence = new Silence(signal);
    const headers: Record<string, string> = lastId === '' ? {} : { 'last-event-id': lastId };
    try {
      const response = await open({ headers, signal: silence.signal });
      onState?.('open');
      const heard = (): void => {
        tries = 0;
        silence.broken();
      };
      yield* noted(readEvents(response, heard), (id) => {
        lastId = id;
      });
    } catch (error) {
      if (isFinal(error) && !silence.signal.aborted) throw error;
      askedMs = error instanceof CallFailed ? (error.retryAfterMs ?? 0) : 0;
    } finally {
      silence.end();
    }
    if (isAborted(signal)) return;
    onState?.('waiting');
    await pause(Math.max(askedMs, waitMs(tries)), signal);
    tries += 1;
  }
}

/** The id of an event counts as seen once the reader has come back for the next one. */
async function* noted(
  events: AsyncIterable<ServerEvent>,
  note: (id: string) => void,
): AsyncGenerator<ServerEvent> {
  for await (const event of events) {
    yield event;
    if (event.id !== '') note(event.id);
  }
}

/** Half of the wait is certain, the rest is chance. */
export function waitMs(tries: number, random: () => number = Math.random): number {
  const most = Math.min(WAIT_MAX_MS, WAIT_FIRST_MS * 2 ** Math.min(tries, 10));
  return most * (0.5 + random() / 2);
}

/** A connection that breaks while it is read throws what fetch throws: it may come back. */
function isFinal(error: unknown): boolean {
  if (error instanceof NoStream) return true;
  return error instanceof CallFailed && error.status < 500 && !PASSING.has(error.status);
}

/** A mistake of the caller: what was asked for does not answer with events. */
export class NoStream extends TypeError {
  override readonly name = 'NoStream';
}

/** Apart, because the compiler takes it that an await changes nothing. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/** Ends a connection on which nothing arrives any more, which a network that went away never tells of. */
class Silence {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #abort = (): void => this.#controller.abort(this.#outer?.reason);

  constructor(outer: AbortSignal | undefined) {
    this.#outer = outer;
    outer?.addEventListener('abort', this.#abort, { once: true });
    this.broken();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something was heard: the time begins anew. */
  broken(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#abort, SILENCE_MAX_MS);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#abort);
  }
}

/** Resolves early when `signal` aborts. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    if (isAborted(signal)) end();
    signal?.addEventListener('abort', end, { once: true });
  });
}
