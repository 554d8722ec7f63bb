/** Pages that we write ourselves: text and lines at places, in fonts of our own. */
import {
  beginText,
  endText,
  PDFDocument,
  PDFName,
  PDFOperator,
  PDFOperatorNames,
  popGraphicsState,
  pushGraphicsState,
  rgb,
  rotateAndSkewTextRadiansAndTranslate,
  setFillingColor,
  setFontAndSize,
  setGraphicsState,
  type PDFPage,
} from '@cantoo/pdf-lib';
import { WrittenFont, type Weight } from './written-font.ts';

export interface Written {
  readonly text: string;
  /** Of the base line, in points from the lower left. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight?: Weight;
  /** Degrees, counter-clockwise. */
  readonly angle?: number;
  /** 0 black to 1 white. */
  readonly grey?: number;
  readonly opacity?: number;
}

const LINE_WIDTH = 0.5;

/** A class because it gathers what is on the pages until they are saved. */
export class WrittenPages {
  readonly #document: PDFDocument;
  readonly #fonts = { regular: new WrittenFont('regular'), bold: new WrittenFont('bold') };
  readonly #refs;
  readonly #used = new Set<Weight>();

  private constructor(document: PDFDocument) {
    this.#document = document;
    const { context } = document;
    this.#refs = { regular: context.nextRef(), bold: context.nextRef() };
  }

  static async create(): Promise<WrittenPages> {
    return new WrittenPages(await PDFDocument.create({ updateMetadata: false }));
  }

  get document(): PDFDocument {
    return this.#document;
  }

  widthOf(text: string, size: number, weight: Weight = 'regular'): number {
    return this.#fonts[weight].widthOf(text, size);
  }

  addPage(width: number, height: number): PDFPage {
    return this.#document.addPage([width, height]);
  }

  write(page: PDFPage, written: Written): void {
    const { text, x, y, size, weight = 'regular', angle = 0, grey = 0, opacity = 1 } = written;
    const radians = (angle * Math.PI) / 180;
    const font = PDFName.of(weight);
    this.#used.add(weight);
    page.node.setFontDictionary(font, this.#refs[weight]);
    page.pushOperators(
      pushGraphicsState(),
      ...(opacity === 1 ? [] : [setGraphicsState(this.#seeThrough(page, opacity))]),
      beginText(),
      setFillingColor(rgb(grey, grey, grey)),
      setFontAndSize(font, size),
      rotateAndSkewTextRadiansAndTranslate(radians, 0, 0, x, y),
      PDFOperator.of(PDFOperatorNames.ShowText, [this.#fonts[weight].encoded(text)]),
      endText(),
      popGraphicsState(),
    );
  }

  line(
    page: PDFPage,
    { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
  ) {
    page.drawLine({
      start: { x, y },
      end: { x: x + width, y },
      thickness: LINE_WIDTH,
      color: rgb(0.6, 0.6, 0.6),
    });
  }

  async save(): Promise<Uint8Array> {
    for (const weight of this.#used) this.#fonts[weight].embed(this.#document, this.#refs[weight]);
    return this.#document.save();
  }

  #seeThrough(page: PDFPage, opacity: number): PDFName {
    const name = PDFName.of('seeThrough');
    page.node.setExtGState(name, this.#document.context.obj({ Type: 'ExtGState', ca: opacity }));
    return name;
  }
}
