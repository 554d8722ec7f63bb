/** A JSON body, read with a bound on bytes, time and depth before anything is built from it. */
import type { Readable } from 'node:stream';
import { Failure } from '../core/errors.ts';
import { parseKeepingNumbers } from '../core/exact-json.ts';
import { PROCESS_BODY_BUDGET, type BodyBudget } from './body-budget.ts';
import { createDeadline } from './deadline.ts';

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
 * `__proto__`, a lone surrogate, NUL).
 */
export async function readJsonBody(
  body: Readable,
  bytesMax: number,
  {
    budget = PROCESS_BODY_BUDGET,
    exactNumbers = false,
  }: { readonly budget?: BodyBudget; readonly exactNumbers?: boolean } = {},
): Promise<unknown> {
  let held = 0;
  const hold = (bytes: number): void => {
    budget.take(bytes);
    held += bytes;
  };
  try {
    return parseJson(await readBytes(body, bytesMax, hold), exactNumbers);
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
  const deadline = createDeadline(BODY_TIMEOUT_MS, () =>
    end(new Failure('INPUT_INVALID', 'The body did not arrive in time.')),
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
    deadline.end();
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

/**
 * With `exactNumbers` those that a double would change are raw text, which JSON.stringify writes back, and NUL is kept: for
 * what others sent and this server passes on.
 */
export function parseJson(bytes: Uint8Array, exactNumbers = false): unknown {
  if (depthOf(bytes) > JSON_DEPTH_MAX)
    throw new Failure('INPUT_INVALID', `The body is nested deeper than ${JSON_DEPTH_MAX} levels.`);
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new Failure('INPUT_INVALID', 'The body is not valid UTF-8.');
  }
  let value: unknown;
  try {
    value = exactNumbers ? parseKeepingNumbers(text) : JSON.parse(text);
  } catch {
    throw new Failure('INPUT_INVALID', 'The body is not valid JSON.');
  }
  // Going through a body costs as much as parsing it; only a text that could spell what is refused needs it.
  if (/__proto__|\\u/i.test(text)) refuseUnusable(value, { at: '', mayHoldNul: exactNumbers });
  return value;
}

interface Place {
  /** JSON Pointer (RFC 6901). */
  readonly at: string;
  readonly mayHoldNul: boolean;
}

/**
 * JSON.parse makes an own member of `__proto__`; code that copies members would make a prototype of it. Half a surrogate
 * pair is no character (RFC 7493, section 2.1): stored as UTF-8 it would be another text than the one that was sent. NUL is
 * no part of any name, id or note, and PostgreSQL holds none in a text: a row or a question made of it would fail later.
 */
function refuseUnusable(value: unknown, place: Place): void {
  if (typeof value === 'string') refuseText(value, place);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    refuseText(name, place);
    if (name === '__proto__') throw refused('A member named __proto__ is refused.', place);
    const at = `${place.at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    refuseUnusable(member, { ...place, at });
  }
}

function refuseText(text: string, place: Place): void {
  if (!text.isWellFormed()) throw refused('A text with half a surrogate pair is refused.', place);
  if (!place.mayHoldNul && text.includes('\0'))
    throw refused('A text with the character NUL is refused.', place);
}

function refused(message: string, { at }: Place): Failure {
  return new Failure('INPUT_INVALID', message, {
    errors: [{ at: at === '' ? '/' : at, message, code: 'UNUSABLE' }],
  });
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
