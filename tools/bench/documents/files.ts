/** Files of ten pages and 50 to 300 kB, as a business sends them: a page of text each, and a picture that fills the rest. */
import { randomBytes } from 'node:crypto';
import { deflated, documentOf } from '../../../test/support/pdf/write-pdf.ts';

const PAGES = 10;
/** Lines and letters of a full page of a letter. */
const LINES = 45;
const LINE_BYTES = 48;
/** Sides of the pictures, one byte a pixel, that make files of 60 to 280 kB. */
const PICTURE_SIDES = [50, 75, 95, 115, 135, 155] as const;

export function benchFiles(): readonly Buffer[] {
  return PICTURE_SIDES.map((side) =>
    documentOf({ pages: Array.from({ length: PAGES }, () => ({ content: page(side) })) }),
  );
}

function page(side: number) {
  const lines = Array.from(
    { length: LINES },
    () => `(${randomBytes(LINE_BYTES).toString('base64')}) Tj 0 -14 Td`,
  );
  const pixels = randomBytes(side * side).toString('hex');
  const head = `BI /W ${side} /H ${side} /BPC 8 /CS /G /F /AHx`;
  const picture = `q 200 0 0 200 300 60 cm ${head} ID ${pixels}> EI Q`;
  return deflated(`BT /F1 9 Tf 60 780 Td ${lines.join('\n')} ET ${picture}`);
}
