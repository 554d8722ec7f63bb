/** The sheets of a paper while it is laid out: where the next block begins, and when another sheet does. */
import type { Paper } from '../../core/paper.ts';
import type {
  PagePicture,
  PictureBox,
  Written,
  WrittenPage,
  WrittenPages,
} from './written-pages.ts';

export interface Format {
  readonly width: number;
  readonly height: number;
  readonly margin: number;
  /** Of plain text; a line takes `leading` times as much. */
  readonly size: number;
}

const MM = 72 / 25.4;
export const LEADING = 1.45;

/** A strip is cut where it ends; readers open pages up to 14,400 points (ISO 32000-1, annex C). */
const FORMATS: Readonly<Record<Paper['format'], Format>> = {
  a4: { width: 210 * MM, height: 297 * MM, margin: 18 * MM, size: 9.5 },
  roll: { width: 80 * MM, height: 14_400, margin: 4 * MM, size: 8.5 },
};
/** Room for the number of the sheet. */
const FOOT = 24;

type Mark =
  | { readonly kind: 'text'; readonly written: Omit<Written, 'y'>; readonly down: number }
  | {
      readonly kind: 'picture';
      readonly picture: PagePicture;
      readonly box: Omit<PictureBox, 'y'>;
      readonly down: number;
    }
  | { readonly kind: 'line'; readonly x: number; readonly width: number; readonly down: number };

/** A class because it gathers sheets. Distances are from the upper edge, in points. */
export class PaperSheets {
  readonly format: Format;
  readonly pages: WrittenPages;
  readonly #paper: Paper;
  readonly #sheets: Mark[][] = [[]];
  #down: number;

  constructor(paper: Paper, pages: WrittenPages) {
    this.format = FORMATS[paper.format];
    this.pages = pages;
    this.#paper = paper;
    this.#down = this.format.margin;
  }

  get inner(): number {
    return this.format.width - 2 * this.format.margin;
  }

  get isRoll(): boolean {
    return this.#paper.format === 'roll';
  }

  get lineHeight(): number {
    return this.format.size * LEADING;
  }

  /** Another sheet where this one has no room for as much; true then. */
  require(height: number): boolean {
    const { height: whole, margin } = this.format;
    if (this.#down + height <= whole - margin - FOOT || this.#isFresh()) return false;
    this.#sheets.push([]);
    this.#down = margin;
    return true;
  }

  #isFresh(): boolean {
    return this.#sheets.at(-1)?.length === 0;
  }

  /** `x` from the left margin; `below` in lines from where the next block begins, 0 for its first line. */
  text(written: Omit<Written, 'y' | 'size'> & { readonly size?: number }, below = 0): void {
    const { size = this.format.size } = written;
    const x = this.format.margin + written.x;
    const down = this.#down + size + below * this.lineHeight;
    this.#sheets.at(-1)?.push({ kind: 'text', written: { ...written, x, size }, down });
  }

  line(): void {
    const mark = { x: this.format.margin, width: this.inner, down: this.#down };
    this.#sheets.at(-1)?.push({ kind: 'line', ...mark });
  }

  /** From where the next block begins, which then begins below it. `x` from the left margin. */
  picture(picture: PagePicture, box: Omit<PictureBox, 'y'>): void {
    this.#down += box.height;
    const placed = { ...box, x: this.format.margin + box.x };
    this.#sheets.at(-1)?.push({ kind: 'picture', picture, box: placed, down: this.#down });
  }

  /** The next block begins so far below. */
  move(distance: number): void {
    this.#down += distance;
  }

  /** Draws everything gathered, with the foot of each sheet. */
  draw(): void {
    const { width, height, margin, size } = this.format;
    const { isRoll } = this;
    const high = isRoll && this.#sheets.length === 1 ? this.#down + margin : height;
    for (const [index, marks] of this.#sheets.entries()) {
      const page = this.pages.addPage(width, high);
      for (const mark of marks) this.#draw(page, mark, high);
      if (isRoll) continue;
      const foot = `${this.#paper.footer}   ${index + 1} / ${this.#sheets.length}`;
      const x = (width - this.pages.widthOf(foot, size - 1)) / 2;
      this.pages.write(page, { text: foot, x, y: margin, size: size - 1, grey: 0.35 });
    }
  }

  #draw(page: WrittenPage, mark: Mark, high: number): void {
    const y = high - mark.down;
    if (mark.kind === 'text') this.pages.write(page, { ...mark.written, y });
    else if (mark.kind === 'picture') this.pages.picture(page, mark.picture, { ...mark.box, y });
    else this.pages.line(page, { x: mark.x, y, width: mark.width });
  }
}
