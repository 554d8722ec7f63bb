/** Files of ten pages and 50 to 300 kB, as a business sends them: dense text that compresses badly. */
import { randomBytes } from 'node:crypto';
import { deflated, documentOf } from '../../../test/support/pdf/write-pdf.ts';

const PAGES = 10;
const FILES = 6;
/** Bytes of text a page that make files of 60 to 280 kB. */
const PAGE_BYTES = [6_000, 9_000, 12_000, 16_000, 22_000, 28_000] as const;
const LINE = 80;

export function benchFiles(): readonly Buffer[] {
  return Array.from({ length: FILES }, (_, file) =>
    documentOf({ pages: Array.from({ length: PAGES }, () => ({ content: page(file) })) }),
  );
}

function page(file: number) {
  const letters = randomBytes(PAGE_BYTES[file] ?? PAGE_BYTES[0]).toString('base64');
  const lines: string[] = [];
  for (let at = 0; at < letters.length; at += LINE)
    lines.push(`(${letters.slice(at, at + LINE)}) Tj 0 -5 Td`);
  return deflated(`BT /F1 4 Tf 30 820 Td ${lines.join('\n')} ET`);
}
