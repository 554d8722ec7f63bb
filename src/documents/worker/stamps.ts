/** Pages that are laid over others: watermarks and page numbers. Text goes in as encoded glyphs, never as syntax. */
import type { PageSize } from './pages.ts';
import { requireWritable } from './written-font.ts';
import { WrittenPages } from './written-pages.ts';

const GREY = 0.45;
const MARK_ANGLE = 45;
/** Of the diagonal of the page. */
const MARK_SHARE = 0.7;
const MARK_SIZE_MAX = 120;
const NUMBER_SIZE = 9;
/** Half an inch from the lower edge: within what printers reach. */
const NUMBER_MARGIN = 28;

/** One page per size given, with the text across it. Errors: TaskRefused TEXT_NOT_WRITABLE. */
export function watermarkPages(
  sizes: readonly PageSize[],
  { text, opacity }: { readonly text: string; readonly opacity: number },
): Uint8Array {
  requireWritable(text);
  const pages = new WrittenPages();
  const widthAtOne = pages.widthOf(text, 1);
  for (const { width, height } of sizes.map(upright)) {
    const page = pages.addPage(width, height);
    const size = Math.min(MARK_SIZE_MAX, (Math.hypot(width, height) * MARK_SHARE) / widthAtOne);
    const half = (widthAtOne * size * Math.SQRT1_2) / 2;
    const drop = (size * Math.SQRT1_2) / 3;
    const place = { x: width / 2 - half + drop, y: height / 2 - half - drop };
    pages.write(page, { text, ...place, size, grey: GREY, opacity, angle: MARK_ANGLE });
  }
  return pages.save();
}

/** One page per size given, with its number at the foot. Errors: TaskRefused TEXT_NOT_WRITABLE. */
export function numberedPages(
  sizes: readonly PageSize[],
  { start, format }: { readonly start: number; readonly format: string },
): Uint8Array {
  requireWritable(format);
  const pages = new WrittenPages();
  const last = String(start + sizes.length - 1);
  for (const [index, { width, height }] of sizes.map(upright).entries()) {
    const text = format.replaceAll('{pages}', last).replaceAll('{page}', String(start + index));
    const page = pages.addPage(width, height);
    const x = (width - pages.widthOf(text, NUMBER_SIZE)) / 2;
    pages.write(page, { text, x, y: NUMBER_MARGIN, size: NUMBER_SIZE });
  }
  return pages.save();
}

/** As the reader sees the page: qpdf lays a stamp over the page as it is turned. */
function upright({ width, height, rotate }: PageSize): { width: number; height: number } {
  const isTurned = rotate === 90 || rotate === 270;
  const [across, up] = isTurned ? [height, width] : [width, height];
  return { width: Math.max(1, across), height: Math.max(1, up) };
}
