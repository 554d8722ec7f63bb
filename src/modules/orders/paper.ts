/**
 * Plain text on paper of 80 mm, which has 42 columns in the usual font of its printers. Whatever people typed goes through
 * `printable` first, so that no name or note can hold a command of the printer. Pure.
 */

export const PAPER_COLUMNS = 42;

/**
 * Text without control characters (C0, DEL, C1), line separators and marks of direction: printers take ESC, GS and DLE as
 * the beginning of a command (ESC/POS), and a mark of direction makes a row read as what it is not. White space is one
 * space.
 */
export function printable(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_C}]/gu, '');
}

/** Left and right on one row; the left one goes on in further rows where there is no room. */
export function columns(left: string, right: string): readonly string[] {
  const end = printable(right);
  const room = Math.max(PAPER_COLUMNS - widthOf(end) - 1, 10);
  const [first = '', ...more] = wrapped(left, room);
  const gap = Math.max(PAPER_COLUMNS - widthOf(first) - widthOf(end), 1);
  return [`${first}${' '.repeat(gap)}${end}`, ...more];
}

/** Of at most PAPER_COLUMNS characters. */
export function centred(text: string): string {
  const row = printable(text);
  return ' '.repeat(Math.max(Math.floor((PAPER_COLUMNS - widthOf(row)) / 2), 0)) + row;
}

export function wholeRows(text: string): readonly string[] {
  return wrapped(text, PAPER_COLUMNS);
}

/** In columns: a printer has one for each character, however many bytes or units it takes. */
function widthOf(text: string): number {
  return Array.from(text).length;
}

/** Broken at spaces; a word that is longer than a row is cut. */
export function wrapped(text: string, width: number): readonly string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of printable(text).split(' ')) {
    const joined = row === '' ? word : `${row} ${word}`;
    if (widthOf(joined) <= width) {
      row = joined;
      continue;
    }
    if (row !== '') rows.push(row);
    let rest = Array.from(word);
    while (rest.length > width) {
      rows.push(rest.slice(0, width).join(''));
      rest = rest.slice(width);
    }
    row = rest.join('');
  }
  return [...rows, row];
}
