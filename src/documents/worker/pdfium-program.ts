/**
 * pdfium with as much of its C interface as is used here (public/fpdfview.h, fpdf_text.h). Handles and pointers are
 * numbers, sizes are points, pages count from 0.
 */
import { wasm } from './web-assembly.ts';
import { EmscriptenHost, type HostOptions } from './emscripten-host.ts';
import type { Exports } from './emscripten-machine.ts';
import type { LimitedModule } from './limited-wasm.ts';

interface Pdfium extends Exports {
  malloc(bytes: number): number;
  free(pointer: number): void;
  FPDF_InitLibrary(): void;
  FPDF_LoadMemDocument(bytes: number, length: number, password: number): number;
  FPDF_GetPageCount(document: number): number;
  FPDF_LoadPage(document: number, index: number): number;
  FPDF_ClosePage(page: number): void;
  FPDF_GetPageWidth(page: number): number;
  FPDF_GetPageHeight(page: number): number;
  FPDFText_LoadPage(page: number): number;
  FPDFText_ClosePage(text: number): void;
  FPDFText_CountChars(text: number): number;
  FPDFText_GetText(text: number, start: number, count: number, into: number): number;
  FPDFBitmap_CreateEx(
    ...shape: [width: number, height: number, format: number, bytes: number, stride: number]
  ): number;
  FPDFBitmap_FillRect(
    ...fill: [bitmap: number, x: number, y: number, width: number, height: number, colour: number]
  ): void;
  FPDFBitmap_Destroy(bitmap: number): void;
  FPDF_RenderPageBitmap(
    bitmap: number,
    page: number,
    ...place: [x: number, y: number, width: number, height: number, rotate: number, flags: number]
  ): void;
}

/** Four bytes a pixel: blue, green, red, unused. */
const FORMAT_BGRX = 3;
const PIXEL_BYTES = 4;
const WHITE = 0xffff_ffff;
/** Annotations are drawn; nothing is smoothed for the colours of a screen. */
const FLAG_ANNOTATIONS = 1;

export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel: blue, green, red and one that is ignored. */
  readonly bgra: Uint8Array;
}

export interface OpenedPage {
  readonly width: number;
  readonly height: number;
  /** In the order of the content. */
  text(): string;
  /** Null when there is no memory for it. */
  render(size: { readonly width: number; readonly height: number }): Bitmap | null;
}

/** A class because it owns an instance. One document at a time. */
export class PdfiumProgram {
  readonly #host: EmscriptenHost<Pdfium>;
  #document = 0;

  constructor(module: LimitedModule, options: Omit<HostOptions, 'names'>) {
    this.#host = new EmscriptenHost(module, options);
  }

  /** Opens it in a fresh instance, and gives up the one before. False when it cannot be read. */
  open(pdf: Uint8Array): boolean {
    const { machine } = this.#host;
    const exports = this.#host.renew();
    exports.FPDF_InitLibrary();
    const at = exports.malloc(pdf.length);
    if (at === 0) throw new wasm.RuntimeError('the file does not fit into memory');
    machine.heap.set(pdf, at);
    this.#document = exports.FPDF_LoadMemDocument(at, pdf.length, 0);
    return this.#document !== 0;
  }

  get pageCount(): number {
    return this.#host.machine.exports.FPDF_GetPageCount(this.#document);
  }

  /** Null when there is no such page, or it cannot be read. */
  withPage<Result>(index: number, use: (page: OpenedPage) => Result): Result | null {
    const { exports } = this.#host.machine;
    const page = exports.FPDF_LoadPage(this.#document, index);
    if (page === 0) return null;
    const result = use({
      width: exports.FPDF_GetPageWidth(page),
      height: exports.FPDF_GetPageHeight(page),
      text: () => this.#text(page),
      render: (size) => this.#render(page, size),
    });
    exports.FPDF_ClosePage(page);
    return result;
  }

  #text(page: number): string {
    const { machine } = this.#host;
    const { exports } = machine;
    const text = exports.FPDFText_LoadPage(page);
    if (text === 0) return '';
    const count = Math.max(0, exports.FPDFText_CountChars(text));
    const into = exports.malloc((count + 1) * 2);
    if (into === 0) throw new wasm.RuntimeError('the text of a page does not fit into memory');
    // It ends with a zero, which counts.
    const length = Math.max(1, exports.FPDFText_GetText(text, 0, count, into)) - 1;
    const letters = Buffer.from(machine.heap.buffer, into, length * 2).toString('utf16le');
    exports.free(into);
    exports.FPDFText_ClosePage(text);
    return letters;
  }

  #render(
    page: number,
    { width, height }: { readonly width: number; readonly height: number },
  ): Bitmap | null {
    const { machine } = this.#host;
    const { exports } = machine;
    const bytes = width * height * PIXEL_BYTES;
    const at = exports.malloc(bytes);
    if (at === 0) return null;
    const bitmap = exports.FPDFBitmap_CreateEx(width, height, FORMAT_BGRX, at, width * PIXEL_BYTES);
    exports.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
    exports.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, FLAG_ANNOTATIONS);
    const bgra = machine.heap.slice(at, at + bytes);
    exports.FPDFBitmap_Destroy(bitmap);
    exports.free(at);
    return { width, height, bgra };
  }
}
