/**
 * Comma-separated values as RFC 4180 has them, safe to open in a spreadsheet: a text that a spreadsheet would run as a
 * formula begins with an apostrophe (OWASP, "CSV Injection"). Pure; whoever writes a file writes line after line.
 */

/** What a cell may hold; null is an empty cell. */
export type CsvValue = string | number | boolean | null;

const LINE_END = '\r\n';
/** First characters that make a formula, the full-width forms that some spreadsheets read alike included. */
const STARTS_FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
/** Negative numbers begin like a formula and are none. */
const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** One record with its line end. */
export function csvLine(values: readonly CsvValue[]): string {
  // A single empty cell would be an empty line, which readers skip.
  if (values.length === 1 && cellOf(values[0] ?? null) === '') return `""${LINE_END}`;
  return values.map(cellOf).join(',') + LINE_END;
}

function cellOf(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = guardedText(value);
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The text with an apostrophe before it where a spreadsheet would run it, or where it looks like such a text already. */
function guardedText(text: string): string {
  const looksGuarded = /^'+/.test(text) && STARTS_FORMULA.test(text.replace(/^'+/, ''));
  const isFormula = STARTS_FORMULA.test(text) && !PLAIN_NUMBER.test(text);
  return isFormula || looksGuarded ? `'${text}` : text;
}

/** What `csvLine` was given for a cell of text: takes the apostrophe off again that it put there, so that files round-trip. */
export function unguardedText(cell: string): string {
  if (!cell.startsWith("'")) return cell;
  const rest = cell.slice(1);
  return STARTS_FORMULA.test(rest.replace(/^'+/, '')) ? rest : cell;
}
