/**
 * Extension attributes as JSON object text in one form: names in the order sent, strings with as few escapes as JSON
 * allows, integers in their shortest form. So the same extensions have the same bytes however they were written.
 */
import { checkCharacters, EXTENSIONS_BYTES_MAX } from './attributes.ts';
import { copyIn, reserve, type ByteArena } from './byte-arena.ts';
import { unquote } from './event-data.ts';
import type { ExtensionRange, Source } from './envelope.ts';
import { CLOSE_BRACE, COLON, COMMA, OPEN_BRACE, QUOTE } from './json-scan.ts';
import { invalid, type Rejection } from './rejection.ts';

const INTEGER = /^-?(?:0|[1-9]\d{0,9})$/;
const INTEGER_LENGTH_MAX = 11;
const INT32_MIN = -2_147_483_648;
const INT32_MAX = 2_147_483_647;

/** Most bytes that the extensions can take as object text, so that room can be made before they are written. */
export function extensionsRoom(ranges: readonly ExtensionRange[]): number {
  let room = 2;
  for (const range of ranges) room += range.name.bytes.length + (range.end - range.start) + 4;
  return room;
}

/**
 * Writes `{"name":value,...}` into the arena, where `extensionsRoom` bytes must be free; writes nothing when every
 * extension is null, which means absent. Answers with why one is refused, or null.
 */
export function writeExtensions(
  source: Source,
  ranges: readonly ExtensionRange[],
): Rejection | null {
  const { arena } = source;
  const start = arena.used;
  for (const range of ranges) {
    if (source.body[range.start] === 0x6e) continue;
    arena.chunk[arena.used] = arena.used === start ? OPEN_BRACE : COMMA;
    arena.chunk[arena.used + 1] = QUOTE;
    arena.used += 2;
    const name = range.name.bytes;
    copyIn(arena, name, { start: 0, end: name.length });
    arena.chunk[arena.used] = QUOTE;
    arena.chunk[arena.used + 1] = COLON;
    arena.used += 2;
    const problem = writeValue(source, range);
    if (problem !== null) return problem;
  }
  if (arena.used > start) arena.chunk[arena.used++] = CLOSE_BRACE;
  return arena.used - start > EXTENSIONS_BYTES_MAX ? tooMuch() : null;
}

export function tooMuch(): Rejection {
  return invalid('', `The extension attributes take more than ${EXTENSIONS_BYTES_MAX} bytes.`);
}

function writeValue(source: Source, range: ExtensionRange): Rejection | null {
  const { body, arena } = source;
  const first = body[range.start] ?? 0;
  if (first !== QUOTE) return writeScalar(source, range, first);
  if (source.plain && !range.escaped) {
    copyIn(arena, body, range);
    return null;
  }
  const text = unquote(body, range.start, range.end);
  const problem = checkCharacters(text);
  if (problem !== null)
    return invalid(range.name.text, `The extension attribute "${range.name.text}" ${problem}.`);
  writeText(arena, JSON.stringify(text));
  return null;
}

function writeScalar(source: Source, range: ExtensionRange, first: number): Rejection | null {
  const { body, arena } = source;
  const { start, end } = range;
  if (first === 0x74 || first === 0x66) {
    copyIn(arena, body, range);
    return null;
  }
  const lexeme = end - start <= INTEGER_LENGTH_MAX ? body.toString('latin1', start, end) : '';
  const number = INTEGER.test(lexeme) ? Number(lexeme) : Number.NaN;
  if (!(number >= INT32_MIN && number <= INT32_MAX))
    return invalid(
      range.name.text,
      `The extension attribute "${range.name.text}" is not a string, a boolean or an integer of 32 bits; send a larger number as a string.`,
    );
  writeText(arena, String(number));
  return null;
}

function writeText(arena: ByteArena, text: string): void {
  arena.used += arena.chunk.write(text, arena.used, 'utf8');
}

/** Makes room for the extensions and `more` bytes before them. */
export function reserveFor(
  arena: ByteArena,
  ranges: readonly ExtensionRange[],
  more: number,
): void {
  reserve(arena, more + (ranges.length === 0 ? 0 : extensionsRoom(ranges)));
}
