/**
 * The elements of a JSON array, found by counting brackets outside strings, so that an array larger than memory can be
 * read. Each element is checked on its own; the scanner only needs to know where it ends. A single object counts as an
 * array of one. States: before the array, between elements, inside an element, after the array.
 */
import { CliError, EXIT } from '../command.ts';
import { EVENT_BYTES_MAX, invalid, tooLarge, type Item, type Items } from './item.ts';
import { isSpace, jsonItem } from './json-lines.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const NEWLINE = 0x0a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const MARK = new Set([0xef, 0xbb, 0xbf]);

type State = 'before' | 'between' | 'inside' | 'after';

export async function* jsonArrayItems(stream: AsyncIterable<Buffer>): Items {
  const scanner = new Scanner();
  for await (const chunk of stream) yield scanner.push(chunk);
  yield scanner.end();
}

class Scanner {
  #state: State = 'before';
  /** The input is one object without an array around it. */
  #single = false;
  readonly #nesting = new Nesting();
  #line = 1;
  #firstLine = 1;
  #parts: Buffer[] = [];
  #held = 0;

  push(chunk: Buffer): readonly Item[] {
    const items: Item[] = [];
    let from = 0;
    for (const [at, byte] of chunk.entries()) {
      if (byte === NEWLINE) this.#line += 1;
      if (this.#state === 'inside') {
        if (!this.#nesting.endsWith(byte)) continue;
        this.#hold(chunk.subarray(from, at));
        items.push(this.#element());
        this.#state = byte === COMMA ? 'between' : 'after';
      } else if (this.#begins(byte)) {
        this.#state = 'inside';
        this.#firstLine = this.#line;
        from = at;
        this.#nesting.endsWith(byte);
      }
    }
    if (this.#state === 'inside') this.#hold(chunk.subarray(from));
    return items;
  }

  end(): readonly Item[] {
    if (this.#state === 'between') throw notAnArray(this.#line);
    if (this.#state !== 'inside') return [];
    if (this.#single) return [this.#element()];
    return [invalid(this.#firstLine, 'The file ends in the middle of this event.')];
  }

  /** Whether an element begins with this byte, which lies outside of one. */
  #begins(byte: number): boolean {
    if (isSpace(byte)) return false;
    if (this.#state === 'before') {
      if (MARK.has(byte)) return false;
      if (byte === OPEN_ARRAY) this.#state = 'between';
      else if (byte !== OPEN_OBJECT) throw notAnArray(this.#line);
      this.#single = byte === OPEN_OBJECT;
      return this.#single;
    }
    if (this.#state === 'after') throw notAnArray(this.#line);
    if (byte !== CLOSE_ARRAY) return true;
    this.#state = 'after';
    return false;
  }

  /** An element that is too large is counted to its end but not kept. */
  #hold(bytes: Buffer): void {
    this.#held += bytes.length;
    if (this.#held > EVENT_BYTES_MAX) this.#parts = [];
    else if (bytes.length > 0) this.#parts.push(bytes);
  }

  #element(): Item {
    const whole = Buffer.concat(this.#parts);
    const item =
      this.#held > EVENT_BYTES_MAX ? tooLarge(this.#firstLine) : jsonItem(this.#firstLine, whole);
    this.#parts = [];
    this.#held = 0;
    return item;
  }
}

/** Brackets and strings of one element. */
class Nesting {
  #depth = 0;
  #inString = false;
  #escaped = false;

  /** Takes the next byte; true when it is the comma or bracket after the element. */
  endsWith(byte: number): boolean {
    if (this.#inString) this.#insideString(byte);
    else if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) this.#depth += 1;
    else if (this.#depth === 0) return byte === COMMA || byte === CLOSE_ARRAY;
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) this.#depth -= 1;
    return false;
  }

  #insideString(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
  }
}

function notAnArray(line: number): CliError {
  return new CliError(
    EXIT.failed,
    `Line ${line}: this is no JSON array of events. For one event a line, use --format ndjson.`,
  );
}
