/**
 * A TrueType font as far as a PDF needs it: which glyph a letter has, how wide it is, and a copy with nothing but the
 * glyphs in use (OpenType 1.9, tables cmap, glyf, head, hhea, hmtx, loca, maxp). Only fonts of our own are read.
 */

export interface TrueTypeFont {
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  /** Left, bottom, right, top. */
  readonly box: readonly [number, number, number, number];
  /** 0 where the font has none. */
  glyphOf(codePoint: number): number;
  /** In units of the em. */
  advanceOf(glyph: number): number;
  /** The font with these glyphs under the numbers they have; all others are empty. */
  subset(glyphs: Iterable<number>): Buffer;
}

/** What a reader of PDFs asks for (ISO 32000-1, 9.9). */
const KEPT = ['cvt ', 'fpgm', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'prep'] as const;
const DIRECTORY_BYTES = 12;
const RECORD_BYTES = 16;

type Tables = ReadonlyMap<string, Buffer>;

/** Throws when it is no font with outlines of this kind. */
export function readTrueType(bytes: Buffer): TrueTypeFont {
  const tables = tablesOf(bytes);
  const head = tableOf(tables, 'head');
  const hhea = tableOf(tables, 'hhea');
  const hmtx = tableOf(tables, 'hmtx');
  const metrics = hhea.readUInt16BE(34);
  const lookUp = lookUpOf(tableOf(tables, 'cmap'));
  return {
    unitsPerEm: head.readUInt16BE(18),
    ascent: hhea.readInt16BE(4),
    descent: hhea.readInt16BE(6),
    box: [head.readInt16BE(36), head.readInt16BE(38), head.readInt16BE(40), head.readInt16BE(42)],
    glyphOf: lookUp,
    // Behind the last entry all glyphs are as wide as it.
    advanceOf: (glyph) => hmtx.readUInt16BE(Math.min(glyph, metrics - 1) * 4),
    subset: (glyphs) => subsetOf(tables, glyphs),
  };
}

function tablesOf(bytes: Buffer): Tables {
  const count = bytes.readUInt16BE(4);
  const tables = new Map<string, Buffer>();
  for (let index = 0; index < count; index += 1) {
    const at = DIRECTORY_BYTES + index * RECORD_BYTES;
    const start = bytes.readUInt32BE(at + 8);
    const length = bytes.readUInt32BE(at + 12);
    tables.set(bytes.toString('latin1', at, at + 4), bytes.subarray(start, start + length));
  }
  return tables;
}

function tableOf(tables: Tables, name: string): Buffer {
  const table = tables.get(name);
  if (table === undefined) throw new TypeError(`the font has no table ${name}`);
  return table;
}

const WINDOWS = 3;
const UNICODE_BASIC = 1;
const SEGMENTS = 4;

/** By the table for Windows and the basic plane, which every font has, in segments (format 4). */
function lookUpOf(cmap: Buffer): (codePoint: number) => number {
  const count = cmap.readUInt16BE(2);
  for (let index = 0; index < count; index += 1) {
    const at = 4 + index * 8;
    const isWanted =
      cmap.readUInt16BE(at) === WINDOWS && cmap.readUInt16BE(at + 2) === UNICODE_BASIC;
    const table = cmap.subarray(cmap.readUInt32BE(at + 4));
    if (isWanted && table.readUInt16BE(0) === SEGMENTS) return (point) => glyphIn(table, point);
  }
  throw new TypeError('the font has no table of letters that we can read');
}

function glyphIn(table: Buffer, codePoint: number): number {
  if (codePoint > 0xffff) return 0;
  const doubled = table.readUInt16BE(6);
  const ends = 14;
  // Two bytes of padding stand behind the first of four arrays of the same length.
  const starts = ends + doubled + 2;
  const deltas = starts + doubled;
  const ranges = deltas + doubled;
  for (let step = 0; step < doubled; step += 2) {
    if (codePoint > table.readUInt16BE(ends + step)) continue;
    const start = table.readUInt16BE(starts + step);
    if (codePoint < start) return 0;
    const delta = table.readUInt16BE(deltas + step);
    const range = table.readUInt16BE(ranges + step);
    if (range === 0) return (codePoint + delta) & 0xffff;
    const glyph = table.readUInt16BE(ranges + step + range + (codePoint - start) * 2);
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}

function subsetOf(tables: Tables, wanted: Iterable<number>): Buffer {
  const glyf = tableOf(tables, 'glyf');
  const offsets = offsetsOf(tables);
  const kept = withParts([0, ...wanted], (glyph) => outlineOf(glyf, offsets, glyph));
  const outlines: Buffer[] = [];
  const loca = Buffer.alloc(offsets.length * 4);
  let length = 0;
  for (let glyph = 0; glyph + 1 < offsets.length; glyph += 1) {
    loca.writeUInt32BE(length, glyph * 4);
    if (!kept.has(glyph)) continue;
    const outline = outlineOf(glyf, offsets, glyph);
    outlines.push(padded(outline));
    length += Math.ceil(outline.length / 4) * 4;
  }
  loca.writeUInt32BE(length, (offsets.length - 1) * 4);
  const head = Buffer.from(tableOf(tables, 'head'));
  // Offsets of outlines are long ones from now on.
  head.writeInt16BE(1, 50);
  const changed = new Map<string, Buffer>([
    ...tables,
    ['head', head],
    ['loca', loca],
    ['glyf', Buffer.concat(outlines)],
  ]);
  return written(changed);
}

function offsetsOf(tables: Tables): readonly number[] {
  const isLong = tableOf(tables, 'head').readInt16BE(50) === 1;
  const loca = tableOf(tables, 'loca');
  const count = tableOf(tables, 'maxp').readUInt16BE(4) + 1;
  return Array.from({ length: count }, (_, index) =>
    isLong ? loca.readUInt32BE(index * 4) : loca.readUInt16BE(index * 2) * 2,
  );
}

function outlineOf(glyf: Buffer, offsets: readonly number[], glyph: number): Buffer {
  return glyf.subarray(offsets[glyph] ?? 0, offsets[glyph + 1] ?? 0);
}

const WORDS = 1;
const ONE_SCALE = 8;
const MORE = 32;
const TWO_SCALES = 64;
const MATRIX = 128;

/** Letters with accents are put together of others. */
function withParts(
  glyphs: readonly number[],
  outline: (glyph: number) => Buffer,
): ReadonlySet<number> {
  const all = new Set<number>();
  const waiting = [...glyphs];
  for (let glyph = waiting.pop(); glyph !== undefined; glyph = waiting.pop()) {
    if (all.has(glyph)) continue;
    all.add(glyph);
    const bytes = outline(glyph);
    if (bytes.length < 10 || bytes.readInt16BE(0) >= 0) continue;
    for (let at = 10, flags = MORE; (flags & MORE) !== 0;) {
      flags = bytes.readUInt16BE(at);
      waiting.push(bytes.readUInt16BE(at + 2));
      at += 4 + ((flags & WORDS) !== 0 ? 4 : 2);
      at += (flags & ONE_SCALE) !== 0 ? 2 : (flags & TWO_SCALES) !== 0 ? 4 : 0;
      at += (flags & MATRIX) !== 0 ? 8 : 0;
    }
  }
  return all;
}

/** Sums of the tables stay zero: readers of PDFs do not look at them. */
function written(tables: Tables): Buffer {
  const names = KEPT.filter((name) => tables.has(name));
  const power = 2 ** Math.floor(Math.log2(names.length));
  const directory = Buffer.alloc(DIRECTORY_BYTES + names.length * RECORD_BYTES);
  directory.writeUInt32BE(0x0001_0000, 0);
  directory.writeUInt16BE(names.length, 4);
  directory.writeUInt16BE(power * 16, 6);
  directory.writeUInt16BE(Math.log2(power), 8);
  directory.writeUInt16BE((names.length - power) * 16, 10);
  const bodies: Buffer[] = [];
  let at = directory.length;
  for (const [index, name] of names.entries()) {
    const body = tables.get(name) ?? Buffer.alloc(0);
    const record = DIRECTORY_BYTES + index * RECORD_BYTES;
    directory.write(name, record, 'latin1');
    directory.writeUInt32BE(at, record + 8);
    directory.writeUInt32BE(body.length, record + 12);
    bodies.push(padded(body));
    at += Math.ceil(body.length / 4) * 4;
  }
  return Buffer.concat([directory, ...bodies]);
}

function padded(bytes: Buffer): Buffer {
  const rest = bytes.length % 4;
  return rest === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(4 - rest)]);
}
