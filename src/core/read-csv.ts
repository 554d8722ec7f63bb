/** Comma-separated values (RFC 4180) read from a text, each record with the line it begins on. Pure. */

export interface CsvRecord {
  /** From 1; a quoted cell may run over several lines. */
  readonly line: number;
  readonly cells: readonly string[];
}

export type CsvRead =
  | { readonly outcome: 'read'; readonly records: readonly CsvRecord[] }
  /** A quote that does not close its cell: from there on nobody can tell cells from text. */
  | { readonly outcome: 'broken'; readonly line: number };

const QUOTE = '"';

/**
 * Records of a text; lines without any character are none. A comma separates, or a semicolon where the first line has
 * one and no comma, as spreadsheets of some countries write it. A byte order mark is skipped.
 */
export function readCsv(text: string): CsvRead {
  const whole = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const separator = separatorOf(whole);
  const records: CsvRecord[] = [];
  let at = 0;
  let line = 1;
  while (at < whole.length) {
    const read = readRecord(whole, at, separator);
    if (read === null) return { outcome: 'broken', line };
    const isEmpty = read.cells.length === 1 && read.end === at;
    if (!isEmpty) records.push({ line, cells: read.cells });
    line += read.lines;
    at = read.next;
  }
  return { outcome: 'read', records };
}

function separatorOf(text: string): ',' | ';' {
  const first = text.slice(0, lineEnd(text, 0));
  return first.includes(';') && !first.includes(',') ? ';' : ',';
}

interface ReadRecord {
  readonly cells: readonly string[];
  /** Where its last cell ends, and where the next record begins. */
  readonly end: number;
  readonly next: number;
  /** Line ends passed. */
  readonly lines: number;
}

/** Null when a quote is not closed where the cell ends. */
function readRecord(text: string, from: number, separator: string): ReadRecord | null {
  const cells: string[] = [];
  let at = from;
  let lines = 1;
  for (;;) {
    const cell = text[at] === QUOTE ? readQuoted(text, at) : readPlain(text, at, separator);
    if (cell === null) return null;
    cells.push(cell.value);
    lines += cell.lines;
    at = cell.end;
    if (at < text.length && text[at] !== separator && lineEnd(text, at) !== at) return null;
    if (text[at] !== separator) break;
    at += 1;
  }
  return { cells, end: at, next: afterLineEnd(text, at), lines };
}

interface ReadCell {
  readonly value: string;
  readonly end: number;
  readonly lines: number;
}

function readPlain(text: string, from: number, separator: string): ReadCell {
  const stop = lineEnd(text, from);
  const comma = text.indexOf(separator, from);
  const end = comma >= 0 && comma < stop ? comma : stop;
  return { value: text.slice(from, end), end, lines: 0 };
}

/** A closing quote that is followed by more text is as broken as one that is missing: null. */
function readQuoted(text: string, from: number): ReadCell | null {
  let value = '';
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf(QUOTE, at);
    if (quote < 0) return null;
    value += text.slice(at, quote);
    at = quote + 1;
    if (text[at] !== QUOTE) break;
    value += QUOTE;
    at += 1;
  }
  return { value, end: at, lines: value.split('\n').length - 1 };
}

function lineEnd(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  const end = feed < 0 ? text.length : feed;
  return end > from && text[end - 1] === '\r' ? end - 1 : end;
}

function afterLineEnd(text: string, at: number): number {
  if (text[at] === '\r' && text[at + 1] === '\n') return at + 2;
  return at + 1;
}
