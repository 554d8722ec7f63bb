/**
 * Finds fields in well-formed JSON text without parsing it into values, so that what is not marked keeps its bytes:
 * numbers beyond 2^53, the spelling of texts, white space.
 */

/** A half-open range of the text and the JSON Pointer (RFC 6901) of the value that stands there. */
export interface FieldRange {
  readonly pointer: string;
  readonly start: number;
  readonly end: number;
}

export interface FieldVisitor {
  /** Whether `take` wants the value that begins at `start`; nothing inside it is visited then. */
  wants(pointer: string, start: number): boolean;
  take(range: FieldRange): void;
  /** The name of a member, quotes included, before its value. */
  name?(start: number, end: number): void;
}

/**
 * Offers every value of the text, outer before inner, in the order of the text. A name that stands twice in an object
 * is offered twice. Depth is bounded by whoever accepted the text.
 */
export function visitFields(text: Buffer, visitor: FieldVisitor): void {
  visitValue({ text, visitor }, skipSpace(text, 0), '');
}

interface Visit {
  readonly text: Buffer;
  readonly visitor: FieldVisitor;
}

/** Returns the place behind the value; so do the two below. */
function visitValue(visit: Visit, start: number, pointer: string): number {
  const { text, visitor } = visit;
  if (visitor.wants(pointer, start)) {
    const end = endOfValue(text, start);
    visitor.take({ pointer, start, end });
    return end;
  }
  if (text[start] === OPEN_BRACE) return visitMembers(visit, start, pointer);
  if (text[start] === OPEN_BRACKET) return visitElements(visit, start, pointer);
  return endOfValue(text, start);
}

function visitMembers(visit: Visit, start: number, pointer: string): number {
  const { text, visitor } = visit;
  let at = skipSpace(text, start + 1);
  while (text[at] === QUOTE) {
    const nameEnd = endOfString(text, at);
    visitor.name?.(at, nameEnd);
    const name = stringText(text, at, nameEnd);
    const valueAt = skipSpace(text, skipSpace(text, nameEnd) + 1);
    at = skipSpace(text, visitValue(visit, valueAt, `${pointer}/${escapeToken(name)}`));
    if (text[at] === COMMA) at = skipSpace(text, at + 1);
  }
  return at + 1;
}

function visitElements(visit: Visit, start: number, pointer: string): number {
  const { text } = visit;
  let at = skipSpace(text, start + 1);
  for (let index = 0; text[at] !== CLOSE_BRACKET && at < text.length; index++) {
    at = skipSpace(text, visitValue(visit, at, `${pointer}/${index}`));
    if (text[at] === COMMA) at = skipSpace(text, at + 1);
  }
  return at + 1;
}

/** Place behind the value that starts at `start`. */
function endOfValue(text: Buffer, start: number): number {
  const first = text[start];
  if (first === QUOTE) return endOfString(text, start);
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) return endOfWord(text, start);
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const byte = text[at];
    if (byte === QUOTE) at = endOfString(text, at) - 1;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
    else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && --depth === 0) return at + 1;
  }
  return text.length;
}

function endOfString(text: Buffer, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== QUOTE) at += text[at] === BACKSLASH ? 2 : 1;
  return at + 1;
}

function endOfWord(text: Buffer, start: number): number {
  let at = start;
  while (at < text.length && !ENDS_WORD.has(text[at] ?? 0)) at++;
  return at;
}

function skipSpace(text: Buffer, start: number): number {
  let at = start;
  while (SPACES.has(text[at] ?? 0)) at++;
  return at;
}

/** The value of a JSON string given with its quotes. */
export function stringText(text: Buffer, start: number, end: number): string {
  const inner = text.toString('utf8', start + 1, end - 1);
  // safe because the text is well-formed JSON
  return inner.includes('\\') ? (JSON.parse(`"${inner}"`) as string) : inner;
}

function escapeToken(name: string): string {
  return /[~/]/.test(name) ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const SPACES: ReadonlySet<number> = new Set([0x20, 0x0a, 0x0d, 0x09]);
const ENDS_WORD: ReadonlySet<number> = new Set([...SPACES, COMMA, CLOSE_BRACE, CLOSE_BRACKET]);
