/** A JSON body, read with a bound on bytes, time and depth before anything is built from it. */
import type { Readable } from 'node:stream';
import { Failure } from '../core/errors.ts';
import { PROCESS_BODY_BUDGET, type BodyBudget } from './body-budget.ts';

/** Deep enough for any JSON Schema written by hand; shallow enough for recursive code to walk. */
export const JSON_DEPTH_MAX = 64;
/** A body of these sizes arrives in a moment; what takes longer only holds a connection. */
const BODY_TIMEOUT_MS = 10_000;

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * What a stream fails with whose sender went away. Sources: Node, http.IncomingMessage `aborted`; errors,
 * ERR_STREAM_PREMATURE_CLOSE.
 */
const SENDER_GONE = new Set<unknown>(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);

/**
 * Errors: TOO_LARGE, OVERLOADED, INPUT_INVALID (not JSON, not UTF-8, too deep, too slow, cut off, a member named
 * `__proto__`, a lone surrogate).
 */
export async function readJsonBody(
  body: Readable,
  bytesMax: number,
  budget: BodyBudget = PROCESS_BODY_BUDGET,
): Promise<unknown> {
  let held = 0;
  const hold = (bytes: number): void => {
    budget.take(bytes);
    held += bytes;
  };
  try {
    return parseJson(await readBytes(body, bytesMax, hold));
  } finally {
    budget.give(held);
  }
}

/** By events: an iterator makes a dozen objects and promises for a body that mostly arrives in one piece. */
function readBytes(
  body: Readable,
  bytesMax: number,
  hold: (bytes: number) => void,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const timer = setTimeout(
    () => end(new Failure('INPUT_INVALID', 'The body did not arrive in time.')),
    BODY_TIMEOUT_MS,
  );
  const cut = (): void => end(new Failure('INPUT_INVALID', 'The body was cut off.'));
  const fail = (error: unknown): void => (isSenderGone(error) ? cut() : end(error));
  const whole = (): void => end(undefined);
  const take = (part: Buffer): void => {
    bytes += part.length;
    try {
      if (bytes > bytesMax)
        throw new Failure('TOO_LARGE', `The body may have ${bytesMax} bytes at most here.`);
      hold(part.length);
      chunks.push(part);
    } catch (error) {
      end(error);
    }
  };
  function end(failure: unknown): void {
    clearTimeout(timer);
    body.off('data', take).off('end', whole).off('error', fail).off('close', cut);
    const [first = NO_BYTES] = chunks;
    if (failure === undefined) return resolve(chunks.length > 1 ? Buffer.concat(chunks) : first);
    // The connection stays until the answer is out. What still comes belongs to nobody; without a listener an error would
    // end the process.
    body.on('error', () => {}).pause();
    // oxlint-disable-next-line prefer-promise-reject-errors -- what reading failed with goes on as it is
    reject(failure);
  }
  if (body.destroyed) cut();
  else body.on('data', take).on('end', whole).on('error', fail).on('close', cut);
  return promise;
}

const NO_BYTES = Buffer.alloc(0);

export function isSenderGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && SENDER_GONE.has(error.code);
}

export function parseJson(bytes: Uint8Array): unknown {
  if (depthOf(bytes) > JSON_DEPTH_MAX)
    throw new Failure('INPUT_INVALID', `The body is nested deeper than ${JSON_DEPTH_MAX} levels.`);
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new Failure('INPUT_INVALID', 'The body is not valid UTF-8.');
  }
  try {
    // A reviver costs as much as the parsing; only a text that could spell the name needs it.
    return /__proto__|\\u/i.test(text) ? JSON.parse(text, refuseUnusable) : JSON.parse(text);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('INPUT_INVALID', 'The body is not valid JSON.');
  }
}

/**
 * JSON.parse makes an own member of `__proto__`; code that copies members would make a prototype of it. Half a surrogate
 * pair is no character (RFC 7493, section 2.1): stored as UTF-8 it would be another text than the one that was sent.
 */
function refuseUnusable(name: string, value: unknown): unknown {
  if (name === '__proto__')
    throw new Failure('INPUT_INVALID', 'A member named __proto__ is refused.');
  if (!name.isWellFormed() || (typeof value === 'string' && !value.isWellFormed()))
    throw new Failure('INPUT_INVALID', 'A text with half a surrogate pair is refused.');
  return value;
}

/** Deepest nesting of brackets outside strings, without building anything. */
function depthOf(bytes: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (inString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === OPEN_BRACKET || byte === OPEN_BRACE) deepest = Math.max(deepest, ++depth);
    else if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE) depth -= 1;
  }
  return deepest;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
