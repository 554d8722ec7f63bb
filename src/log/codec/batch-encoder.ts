import { DataKind, type EventDraft } from '../../core/event.ts';
import { ByteWriter } from './byte-writer.ts';
import { FLAG, ID_MODE, MODE, REFERENCE, REFERENCE_COLUMNS, SECTION } from './layout.ts';
import { UUID_BYTES, UUID_TEXT_BYTES, parseUuid } from './uuid-bytes.ts';

/** What an entry has beyond its draft. */
export interface EntryPlace {
  readonly tenant: string;
  readonly decided: boolean;
  readonly stream: string | null;
  /** 0 without a stream. */
  readonly streamVersion: number;
}

/** Which of the events' values occur in a batch: what a reader may decide without unpacking it. */
export interface BatchValues {
  readonly tenants: readonly string[];
  readonly sources: readonly string[];
  readonly types: readonly string[];
}

/**
 * Writes layout 1 (layout.ts). One encoder is kept and reused: its buffers and reference columns stay allocated. Usage:
 * `begin()`, `add()` per event, `finish()`; the bytes of `finish` are valid until the next `begin`.
 */
export class BatchEncoder {
  readonly #out = new ByteWriter();
  readonly #flags = new ByteWriter();
  readonly #idBytes = new ByteWriter();
  readonly #idLengths = new ByteWriter();
  readonly #subjects = new RangeColumn();
  readonly #times = new RangeColumn();
  readonly #extensions = new RangeColumn();
  readonly #data = new RangeColumn();
  readonly #streams = new RangeColumn();
  /** In the order of the layout. */
  readonly #columns = [this.#subjects, this.#times, this.#extensions, this.#data, this.#streams];
  readonly #versions = new ByteWriter();
  /** Indexes of events of the kinds that the flags cannot hold. */
  #sealed: number[] = [];
  #erased: number[] = [];
  readonly #references = Array.from({ length: REFERENCE_COLUMNS }, () => new ReferenceColumn());
  #dictionary = new Map<string, number>();
  #count = 0;
  #uuids = true;
  readonly #uuid = new Uint8Array(UUID_BYTES);

  get count(): number {
    return this.#count;
  }

  begin(): void {
    this.#count = 0;
    this.#uuids = true;
    this.#dictionary = new Map();
    for (const writer of [this.#out, this.#flags, this.#idBytes, this.#idLengths, this.#versions])
      writer.reset();
    for (const column of this.#columns) column.reset();
    for (const column of this.#references) column.reset();
    if (this.#sealed.length > 0) this.#sealed = [];
    if (this.#erased.length > 0) this.#erased = [];
  }

  add(draft: EventDraft, place: EntryPlace): void {
    this.#refer(REFERENCE.tenant, place.tenant);
    this.#refer(REFERENCE.source, draft.source);
    this.#refer(REFERENCE.type, draft.type);
    this.#refer(REFERENCE.contentType, draft.dataContentType);
    this.#refer(REFERENCE.schema, draft.dataSchema);
    this.#addId(draft);
    let flags = this.#kindFlags(draft.dataKind);
    if (place.decided) flags |= FLAG.decided;
    const { bytes } = draft;
    if (draft.subjectStart >= 0) {
      flags |= FLAG.subject;
      this.#subjects.add(bytes, draft.subjectStart, draft.subjectEnd);
    }
    if (draft.timeStart >= 0) {
      flags |= FLAG.time;
      this.#times.add(bytes, draft.timeStart, draft.timeEnd);
    }
    if (draft.extensionsStart >= 0) {
      flags |= FLAG.extensions;
      this.#extensions.add(bytes, draft.extensionsStart, draft.extensionsEnd);
    }
    if ((flags & FLAG.dataKindMask) !== 0)
      this.#data.add(draft.dataBytes, draft.dataStart, draft.dataEnd);
    if (place.stream !== null) {
      flags |= FLAG.stream;
      const stream = Buffer.from(place.stream);
      this.#streams.add(stream, 0, stream.length);
      this.#versions.varint(place.streamVersion);
    }
    this.#flags.byte(flags);
    this.#count++;
  }

  /** Keeps the position of an event that retention removed. */
  addRemoved(tenant: string): void {
    this.#refer(REFERENCE.tenant, tenant);
    for (let column = 1; column < REFERENCE_COLUMNS; column++) this.#refer(column, null);
    this.#uuids = false;
    this.#idLengths.varint(0);
    this.#flags.byte(FLAG.removed);
    this.#count++;
  }

  finish(): Buffer {
    const out = this.#out;
    out.varint(this.#count);
    out.varint(this.#dictionary.size);
    for (const text of this.#dictionary.keys()) out.text(text);
    for (const column of this.#references) column.write(out);
    out.append(this.#flags);
    this.#writeIds();
    for (const column of this.#columns) column.write(out);
    out.append(this.#versions);
    writeSection(out, SECTION.sealed, this.#sealed);
    writeSection(out, SECTION.erased, this.#erased);
    return out.view();
  }

  values(): BatchValues {
    const texts = [...this.#dictionary.keys()];
    const of = (column: number): string[] =>
      at(this.#references, column)
        .distinct()
        .filter((reference) => reference > 0)
        .map((reference) => texts[reference - 1] ?? '');
    return {
      tenants: of(REFERENCE.tenant),
      sources: of(REFERENCE.source),
      types: of(REFERENCE.type),
    };
  }

  #kindFlags(kind: DataKind): number {
    if (kind < DataKind.sealed) return kind;
    if (kind === DataKind.erased) {
      this.#erased.push(this.#count);
      return DataKind.none;
    }
    this.#sealed.push(this.#count);
    return DataKind.json;
  }

  #refer(column: number, text: string | null): void {
    const references = at(this.#references, column);
    if (references.repeat(text)) return;
    let reference = 0;
    if (text !== null) {
      const known = this.#dictionary.get(text);
      if (known === undefined) {
        reference = this.#dictionary.size + 1;
        this.#dictionary.set(text, reference);
      } else reference = known;
    }
    references.add(text, reference);
  }

  #addId(draft: EventDraft): void {
    const size = draft.idEnd - draft.idStart;
    this.#idLengths.varint(size);
    this.#idBytes.range(draft.bytes, draft.idStart, draft.idEnd);
    if (this.#uuids && size !== UUID_TEXT_BYTES) this.#uuids = false;
  }

  #writeIds(): void {
    const out = this.#out;
    const text = this.#idBytes.view();
    if (this.#uuids && this.#count > 0) {
      const mark = out.length;
      out.byte(ID_MODE.uuid);
      for (let index = 0; index < this.#count; index++) {
        if (!parseUuid(text, index * UUID_TEXT_BYTES, this.#uuid)) {
          out.truncate(mark);
          this.#uuids = false;
          break;
        }
        out.range(this.#uuid, 0, UUID_BYTES);
      }
      if (this.#uuids) return;
    }
    out.byte(ID_MODE.text);
    out.append(this.#idLengths);
    out.append(this.#idBytes);
  }
}

function writeSection(out: ByteWriter, section: number, indexes: readonly number[]): void {
  if (indexes.length === 0) return;
  out.byte(section);
  out.varint(indexes.length);
  let last = 0;
  for (const index of indexes) {
    out.varint(index - last);
    last = index;
  }
}

/** Byte ranges of those events that have the value: lengths first, then the bytes. */
class RangeColumn {
  readonly #lengths = new ByteWriter();
  readonly #bytes = new ByteWriter();

  reset(): void {
    this.#lengths.reset();
    this.#bytes.reset();
  }

  add(source: Uint8Array, start: number, end: number): void {
    this.#lengths.varint(end - start);
    this.#bytes.range(source, start, end);
  }

  write(out: ByteWriter): void {
    out.append(this.#lengths);
    out.append(this.#bytes);
  }
}

/** One column of dictionary references; a batch whose events are alike needs two numbers. */
class ReferenceColumn {
  #values = new Uint32Array(1024);
  #count = 0;
  #alike = true;
  #lastText: string | null | undefined = undefined;

  reset(): void {
    this.#count = 0;
    this.#alike = true;
    this.#lastText = undefined;
  }

  /** Neighbours are mostly alike: then the dictionary need not be asked. */
  repeat(text: string | null): boolean {
    if (text !== this.#lastText || this.#count === 0) return false;
    this.add(text, this.#values[this.#count - 1] ?? 0);
    return true;
  }

  add(text: string | null, reference: number): void {
    this.#lastText = text;
    if (this.#count === this.#values.length) {
      const next = new Uint32Array(this.#values.length * 2);
      next.set(this.#values);
      this.#values = next;
    }
    if (this.#count > 0 && reference !== this.#values[0]) this.#alike = false;
    this.#values[this.#count++] = reference;
  }

  distinct(): number[] {
    if (this.#alike) return this.#count === 0 ? [] : [this.#values[0] ?? 0];
    return [...new Set(this.#values.subarray(0, this.#count))];
  }

  write(out: ByteWriter): void {
    if (this.#alike) {
      out.byte(MODE.same);
      out.varint(this.#values[0] ?? 0);
      return;
    }
    out.byte(MODE.each);
    for (let index = 0; index < this.#count; index++) out.varint(this.#values[index] ?? 0);
  }
}

function at<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new RangeError(`no column ${index}`);
  return value;
}
