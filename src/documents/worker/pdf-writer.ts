/** Writes a PDF of our own, object by object (ISO 32000-1, 7.3 and 7.5). The same objects give the same bytes. */
import { deflateSync } from 'node:zlib';

const HEAD = Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1');
/** Digits behind the point: a thousandth of a point is far below what any device shows. */
const PRECISION = 3;

/** Values are syntax already: see `number`, `text`, `reference`. */
export type Entries = Readonly<Record<string, string | number>>;

/** A class because it gathers objects until they are written. */
export class PdfWriter {
  /** By number, from 1; empty until they are put. */
  readonly #objects: Buffer[] = [];

  /** A number for an object that is put later. */
  reserve(): number {
    return this.#objects.push(Buffer.alloc(0));
  }

  put(object: number, entries: Entries): void {
    this.#objects[object - 1] = Buffer.from(dictionary(entries), 'latin1');
  }

  add(entries: Entries): number {
    const object = this.reserve();
    this.put(object, entries);
    return object;
  }

  /** Compressed. */
  addStream(bytes: Uint8Array, entries: Entries = {}): number {
    return this.addPacked(deflateSync(bytes), { ...entries, Filter: '/FlateDecode' });
  }

  /** Compressed already: `entries` name the filter. */
  addPacked(packed: Uint8Array, entries: Entries): number {
    const head = dictionary({ ...entries, Length: packed.length });
    return this.#objects.push(
      Buffer.concat([
        Buffer.from(`${head}\nstream\n`, 'latin1'),
        packed,
        Buffer.from('\nendstream'),
      ]),
    );
  }

  finish(trailer: Entries): Buffer {
    const parts: Buffer[] = [HEAD];
    const offsets: number[] = [];
    let length = HEAD.length;
    for (const [index, body] of this.#objects.entries()) {
      offsets.push(length);
      const around = [Buffer.from(`${index + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')];
      parts.push(...around);
      length += around.reduce((sum, part) => sum + part.length, 0);
    }
    const size = offsets.length + 1;
    const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
    const table = `xref\n0 ${size}\n0000000000 65535 f \n${rows.join('')}`;
    const end = `trailer\n${dictionary({ ...trailer, Size: size })}\nstartxref\n${length}\n%%EOF\n`;
    return Buffer.concat([...parts, Buffer.from(table + end, 'latin1')]);
  }
}

export function dictionary(entries: Entries): string {
  const parts = Object.entries(entries).map(([key, value]) => `/${key} ${value}`);
  return `<< ${parts.join(' ')} >>`;
}

export function reference(object: number): string {
  return `${object} 0 R`;
}

/** Never with an exponent, which PDF does not know. */
export function number(value: number): string {
  return String(Number(value.toFixed(PRECISION)));
}

/** Of any letters: UTF-16 in hexadecimal digits, so that nothing in it is syntax. */
export function text(letters: string): string {
  return `<feff${Buffer.from(letters, 'utf16le').swap16().toString('hex')}>`;
}

/** Of a moment, in universal time (7.9.4). */
export function date(at: Date): string {
  return `(D:${at.toISOString().replaceAll(/[-:T]|\.\d+/g, '')})`;
}
