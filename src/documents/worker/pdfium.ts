/** pdfium as WebAssembly: text and pictures of pages, with an instance of its own for each use. */
import { TaskRefused } from '../../platform/workers/worker-messages.ts';
import { TEXT_CHARS_MAX, THUMBNAIL_PIXELS_MAX, WASM_BYTES_MAX } from '../limits.ts';
import { compileLimited } from './limited-wasm.ts';
import { PdfiumProgram } from './pdfium-program.ts';
import { encodePng } from './png.ts';
import { wasm } from './web-assembly.ts';

/** It has no files: fonts are those of the document and its own. */
const FILES_BYTES_MAX = 0;
const PROGRESS_PAGES = 50;

const binary = new URL(import.meta.resolve('@hyzyla/pdfium/pdfium.wasm'));
let program: Promise<PdfiumProgram> | null = null;

/** Compiled when it is first needed: most operations are those of qpdf. */
function pdfium(): Promise<PdfiumProgram> {
  program ??= compileLimited(binary, WASM_BYTES_MAX).then(
    (module) => new PdfiumProgram(module, { bytesMax: FILES_BYTES_MAX, note: () => undefined }),
  );
  return program;
}

/** Text of each page, in the order of the content. Errors: TaskRefused UNREADABLE, TOO_COMPLEX. */
export function textOfPages(
  pdf: Uint8Array,
  progress: (share: number) => void,
): Promise<readonly string[]> {
  return withDocument(pdf, (document) => {
    const texts: string[] = [];
    const count = document.pageCount;
    let length = 0;
    for (let index = 0; index < count; index += 1) {
      const text = document.withPage(index, (page) => page.text()) ?? '';
      length += text.length;
      if (length > TEXT_CHARS_MAX)
        throw new TaskRefused('TOO_COMPLEX', 'The document has more text than can be read.');
      texts.push(text);
      if (index % PROGRESS_PAGES === PROGRESS_PAGES - 1) progress(index / count);
    }
    return texts;
  });
}

export interface RenderedPage {
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
}

/** Picture of a page, `width` pixels across or less; pages count from 1. Errors as above. */
export function renderPage(
  pdf: Uint8Array,
  { page, width }: { readonly page: number; readonly width: number },
): Promise<RenderedPage> {
  return withDocument(pdf, (document) => {
    const bitmap = document.withPage(page - 1, (found) => {
      const widest = Math.sqrt((THUMBNAIL_PIXELS_MAX * found.width) / Math.max(1, found.height));
      const scale = Math.min(width, widest) / Math.max(1, found.width);
      const side = (points: number): number => Math.max(1, Math.floor(points * scale));
      return found.render({ width: side(found.width), height: side(found.height) });
    });
    if (bitmap === null)
      throw new TaskRefused('TOO_COMPLEX', 'A page cannot be drawn within the memory it may take.');
    return { png: encodePng(bitmap), width: bitmap.width, height: bitmap.height };
  });
}

async function withDocument<Result>(
  pdf: Uint8Array,
  work: (document: PdfiumProgram) => Result,
): Promise<Result> {
  const document = await pdfium();
  try {
    if (!document.open(pdf))
      throw new TaskRefused('UNREADABLE', 'The document cannot be opened for reading.');
    return work(document);
  } catch (error) {
    if (error instanceof wasm.RuntimeError)
      throw new TaskRefused('TOO_COMPLEX', 'A page cannot be read within the memory it may take.');
    throw error;
  }
}
