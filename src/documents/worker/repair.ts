/**
 * Rebuilds the table of a file whose own is wrong (ISO 32000-1, 7.5.4): the objects are found where they stand, the last
 * of each number counts, lengths of streams are measured, and a table of ours is put behind. Our build of qpdf gives such
 * files up. Readers repair them in ways of their own, so what is served is only ever what was found here.
 */
import { inflateSync } from 'node:zlib';
import { OBJECTS_MAX } from '../limits.ts';
import { packedPlaces } from './repair-tables.ts';

interface Found {
  readonly number: number;
  readonly generation: number;
  /** Between `obj` and `endobj`, or the dictionary of a stream. */
  readonly body: string;
  /** From and to, in the file. */
  readonly stream: readonly [number, number] | null;
}

const OBJECT = /(?<![^\s\0>\])}])(\d{1,10})[\s\0]+(\d{1,5})[\s\0]+obj(?![a-z])/g;
const PART = /endobj|stream(?:\r\n|\n|\r)|(?<!\d)\d{1,10}[\s\0]+\d{1,5}[\s\0]+obj(?![a-z])/g;
const DIRECT_LENGTH = /\/Length\s+(\d{1,10})(?!\s+\d+\s+R)/;
/** Texts in which brackets are nested hold no comment either way, as far as they go. */
const TEXT_OR_COMMENT = /\((?:[^()\\]|\\[\s\S])*\)|%[^\r\n]*/g;
const ANY_LENGTH = /\/Length\s+\d+(?:\s+\d+\s+R)?/;
/** Objects that lie compressed in one stream, inflated. */
const PACKED_BYTES_MAX = 16 * 1024 * 1024;
const NUMBER_MAX = 0xff_ffff;

/** The file with a table that is right; null when there is nothing to be found in it. */
export function repaired(bytes: Buffer): Buffer | null {
  const text = bytes.toString('latin1');
  const objects = new Map<number, Found>();
  const heads: string[] = [];
  const packed = new Map<number, Row>();
  for (const found of objectsIn(text)) {
    if (found.number === 0 || found.number > NUMBER_MAX) continue;
    if (isTable(found)) {
      heads.push(found.body);
      const stored = bytes.subarray(...(found.stream ?? [0, 0]));
      for (const { object, stream, index } of packedPlaces(found.body, stored))
        packed.set(object, [2, stream, index]);
    } else objects.set(found.number, found);
    if (objects.size > OBJECTS_MAX) return null;
  }
  for (const [, head = ''] of text.matchAll(/trailer\s*(<<[\s\S]{0,4000}?)(?=startxref|$)/g))
    heads.push(head);
  const root = rootOf(heads, objects);
  if (root === null) return null;
  const info = lastOf(heads, /\/Info\s+(\d+\s+\d+\s+R)/);
  const encrypt = lastOf(heads, /\/Encrypt\s+(\d+\s+\d+\s+R)/);
  const id = lastOf(heads, /\/ID\s*(\[[^\]]{0,400}\])/);
  // Encrypted in a way that cannot be carried over.
  if (encrypt === null && heads.some((head) => head.includes('/Encrypt'))) return null;
  const entries = [
    `/Root ${root}`,
    info === null ? '' : `/Info ${info}`,
    encrypt === null ? '' : `/Encrypt ${encrypt}`,
    id === null ? '' : `/ID ${id}`,
  ];
  return written(bytes, objects, { entries: entries.join(' '), packed });
}

function* objectsIn(text: string): Iterable<Found> {
  const search = new RegExp(OBJECT);
  for (let match = search.exec(text); match !== null; match = search.exec(text)) {
    const named = { number: Number(match[1]), generation: Number(match[2]) };
    const start = search.lastIndex;
    const part = new RegExp(PART);
    part.lastIndex = start;
    const next = part.exec(text);
    // Cut in the middle of an object: what is left of it is nothing.
    if (next === null) return;
    const body = text.slice(start, next.index);
    if (!next[0].startsWith('stream')) {
      yield { ...named, body, stream: null };
      search.lastIndex = next[0] === 'endobj' ? part.lastIndex : next.index;
      continue;
    }
    const to = endOfStream(text, { body, from: part.lastIndex });
    if (to === null) return;
    yield { ...named, body, stream: [part.lastIndex, to] };
    search.lastIndex = to;
  }
}

/** As its dictionary says where that is true, else before the next `endstream`; null when there is none. */
function endOfStream(
  text: string,
  { body, from }: { readonly body: string; readonly from: number },
): number | null {
  const declared = DIRECT_LENGTH.exec(body)?.[1];
  const told = from + Number(declared ?? Number.NaN);
  if (/^\s{0,2}endstream/.test(text.slice(told, told + 12))) return told;
  const end = text.indexOf('endstream', from);
  if (end < 0) return null;
  if (text.startsWith('\r\n', end - 2)) return Math.max(from, end - 2);
  return /[\r\n]/.test(text.charAt(end - 1)) ? Math.max(from, end - 1) : end;
}

function isTable({ body, stream }: Found): boolean {
  return stream !== null && /\/Type\s*\/XRef\b/.test(body);
}

function lastOf(heads: readonly string[], what: RegExp): string | null {
  return heads.flatMap((head) => what.exec(head)?.[1] ?? []).at(-1) ?? null;
}

/** What the last table says, unless something else than a catalog stands there. */
function rootOf(heads: readonly string[], objects: ReadonlyMap<number, Found>): string | null {
  const told = lastOf(heads, /\/Root\s+(\d+\s+\d+\s+R)/);
  const there = told === null ? undefined : objects.get(Number.parseInt(told, 10));
  // What lies in a stream of objects is not among those found, or was found in an older state.
  const isOther = there !== undefined && !/\/Pages\b/.test(there.body);
  return told === null || isOther ? (catalogOf(objects) ?? told) : told;
}

function catalogOf(objects: ReadonlyMap<number, Found>): string | null {
  const found = [...objects.values()].findLast(({ body }) => /\/Type\s*\/Catalog\b/.test(body));
  return found === undefined ? null : `${found.number} ${found.generation} R`;
}

/** Numbers of the objects in a stream of objects (7.5.7), in their order; none when it cannot be read. */
function packedIn(bytes: Buffer, { body, stream }: Found): readonly number[] {
  if (stream === null || !/\/Type\s*\/ObjStm\b/.test(body)) return [];
  const count = Number(/\/N\s+(\d{1,7})/.exec(body)?.[1] ?? 0);
  const isDeflated = /\/Filter\s*\[?\s*\/(?:FlateDecode|Fl)\b/.test(body);
  try {
    const stored = bytes.subarray(...stream);
    const limits = { maxOutputLength: PACKED_BYTES_MAX };
    const plain = isDeflated ? inflateSync(stored, limits) : stored;
    const numbers = plain
      .toString('latin1')
      .trimStart()
      .split(/\s+/, count * 2)
      .map(Number);
    const named = numbers.filter((number, index) => index % 2 === 0 && Number.isInteger(number));
    return count > OBJECTS_MAX ? [] : named;
  } catch {
    return [];
  }
}

/** What a row of the table says: 1, where it stands, its generation; or 2, the stream it is in, its place there. */
type Row = readonly [kind: 1 | 2, where: number, which: number];

interface Head {
  readonly entries: string;
  /** What the tables of the file said of objects that lie in streams, which may be locked. */
  readonly packed: ReadonlyMap<number, Row>;
}

function written(
  bytes: Buffer,
  objects: ReadonlyMap<number, Found>,
  { entries, packed: told }: Head,
): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1')];
  const rows = new Map<number, Row>();
  for (const [number, row] of told)
    if (!objects.has(number) && objects.has(row[1])) rows.set(number, row);
  let length = parts[0]?.length ?? 0;
  const push = (piece: Buffer): void => {
    parts.push(piece);
    length += piece.length;
  };
  for (const found of objects.values()) {
    const { number, generation, body, stream } = found;
    for (const [index, packed] of packedIn(bytes, found).entries())
      if (!objects.has(packed)) rows.set(packed, [2, number, index]);
    rows.set(number, [1, length, generation]);
    const size = stream === null ? 0 : stream[1] - stream[0];
    const head = stream === null ? body : withLength(body, size);
    push(Buffer.from(`${number} ${generation} obj\n${head}`, 'latin1'));
    if (stream !== null) {
      push(Buffer.from('\nstream\n'));
      push(bytes.subarray(...stream));
      push(Buffer.from('\nendstream'));
    }
    push(Buffer.from('\nendobj\n'));
  }
  push(tableOf(rows, { at: length, entries }));
  return Buffer.concat(parts);
}

function withLength(commented: string, size: number): string {
  const dict = commented.replaceAll(TEXT_OR_COMMENT, (found) =>
    found.startsWith('%') ? ' ' : found,
  );
  if (ANY_LENGTH.test(dict)) return dict.replace(ANY_LENGTH, `/Length ${size}`);
  return dict.replace('<<', `<< /Length ${size}`);
}

function tableOf(
  rows: ReadonlyMap<number, Row>,
  { at, entries }: { readonly at: number; readonly entries: string },
): Buffer {
  const own = [...rows.keys()].reduce((most, number) => Math.max(most, number), 0) + 1;
  const numbers = [...rows.keys(), own].sort((a, b) => a - b);
  const table = Buffer.alloc(numbers.length * 8);
  for (const [index, number] of numbers.entries()) {
    const [kind, where, which] = rows.get(number) ?? [1, at, 0];
    table.writeUInt8(kind, index * 8);
    table.writeUIntBE(where, index * 8 + 1, 5);
    table.writeUInt16BE(which & 0xffff, index * 8 + 6);
  }
  const index = numbers.map((number) => `${number} 1`).join(' ');
  const dict =
    `<< /Type /XRef /Size ${own + 1} /W [1 5 2] /Index [${index}] ${entries} ` +
    `/Length ${table.length} >>`;
  return Buffer.concat([
    Buffer.from(`${own} 0 obj\n${dict}\nstream\n`, 'latin1'),
    table,
    Buffer.from(`\nendstream\nendobj\nstartxref\n${at}\n%%EOF\n`),
  ]);
}
