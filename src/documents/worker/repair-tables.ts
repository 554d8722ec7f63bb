/**
 * Tables that are streams (ISO 32000-1, 7.5.8), as a damaged file still has them: which objects lie in which stream of
 * objects. They are never encrypted, so they tell what streams that are locked hold.
 */
import { inflateSync } from 'node:zlib';
import { OBJECTS_MAX } from '../limits.ts';

/** Behind the object of this number, in the stream, at this place in it. */
export interface PackedPlace {
  readonly object: number;
  readonly stream: number;
  readonly index: number;
}

const IN_STREAM = 2;
/** Of a row that has no kind: it is plain. */
const PLAIN = 1;
const PNG_PREDICTOR = 10;
const PNG_UP = 2;
const WIDTH_MAX = 7;
const ROWS_BYTES_MAX = OBJECTS_MAX * 32;

/** None for a table that cannot be read. */
export function packedPlaces(dict: string, stored: Uint8Array): readonly PackedPlace[] {
  const widths = numbersOf(/\/W\s*\[([\d\s]{1,40})\]/.exec(dict)?.[1]);
  const [kindBytes = 0, streamBytes = 0, indexBytes = 0] = widths;
  if (widths.length !== 3 || widths.some((width) => width > WIDTH_MAX)) return [];
  const rowBytes = kindBytes + streamBytes + indexBytes;
  const rows = rowsOf(dict, stored, rowBytes);
  const places: PackedPlace[] = [];
  let at = 0;
  for (const object of objectsOf(dict)) {
    if (rows === null || at + rowBytes > rows.length || places.length > OBJECTS_MAX) break;
    const kind = kindBytes === 0 ? PLAIN : rows.readUIntBE(at, Math.min(6, kindBytes));
    const [from, to] = [at + kindBytes, at + kindBytes + streamBytes];
    if (kind === IN_STREAM) {
      const index = indexBytes === 0 ? 0 : wide(rows, to, indexBytes);
      places.push({ object, stream: wide(rows, from, streamBytes), index });
    }
    at += rowBytes;
  }
  return places;
}

function wide(rows: Buffer, at: number, bytes: number): number {
  let value = 0;
  for (let each = 0; each < bytes; each += 1) value = value * 256 + (rows[at + each] ?? 0);
  return value;
}

/** As `/Index` counts them, pair by pair. */
function* objectsOf(dict: string): Iterable<number> {
  const size = /\/Size\s+(\d{1,7})/.exec(dict)?.[1] ?? '0';
  const index = numbersOf(/\/Index\s*\[([\d\s]{1,100000})\]/.exec(dict)?.[1] ?? `0 ${size}`);
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    const [first = 0, count = 0] = index.slice(pair, pair + 2);
    for (let each = 0; each < Math.min(count, OBJECTS_MAX); each += 1) yield first + each;
  }
}

function rowsOf(dict: string, stored: Uint8Array, rowBytes: number): Buffer | null {
  if (!/\/Filter\s*\[?\s*\/(?:FlateDecode|Fl)\b/.test(dict)) return Buffer.from(stored);
  try {
    const plain = inflateSync(stored, { maxOutputLength: ROWS_BYTES_MAX });
    const predictor = Number(/\/Predictor\s+(\d{1,2})/.exec(dict)?.[1] ?? 1);
    return predictor >= PNG_PREDICTOR ? withoutPredictor(plain, rowBytes) : plain;
  } catch {
    return null;
  }
}

/** Rows that say how they differ from the one above (7.4.4.4); writers of tables use no other kind. */
function withoutPredictor(plain: Buffer, rowBytes: number): Buffer | null {
  const count = Math.floor(plain.length / (rowBytes + 1));
  const rows = Buffer.alloc(count * rowBytes);
  for (let row = 0; row < count; row += 1) {
    const from = row * (rowBytes + 1);
    const kind = plain[from] ?? 0;
    if (kind !== 0 && kind !== PNG_UP) return null;
    for (let each = 0; each < rowBytes; each += 1) {
      const at = row * rowBytes + each;
      const above = kind === PNG_UP && row > 0 ? (rows[at - rowBytes] ?? 0) : 0;
      rows[at] = (plain[from + 1 + each] ?? 0) + above;
    }
  }
  return rows;
}

function numbersOf(text = ''): readonly number[] {
  return text.trim() === '' ? [] : text.trim().split(/\s+/).map(Number);
}
