/**
 * A growing byte buffer that is reused from batch to batch. Copying short ranges with a loop is faster than a call
 * into the engine (measured: 36 bytes 22 ns against 70 ns for `set(subarray)`), long ranges are the reverse.
 */
const LOOP_COPY_MAX = 48;
const INITIAL_BYTES = 4096;
/** Works on any Uint8Array, and unlike `set` it needs no view of the range: 50 ns against 80 and 90 bytes of garbage. */
const COPY = Buffer.prototype.copy;

export class ByteWriter {
  #bytes: Buffer<ArrayBuffer> = Buffer.allocUnsafeSlow(INITIAL_BYTES);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  reset(): void {
    this.#length = 0;
  }

  /** Forgets what was written after `length`. */
  truncate(length: number): void {
    this.#length = length;
  }

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length++] = value;
  }

  /** Unsigned LEB128; `value` is a safe integer >= 0. */
  varint(value: number): void {
    if (this.#length + 10 > this.#bytes.length) this.#grow(10);
    const bytes = this.#bytes;
    let rest = value;
    while (rest > 0x7f) {
      bytes[this.#length++] = rest > 0x7fffffff ? (rest % 128) | 0x80 : (rest & 0x7f) | 0x80;
      rest = rest > 0x7fffffff ? Math.floor(rest / 128) : rest >>> 7;
    }
    bytes[this.#length++] = rest;
  }

  range(source: Uint8Array, start: number, end: number): void {
    const size = end - start;
    if (this.#length + size > this.#bytes.length) this.#grow(size);
    const bytes = this.#bytes;
    let at = this.#length;
    if (size <= LOOP_COPY_MAX) {
      for (let index = start; index < end; index++) bytes[at++] = source[index] ?? 0;
    } else COPY.call(source, bytes, at, start, end);
    this.#length += size;
  }

  text(value: string): void {
    const size = Buffer.byteLength(value);
    this.varint(size);
    if (this.#length + size > this.#bytes.length) this.#grow(size);
    this.#bytes.write(value, this.#length, 'utf8');
    this.#length += size;
  }

  append(other: ByteWriter): void {
    this.range(other.#bytes, 0, other.#length);
  }

  /** The bytes written so far; valid until the next write or reset. */
  view(): Buffer<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  #grow(size: number): void {
    const next = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#length + size));
    this.#bytes.copy(next, 0, 0, this.#length);
    this.#bytes = next;
  }
}
