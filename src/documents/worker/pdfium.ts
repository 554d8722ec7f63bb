/** pdfium as WebAssembly: text and pictures of pages, with an instance of its own for each use. */
import { PDFiumLibrary, type PDFiumDocument } from '@hyzyla/pdfium';
import { TaskRefused } from '../../platform/workers/worker-messages.ts';
import { TEXT_CHARS_MAX, THUMBNAIL_PIXELS_MAX, WASM_BYTES_MAX } from '../limits.ts';
import { compileLimited } from './limited-wasm.ts';
import { encodePng } from './png.ts';
import { wasm } from './web-assembly.ts';

const binary = new URL(import.meta.resolve('@hyzyla/pdfium/pdfium.wasm'));
const compiled = compileLimited(binary, WASM_BYTES_MAX);

/** Text of each page, in the order of the content. Errors: TaskRefused UNREADABLE, TOO_COMPLEX. */
export function textOfPages(
  pdf: Uint8Array,
  progress: (share: number) => void,
): Promise<readonly string[]> {
  return withDocument(pdf, async (document) => {
    const texts: string[] = [];
    const count = document.getPageCount();
    let length = 0;
    for (let index = 0; index < count; index += 1) {
      const text = document.getPage(index).getText();
      length += text.length;
      if (length > TEXT_CHARS_MAX)
        throw new TaskRefused('TOO_COMPLEX', 'The document has more text than can be read.');
      texts.push(text);
      if (index % 50 === 49) progress(index / count);
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
  return withDocument(pdf, async (document) => {
    const found = document.getPage(page - 1);
    const { originalWidth, originalHeight } = found.getOriginalSize();
    const widest = Math.sqrt((THUMBNAIL_PIXELS_MAX * originalWidth) / Math.max(1, originalHeight));
    const scale = Math.min(width, widest) / Math.max(1, originalWidth);
    const rendered = await found.render({ scale, render: 'bitmap' });
    return {
      png: encodePng({ ...rendered, bgra: rendered.data }),
      width: rendered.width,
      height: rendered.height,
    };
  });
}

async function withDocument<Result>(
  pdf: Uint8Array,
  work: (document: PDFiumDocument) => Promise<Result>,
): Promise<Result> {
  const module = await compiled;
  const library = await PDFiumLibrary.init({
    instantiateWasm(imports, done) {
      const instance = new wasm.Instance(module, imports);
      // safe because the types of the package name the module, while its code takes the instance first
      done(instance as never);
      // safe because the types of the package ask for a type that only browsers have
      return instance.exports as never;
    },
  });
  let document: PDFiumDocument;
  try {
    document = await library.loadDocument(pdf);
  } catch {
    throw new TaskRefused('UNREADABLE', 'The document cannot be opened for reading.');
  }
  try {
    return await work(document);
  } catch (error) {
    if (error instanceof wasm.RuntimeError)
      throw new TaskRefused('TOO_COMPLEX', 'A page cannot be read within the memory it may take.');
    throw error;
  }
}
