/** Filters of streams beside deflate (ISO 32000-1, 7.4): enough of them to know how large a stream becomes. */

/** Gives decoded bytes to `write` piece by piece; `write` throws when it has had enough. */
type Write = (bytes: Uint8Array) => void;

const TILDE = 0x7e;

export function decodeAsciiHex(bytes: Uint8Array, write: Write): void {
  const text = Buffer.from(bytes).toString('latin1').split('>')[0] ?? '';
  const digits = text.replaceAll(/[^0-9a-f]/gi, '');
  write(Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex'));
}

export function decodeAscii85(bytes: Uint8Array, write: Write): void {
  const out = Buffer.alloc(bytes.length * 4 + 8);
  let length = 0;
  let group = 0;
  let count = 0;
  for (const byte of bytes) {
    if (byte === TILDE) break;
    if (byte === 0x7a && count === 0) {
      length += 4;
      continue;
    }
    if (byte < 0x21 || byte > 0x75) continue;
    group = group * 85 + (byte - 0x21);
    count += 1;
    if (count === 5) {
      out.writeUInt32BE(group >>> 0, length);
      length += 4;
      group = 0;
      count = 0;
    }
  }
  if (count > 1) {
    for (let pad = count; pad < 5; pad += 1) group = group * 85 + 84;
    out.writeUInt32BE(group >>> 0, length);
    length += count - 1;
  }
  write(out.subarray(0, length));
}

export function decodeRunLength(bytes: Uint8Array, write: Write): void {
  for (let at = 0; at < bytes.length;) {
    const length = bytes[at] ?? 128;
    if (length === 128) return;
    if (length < 128) {
      write(bytes.subarray(at + 1, at + 2 + length));
      at += 2 + length;
    } else {
      write(Buffer.alloc(257 - length, bytes[at + 1] ?? 0));
      at += 2;
    }
  }
}

const CLEAR = 256;
const END = 257;
const BITS_MAX = 12;

/** 7.4.4; `early` is the parameter EarlyChange, 1 by default. */
export function decodeLzw(bytes: Uint8Array, write: Write, early: number): void {
  let table: Buffer[] = [];
  let previous: Buffer | null = null;
  let [bits, held, width] = [0, 0, 9];
  const reset = (): void => {
    table = Array.from({ length: 258 }, (_, code) => Buffer.from([code & 255]));
    previous = null;
    width = 9;
  };
  reset();
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xff_ffff;
    bits += 8;
    if (bits < width) continue;
    bits -= width;
    const code = (held >> bits) & ((1 << width) - 1);
    if (code === END) break;
    if (code === CLEAR) {
      reset();
      continue;
    }
    const entry: Buffer | null = entryOf(table, code, previous);
    if (entry === null) break;
    if (previous !== null && table.length < 1 << BITS_MAX)
      table.push(Buffer.concat([previous, entry.subarray(0, 1)]));
    previous = entry;
    write(entry);
    while (width < BITS_MAX && table.length + early >= 1 << width) width += 1;
  }
}

function entryOf(table: readonly Buffer[], code: number, previous: Buffer | null): Buffer | null {
  const known = table[code];
  if (known !== undefined) return known;
  return previous === null ? null : Buffer.concat([previous, previous.subarray(0, 1)]);
}
