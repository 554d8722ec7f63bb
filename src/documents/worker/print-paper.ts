/** Draws a paper as PDF. The same paper with the same logo gives the same bytes. */
import type { Paper, PaperBlock, PaperColumn, PaperSide } from '../../core/paper.ts';
import { readJpeg } from './jpeg.ts';
import { LEADING, PaperSheets } from './paper-sheets.ts';
import { WrittenPages } from './written-pages.ts';
import type { Weight } from './written-font.ts';

const TITLE_SIZE = 16;
const GAP = 10;
/** Between two cells of a table. */
const CELL_GAP = 6;
const RULE_GAP = 5;
/** 45 by 18 mm: what an envelope's window leaves free, and half of a roll. */
const LOGO_WIDTH_MAX = (45 * 72) / 25.4;
const LOGO_HEIGHT_MAX = (18 * 72) / 25.4;

/** What the paper is adorned with, in bytes that may be anything. */
export interface PrintedLogo {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Without the logo where its bytes are no picture that a page can show. */
export function printPaper(paper: Paper, logo: PrintedLogo | null = null): Buffer {
  const pages = new WrittenPages();
  const sheets = new PaperSheets(paper, pages);
  if (logo !== null) putLogo(sheets, logo);
  for (const block of paper.blocks) put(sheets, block);
  sheets.draw();
  const { title, language } = paper;
  return pages.save({ title, language, createdAt: new Date(paper.createdAt) });
}

/** At its own proportions within the box of its format: on a roll in the middle, as its texts are. */
function putLogo(sheets: PaperSheets, { name, bytes }: PrintedLogo): void {
  const jpeg = readJpeg(bytes);
  if (jpeg === null) return;
  const scale = Math.min(LOGO_WIDTH_MAX / jpeg.width, LOGO_HEIGHT_MAX / jpeg.height);
  const [width, height] = [jpeg.width * scale, jpeg.height * scale];
  const x = sheets.isRoll ? (sheets.inner - width) / 2 : 0;
  sheets.picture({ ...jpeg, bytes }, { x, width, height, alt: name });
  sheets.move(GAP);
}

function put(sheets: PaperSheets, block: PaperBlock): void {
  switch (block.kind) {
    case 'title':
      return putTitle(sheets, block.text);
    case 'lines':
      return putLines(sheets, block);
    case 'sides':
      return putSides(sheets, [block.left, block.right]);
    case 'table':
      return putTable(sheets, block);
    case 'pairs':
      return putPairs(sheets, block.rows);
    case 'rule':
      sheets.require(2 * RULE_GAP);
      sheets.move(RULE_GAP);
      sheets.line();
      sheets.move(RULE_GAP);
      return;
  }
}

function putTitle(sheets: PaperSheets, text: string): void {
  for (const row of wrapped(sheets, text, {
    width: sheets.inner,
    size: TITLE_SIZE,
    weight: 'bold',
  })) {
    sheets.require(TITLE_SIZE * LEADING);
    sheets.text({ text: row, x: 0, size: TITLE_SIZE, weight: 'bold' });
    sheets.move(TITLE_SIZE * LEADING);
  }
  sheets.move(GAP);
}

function putLines(
  sheets: PaperSheets,
  { lines, align }: Extract<PaperBlock, { readonly kind: 'lines' }>,
): void {
  for (const row of lines.flatMap((line) => wrapped(sheets, line, { width: sheets.inner }))) {
    sheets.require(sheets.lineHeight);
    const width = sheets.pages.widthOf(row, sheets.format.size);
    sheets.text({ text: row, x: align === 'centre' ? (sheets.inner - width) / 2 : 0 });
    sheets.move(sheets.lineHeight);
  }
}

function putSides(sheets: PaperSheets, sides: readonly PaperSide[]): void {
  const width = sheets.inner / sides.length;
  const columns = sides.map(({ lines }) =>
    lines.flatMap((line) => wrapped(sheets, line, { width: width - CELL_GAP })),
  );
  const rows = Math.max(...columns.map(({ length }) => length));
  sheets.move(GAP);
  sheets.require((rows + 1) * sheets.lineHeight);
  for (const [side, lines] of columns.entries()) {
    const x = side * width;
    sheets.text({ text: sides[side]?.heading ?? '', x, weight: 'bold' });
    for (const [row, text] of lines.entries()) sheets.text({ text, x }, row + 1);
  }
  sheets.move((rows + 1) * sheets.lineHeight + GAP);
}

function putTable(
  sheets: PaperSheets,
  { columns, rows }: Extract<PaperBlock, { readonly kind: 'table' }>,
): void {
  const places = placesOf(columns, sheets.inner);
  const heading = columns.map((column) => column.heading);
  const putHeading = (): void => {
    putRow(sheets, { columns, places, cells: heading, weight: 'bold' });
    sheets.line();
    sheets.move(RULE_GAP);
  };
  sheets.move(GAP);
  sheets.require(4 * sheets.lineHeight);
  putHeading();
  for (const cells of rows) {
    const height = heightOf(sheets, cells, places);
    // The heading stands on every sheet that the table goes over.
    if (sheets.require(height)) putHeading();
    putRow(sheets, { columns, places, cells, weight: 'regular' });
  }
  sheets.line();
  sheets.move(GAP);
}

interface Place {
  readonly x: number;
  readonly width: number;
}

function placesOf(columns: readonly PaperColumn[], inner: number): readonly Place[] {
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  let x = 0;
  return columns.map(({ share }, index) => {
    const width = (inner * share) / whole;
    const isLast = index === columns.length - 1;
    const place = { x, width: isLast ? width : width - CELL_GAP };
    x += width;
    return place;
  });
}

function heightOf(sheets: PaperSheets, cells: readonly string[], places: readonly Place[]): number {
  const rows = cells.map(
    (cell, index) => wrapped(sheets, cell, { width: places[index]?.width ?? 0 }).length,
  );
  return Math.max(...rows) * sheets.lineHeight;
}

interface TableRow {
  readonly columns: readonly PaperColumn[];
  readonly places: readonly Place[];
  readonly cells: readonly string[];
  readonly weight: Weight;
}

function putRow(sheets: PaperSheets, { columns, places, cells, weight }: TableRow): void {
  let rows = 1;
  for (const [index, cell] of cells.entries()) {
    const { x = 0, width = 0 } = places[index] ?? {};
    const lines = wrapped(sheets, cell, { width, weight });
    rows = Math.max(rows, lines.length);
    for (const [row, text] of lines.entries()) {
      const own = sheets.pages.widthOf(text, sheets.format.size, weight);
      const shift = columns[index]?.align === 'right' ? width - own : 0;
      sheets.text({ text, x: x + shift, weight }, row);
    }
  }
  sheets.move(rows * sheets.lineHeight);
}

function putPairs(
  sheets: PaperSheets,
  rows: Extract<PaperBlock, { readonly kind: 'pairs' }>['rows'],
): void {
  for (const { left, right, strong = false } of rows) {
    const weight = strong ? 'bold' : 'regular';
    const own = sheets.pages.widthOf(right, sheets.format.size, weight);
    const width = Math.max(sheets.inner - own - CELL_GAP, sheets.inner / 3);
    const lines = wrapped(sheets, left, { width, weight });
    sheets.require(lines.length * sheets.lineHeight);
    for (const [row, text] of lines.entries()) sheets.text({ text, x: 0, weight }, row);
    sheets.text({ text: right, x: Math.max(0, sheets.inner - own), weight });
    sheets.move(lines.length * sheets.lineHeight);
  }
}

interface Room {
  readonly width: number;
  readonly size?: number;
  readonly weight?: Weight;
}

/** Broken at blanks; a word that is wider than its room is cut. */
function wrapped(sheets: PaperSheets, text: string, room: Room): readonly string[] {
  const { width, size = sheets.format.size, weight = 'regular' } = room;
  const fits = (row: string): boolean => sheets.pages.widthOf(row, size, weight) <= width;
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(/ +/)) {
    const joined = row === '' ? word : `${row} ${word}`;
    if (fits(joined)) {
      row = joined;
      continue;
    }
    if (row !== '') rows.push(row);
    row = '';
    for (const letter of word) {
      if (row !== '' && !fits(row + letter)) {
        rows.push(row);
        row = '';
      }
      row += letter;
    }
  }
  return [...rows, row];
}
