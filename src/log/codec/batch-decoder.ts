import { DataKind, type EventDraft } from '../../core/event.ts';
import { releaseBytes } from '../../platform/memory/release-bytes.ts';
import { FLAG, ID_MODE, MODE, REFERENCE, REFERENCE_COLUMNS, SECTION } from './layout.ts';
import type { EntryPlace } from './batch-encoder.ts';
import { UUID_BYTES, UUID_TEXT_BYTES, formatUuid } from './uuid-bytes.ts';

/** The payload cannot be read: its checksum matched, so this is a bug or an unknown layout. */
export class LayoutError extends Error {
  override readonly name = 'LayoutError';
}

const COLUMN = { subject: 0, time: 1, extensions: 2, data: 3, stream: 4 } as const;
const COLUMN_FLAGS = [FLAG.subject, FLAG.time, FLAG.extensions, FLAG.dataKindMask, FLAG.stream];

/** Where the id of an event stands; a draft has it in the same words. */
export interface IdRange {
  bytes: Uint8Array;
  idStart: number;
  idEnd: number;
}

const uuidText = new Uint8Array(UUID_TEXT_BYTES);
const scratch: IdRange = { bytes: uuidText, idStart: 0, idEnd: 0 };

/**
 * Reads layout 1 (layout.ts). The constructor walks the columns once and keeps byte offsets; strings are made when
 * asked for. The decoder is a view on `bytes`, which must not change.
 */
export class BatchDecoder {
  readonly count: number;
  readonly #bytes: Buffer;
  readonly #dictionary: readonly string[];
  readonly #references: readonly (Uint32Array | number)[];
  readonly #flagsAt: number;
  /** `count + 1` offsets: an id runs from one to the next (from 16 to 16 bytes for UUIDs). */
  readonly #idOffsets: Uint32Array;
  readonly #uuids: boolean;
  /** Offsets of each column; an event without the value has an empty range. */
  readonly #offsets: readonly (Uint32Array | null)[];
  readonly #versions: readonly number[];
  /** Kinds that the flags do not hold, by index; null in nearly every batch. */
  readonly #kinds: ReadonlyMap<number, DataKind> | null;
  /** Whether some event is sealed. */
  readonly hasSealed: boolean;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.count = this.#varint();
    const strings = this.#varint();
    const dictionary: string[] = [];
    for (let index = 0; index < strings; index++) {
      const size = this.#varint();
      dictionary.push(bytes.toString('utf8', this.#at, this.#at + size));
      this.#at += size;
    }
    this.#dictionary = dictionary;
    this.#references = Array.from({ length: REFERENCE_COLUMNS }, () => this.#referenceColumn());
    this.#flagsAt = this.#at;
    this.#at += this.count;
    this.#uuids = bytes[this.#at++] === ID_MODE.uuid;
    this.#idOffsets = this.#uuids ? this.#uuidOffsets() : this.#rangeColumn(() => true);
    this.#offsets = COLUMN_FLAGS.map((flag) => this.#optionalColumn(flag));
    this.#versions = this.#versionColumn();
    this.#kinds = this.#at === bytes.length ? null : this.#sections();
    this.hasSealed = this.#kinds !== null && [...this.#kinds.values()].includes(DataKind.sealed);
    if (this.#at !== bytes.length)
      throw new LayoutError(`${bytes.length - this.#at} bytes left over`);
  }

  /** Gives the bytes back; neither this nor views that it gave may be used any more. */
  release(): void {
    releaseBytes(this.#bytes);
  }

  flagsAt(index: number): number {
    return this.#bytes[this.#flagsAt + index] ?? 0;
  }

  removedAt(index: number): boolean {
    return (this.flagsAt(index) & FLAG.removed) !== 0;
  }

  decidedAt(index: number): boolean {
    return (this.flagsAt(index) & FLAG.decided) !== 0;
  }

  tenantAt(index: number): string {
    return this.#referred(REFERENCE.tenant, index) ?? '';
  }

  sourceAt(index: number): string {
    return this.#referred(REFERENCE.source, index) ?? '';
  }

  typeAt(index: number): string {
    return this.#referred(REFERENCE.type, index) ?? '';
  }

  contentTypeAt(index: number): string | null {
    return this.#referred(REFERENCE.contentType, index);
  }

  schemaAt(index: number): string | null {
    return this.#referred(REFERENCE.schema, index);
  }

  idAt(index: number): string {
    const bytes = this.idBytesAt(index);
    return bytes.toString('utf8');
  }

  /** UTF-8 of the id; a view or, for packed UUIDs, a fresh buffer. */
  idBytesAt(index: number): Buffer {
    const start = this.#idOffsets[index] ?? 0;
    if (!this.#uuids) return this.#bytes.subarray(start, this.#idOffsets[index + 1]);
    const text = Buffer.allocUnsafe(UUID_TEXT_BYTES);
    formatUuid(this.#bytes, start, text);
    return text;
  }

  /** Points `range` to the UTF-8 of the id, until the next call: packed UUIDs are written into one scratch. */
  readId(index: number, range: IdRange): void {
    const start = this.#idOffsets[index] ?? 0;
    if (this.#uuids) formatUuid(this.#bytes, start, uuidText);
    range.bytes = this.#uuids ? uuidText : this.#bytes;
    range.idStart = this.#uuids ? 0 : start;
    range.idEnd = this.#uuids ? UUID_TEXT_BYTES : (this.#idOffsets[index + 1] ?? 0);
  }

  /** Whether the event has the id that stands in `bytes[start, end)`. */
  equalsId(index: number, bytes: Uint8Array, { start, end }: { start: number; end: number }) {
    this.readId(index, scratch);
    const shift = scratch.idStart - start;
    if (scratch.idEnd - end !== shift) return false;
    for (let at = start; at < end; at++) if (scratch.bytes[at + shift] !== bytes[at]) return false;
    return true;
  }

  subjectAt(index: number): string | null {
    return this.#textAt(COLUMN.subject, index);
  }

  timeAt(index: number): string | null {
    return this.#textAt(COLUMN.time, index);
  }

  extensionsAt(index: number): string | null {
    return this.#textAt(COLUMN.extensions, index);
  }

  streamAt(index: number): string | null {
    return this.#textAt(COLUMN.stream, index);
  }

  streamVersionAt(index: number): bigint {
    return BigInt(this.#versions[index] ?? 0);
  }

  dataKindAt(index: number): DataKind {
    const other = this.#kinds?.get(index);
    if (other !== undefined) return other;
    const kind = this.flagsAt(index) & FLAG.dataKindMask;
    return kind as DataKind; // safe because two bits hold exactly the first four kinds
  }

  /** A view on the original bytes of `data`. */
  dataAt(index: number): Buffer {
    const offsets = this.#offsets[COLUMN.data];
    if (!offsets) return this.#bytes.subarray(0, 0);
    return this.#bytes.subarray(offsets[index], offsets[index + 1]);
  }

  /** The event as a draft again, for merging batches; ranges of the batch's own bytes, no strings made. */
  draftAt(index: number): EventDraft {
    const id = this.#uuids ? this.idBytesAt(index) : null;
    const range = (column: number, flag: number): readonly [number, number] => {
      const offsets = this.#offsets[column];
      if (!offsets || (this.flagsAt(index) & flag) === 0) return [-1, -1];
      return [offsets[index] ?? 0, offsets[index + 1] ?? 0];
    };
    const rest = [COLUMN.subject, COLUMN.time, COLUMN.extensions] as const;
    const ranges = rest.map((column) => range(column, COLUMN_FLAGS[column] ?? 0));
    const data = range(COLUMN.data, FLAG.dataKindMask);
    const common = {
      source: this.sourceAt(index),
      type: this.typeAt(index),
      dataContentType: this.contentTypeAt(index),
      dataSchema: this.schemaAt(index),
      dataKind: this.dataKindAt(index),
      dataBytes: this.#bytes,
      dataStart: Math.max(data[0], 0),
      dataEnd: Math.max(data[1], 0),
    };
    return id
      ? { ...common, ...relocated(id, ranges, this.#bytes) }
      : {
          ...common,
          bytes: this.#bytes,
          idStart: this.#idOffsets[index] ?? 0,
          idEnd: this.#idOffsets[index + 1] ?? 0,
          ...named(ranges),
        };
  }

  /**
   * Whether everything but key and tenant is equal byte for byte: what nearly every honest repeat is. False says
   * nothing: the same content may be written in another way.
   */
  equalsBytes(index: number, draft: EventDraft): boolean {
    return (
      this.dataKindAt(index) === draft.dataKind &&
      this.typeAt(index) === draft.type &&
      this.contentTypeAt(index) === draft.dataContentType &&
      this.schemaAt(index) === draft.dataSchema &&
      this.#equalsRange(COLUMN.subject, index, [
        draft.bytes,
        draft.subjectStart,
        draft.subjectEnd,
      ]) &&
      this.#equalsRange(COLUMN.time, index, [draft.bytes, draft.timeStart, draft.timeEnd]) &&
      this.#equalsRange(COLUMN.extensions, index, [
        draft.bytes,
        draft.extensionsStart,
        draft.extensionsEnd,
      ]) &&
      (draft.dataKind === DataKind.none ||
        draft.dataKind === DataKind.erased ||
        this.#equalsRange(COLUMN.data, index, [draft.dataBytes, draft.dataStart, draft.dataEnd]))
    );
  }

  #equalsRange(
    column: number,
    index: number,
    other: readonly [Uint8Array, number, number],
  ): boolean {
    const offsets = this.#offsets[column];
    const has = offsets && (this.flagsAt(index) & (COLUMN_FLAGS[column] ?? 0)) !== 0;
    const [bytes, start, end] = other;
    if (!has || start < 0) return !has && start < 0;
    const from = offsets[index] ?? 0;
    const to = offsets[index + 1] ?? 0;
    return to - from === end - start && this.#bytes.compare(bytes, start, end, from, to) === 0;
  }

  placeAt(index: number): EntryPlace {
    return {
      tenant: this.tenantAt(index),
      decided: this.decidedAt(index),
      stream: this.streamAt(index),
      streamVersion: this.#versions[index] ?? 0,
    };
  }

  #textAt(column: number, index: number): string | null {
    const offsets = this.#offsets[column];
    if (!offsets || (this.flagsAt(index) & (COLUMN_FLAGS[column] ?? 0)) === 0) return null;
    return this.#bytes.toString('utf8', offsets[index], offsets[index + 1]);
  }

  #referred(column: number, index: number): string | null {
    const references = this.#references[column];
    const reference = typeof references === 'number' ? references : (references?.[index] ?? 0);
    return reference === 0 ? null : (this.#dictionary[reference - 1] ?? null);
  }

  #varint(): number {
    const bytes = this.#bytes;
    let byte = bytes[this.#at++] ?? fail();
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    let scale = 128;
    do {
      byte = bytes[this.#at++] ?? fail();
      value += (byte & 0x7f) * scale;
      scale *= 128;
    } while (byte >= 0x80);
    return value;
  }

  #referenceColumn(): Uint32Array | number {
    if (this.#bytes[this.#at++] === MODE.same) return this.#varint();
    const references = new Uint32Array(this.count);
    for (let index = 0; index < this.count; index++) references[index] = this.#varint();
    return references;
  }

  #uuidOffsets(): Uint32Array {
    const offsets = new Uint32Array(this.count + 1);
    for (let index = 0; index <= this.count; index++)
      offsets[index] = this.#at + index * UUID_BYTES;
    this.#at += this.count * UUID_BYTES;
    return offsets;
  }

  #optionalColumn(flag: number): Uint32Array | null {
    let any = false;
    for (let index = 0; index < this.count && !any; index++)
      any = (this.flagsAt(index) & flag) !== 0;
    return any ? this.#rangeColumn((index) => (this.flagsAt(index) & flag) !== 0) : null;
  }

  /** Lengths of those that have a value, then the bytes; turned into absolute offsets. */
  #rangeColumn(has: (index: number) => boolean): Uint32Array {
    const offsets = new Uint32Array(this.count + 1);
    let total = 0;
    for (let index = 0; index < this.count; index++) {
      offsets[index] = total;
      if (has(index)) total += this.#varint();
    }
    offsets[this.count] = total;
    for (let index = 0; index <= this.count; index++)
      offsets[index] = (offsets[index] ?? 0) + this.#at;
    this.#at += total;
    return offsets;
  }

  #sections(): ReadonlyMap<number, DataKind> {
    const kinds = new Map<number, DataKind>();
    while (this.#at < this.#bytes.length) {
      const section = this.#bytes[this.#at++];
      if (section !== SECTION.sealed && section !== SECTION.erased)
        throw new LayoutError(`section ${section} is newer than this program`);
      const kind = section === SECTION.sealed ? DataKind.sealed : DataKind.erased;
      let index = 0;
      for (let left = this.#varint(); left > 0; left--) kinds.set((index += this.#varint()), kind);
    }
    return kinds;
  }

  #versionColumn(): readonly number[] {
    if (this.#offsets[COLUMN.stream] === null) return [];
    const versions: number[] = [];
    for (let index = 0; index < this.count; index++)
      versions.push((this.flagsAt(index) & FLAG.stream) === 0 ? 0 : this.#varint());
    return versions;
  }
}

function fail(): never {
  throw new LayoutError('the payload ends too early');
}

type Ranges = readonly (readonly [number, number])[];

function named(ranges: Ranges): Pick<EventDraft, RangeNames> {
  const [subject, time, extensions] = ranges;
  return {
    subjectStart: subject?.[0] ?? -1,
    subjectEnd: subject?.[1] ?? -1,
    timeStart: time?.[0] ?? -1,
    timeEnd: time?.[1] ?? -1,
    extensionsStart: extensions?.[0] ?? -1,
    extensionsEnd: extensions?.[1] ?? -1,
  };
}

/** A packed UUID has no text in the batch: the small attributes move with it into a buffer of their own. */
function relocated(
  id: Buffer,
  ranges: Ranges,
  source: Buffer,
): Pick<EventDraft, RangeNames | 'bytes' | 'idStart' | 'idEnd'> {
  const parts: Buffer[] = [id];
  let at = id.length;
  const moved = ranges.map(([start, end]): readonly [number, number] => {
    if (start < 0) return [-1, -1];
    parts.push(source.subarray(start, end));
    at += end - start;
    return [at - (end - start), at];
  });
  return { bytes: Buffer.concat(parts), idStart: 0, idEnd: id.length, ...named(moved) };
}

type RangeNames =
  'subjectStart' | 'subjectEnd' | 'timeStart' | 'timeEnd' | 'extensionsStart' | 'extensionsEnd';
