/**
 * Writes PDFs by hand, object by object, so that a test says exactly what lies in a file: right ones, odd ones and
 * hostile ones. Nothing is checked here.
 */
import { deflateSync } from 'node:zlib';

export interface RawStream {
  /** Entries of the dictionary without `<<` and `/Length`. */
  readonly dict: string;
  readonly bytes: Buffer;
}

/** Body of an object: its source, or a stream. */
export type RawObject = string | RawStream;

export interface RawFile {
  /** Objects by number. */
  readonly objects: ReadonlyMap<number, RawObject>;
  /** Entries beside /Size and /Root. */
  readonly trailer?: string;
  readonly header?: string;
  /** Numbers of objects that go into an object stream, compressed; the table is a stream then. */
  readonly packed?: readonly number[];
  /** Bytes behind the end mark. */
  readonly tail?: string;
}

export function stream(text: string | Buffer, dict = ''): RawStream {
  return { dict, bytes: Buffer.from(text) };
}

export function deflated(text: string | Buffer, dict = ''): RawStream {
  return { dict: `/Filter /FlateDecode ${dict}`, bytes: deflateSync(text) };
}

/** The catalog is object 1. */
export function writePdf(file: RawFile): Buffer {
  const parts: Buffer[] = [
    Buffer.from(file.header ?? '%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1'),
  ];
  const offsets = new Map<number, number>();
  let length = parts[0]!.length;
  const push = (bytes: Buffer): void => {
    parts.push(bytes);
    length += bytes.length;
  };
  const put = (number: number, object: RawObject): void => {
    offsets.set(number, length);
    push(Buffer.from(`${number} 0 obj\n`));
    push(typeof object === 'string' ? Buffer.from(object, 'latin1') : streamBytes(object));
    push(Buffer.from('\nendobj\n'));
  };
  const packed = file.packed ?? [];
  for (const [number, object] of file.objects) if (!packed.includes(number)) put(number, object);
  const highest = Math.max(...file.objects.keys());
  if (packed.length === 0) push(tableOf(offsets, { highest, at: length, trailer: file.trailer }));
  else {
    const holder = highest + 1;
    put(holder, packedStream(file.objects, packed));
    const at = length;
    offsets.set(holder + 1, at);
    put(holder + 1, tableStream({ offsets, packed, holder, trailer: file.trailer }));
    push(Buffer.from(`startxref\n${at}\n%%EOF\n`));
  }
  push(Buffer.from(file.tail ?? '', 'latin1'));
  return Buffer.concat(parts);
}

function streamBytes({ dict, bytes }: RawStream): Buffer {
  const head = /\/Length\b/.test(dict) ? dict : `${dict} /Length ${bytes.length}`;
  return Buffer.concat([
    Buffer.from(`<< ${head} >>\nstream\n`, 'latin1'),
    bytes,
    Buffer.from('\nendstream'),
  ]);
}

interface Table {
  readonly highest: number;
  readonly at: number;
  readonly trailer: string | undefined;
}

function tableOf(offsets: ReadonlyMap<number, number>, { highest, at, trailer }: Table): Buffer {
  const lines = Array.from({ length: highest }, (_, index) => {
    const offset = offsets.get(index + 1);
    return offset === undefined
      ? '0000000000 65535 f \n'
      : `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const size = highest + 1;
  return Buffer.from(
    `xref\n0 ${size}\n0000000000 65535 f \n${lines.join('')}trailer\n` +
      `<< /Size ${size} /Root 1 0 R ${trailer ?? ''} >>\nstartxref\n${at}\n%%EOF\n`,
    'latin1',
  );
}

function packedStream(
  objects: ReadonlyMap<number, RawObject>,
  packed: readonly number[],
): RawStream {
  const bodies = packed.map((number) => textOf(objects.get(number)));
  const offsets = bodies.map(
    (_, index) => bodies.slice(0, index).join('\n').length + (index > 0 ? 1 : 0),
  );
  const index = packed.map((number, at) => `${number} ${offsets[at]}`).join(' ');
  const first = index.length + 1;
  const text = Buffer.from(`${index}\n${bodies.join('\n')}`, 'latin1');
  return deflated(text, `/Type /ObjStm /N ${packed.length} /First ${first}`);
}

function tableStream(table: {
  readonly offsets: ReadonlyMap<number, number>;
  readonly packed: readonly number[];
  readonly holder: number;
  readonly trailer: string | undefined;
}): RawStream {
  const { offsets, packed, holder, trailer } = table;
  const size = holder + 2;
  const rows = Buffer.alloc(size * 7);
  for (let number = 0; number < size; number += 1) {
    const at = number * 7;
    const inside = packed.indexOf(number);
    const offset = offsets.get(number);
    if (inside >= 0) {
      rows.writeUInt8(2, at);
      rows.writeUInt32BE(holder, at + 1);
      rows.writeUInt16BE(inside, at + 5);
    } else if (offset !== undefined) {
      rows.writeUInt8(1, at);
      rows.writeUInt32BE(offset, at + 1);
    }
  }
  return deflated(rows, `/Type /XRef /Size ${size} /W [1 4 2] /Root 1 0 R ${trailer ?? ''}`);
}

export interface PageSource {
  readonly text?: string;
  /** Entries of the page's dictionary. */
  readonly entries?: string;
  readonly content?: RawStream;
}

export interface DocumentSource {
  readonly pages?: readonly PageSource[];
  /** Entries of the catalog. */
  readonly catalog?: string;
  /** From object 100 on; entries refer to them so. */
  readonly extra?: Readonly<Record<number, RawObject>>;
}

/**
 * A document with its pages: 1 is the catalog, 2 the tree of pages, 3 the font; the page with index n is 10 + 2n and its
 * content follows it. At most 40 pages unless the extra objects begin higher.
 */
export function documentOf(
  { pages = [{}], catalog = '', extra = {} }: DocumentSource,
  file: Omit<RawFile, 'objects'> = {},
): Buffer {
  const objects = new Map<number, RawObject>();
  const kids = pages.map((_, index) => `${10 + index * 2} 0 R`);
  objects.set(1, `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`);
  objects.set(2, `<< /Type /Pages /Count ${pages.length} /Kids [${kids.join(' ')}] >>`);
  objects.set(3, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  for (const [index, page] of pages.entries()) {
    const number = 10 + index * 2;
    const box = page.entries?.includes('/MediaBox') === true ? '' : '/MediaBox [0 0 595 842]';
    const text = page.text ?? `Page ${index + 1}`;
    objects.set(
      number,
      `<< /Type /Page /Parent 2 0 R ${box} /Resources << /Font << /F1 3 0 R >> >> ` +
        `/Contents ${number + 1} 0 R ${page.entries ?? ''} >>`,
    );
    objects.set(number + 1, page.content ?? stream(`BT /F1 18 Tf 60 760 Td (${text}) Tj ET`));
  }
  for (const [number, object] of Object.entries(extra)) objects.set(Number(number), object);
  return writePdf({ ...file, objects });
}

/** Streams cannot lie within a stream. */
function textOf(object: RawObject | undefined): string {
  if (typeof object === 'string') return object;
  throw new TypeError('only plain objects go into an object stream');
}
