import { isUtf8 } from 'node:buffer';
import { invalid, tooLarge, type Item, type Items } from './item.ts';
import { linesOf } from './lines.ts';

/** Newline-delimited JSON: one event a line, empty lines skipped. */
export async function* jsonLineItems(stream: AsyncIterable<Buffer>): Items {
  for await (const lines of linesOf(stream)) {
    const items: Item[] = [];
    for (const { number, bytes } of lines) {
      if (bytes === null) items.push(tooLarge(number));
      else if (bytes.some((byte) => !isSpace(byte))) items.push(jsonItem(number, bytes));
    }
    yield items;
  }
}

/** Checks that the bytes are one JSON object in UTF-8, because one that is not would spoil the whole batch. */
export function jsonItem(line: number, bytes: Buffer): Item {
  if (!isUtf8(bytes)) return invalid(line, 'The text is not valid UTF-8.');
  const json = bytes.toString('utf8');
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return invalid(line, 'An event is a JSON object; this is another value.');
  } catch {
    return invalid(line, 'The text is not valid JSON.');
  }
  return { line, json };
}

export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
