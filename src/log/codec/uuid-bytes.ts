/** Lower-case UUIDs as 16 bytes: a UUID is half of the bytes of a small event, and hex does not compress below it. */

const NOT_HEX = 255;
const DASHES = new Set([8, 13, 18, 23]);
const HEX_VALUE = new Uint8Array(256).fill(NOT_HEX);
for (let value = 0; value < 16; value++) HEX_VALUE[value.toString(16).charCodeAt(0)] = value;

/** Index within the 36 characters of the first digit of each of the 16 bytes. */
const DIGITS = Array.from({ length: 36 }, (_, index) => index).filter(
  (index) => !DASHES.has(index),
);
const FIRST_DIGIT = Uint8Array.from(DIGITS.filter((_, index) => index % 2 === 0));
const HEX_DIGITS = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const DASH = 0x2d;

export const UUID_TEXT_BYTES = 36;
export const UUID_BYTES = 16;

/** Writes 16 bytes to `target` when the text at `start` is a lower-case UUID, else returns false. */
export function parseUuid(source: Uint8Array, start: number, target: Uint8Array): boolean {
  if (
    source[start + 8] !== DASH ||
    source[start + 13] !== DASH ||
    source[start + 18] !== DASH ||
    source[start + 23] !== DASH
  )
    return false;
  for (let index = 0; index < UUID_BYTES; index++) {
    const digit = start + (FIRST_DIGIT[index] ?? 0);
    const high = HEX_VALUE[source[digit] ?? 0] ?? NOT_HEX;
    const low = HEX_VALUE[source[digit + 1] ?? 0] ?? NOT_HEX;
    if ((high | low) > 15) return false;
    target[index] = (high << 4) | low;
  }
  return true;
}

/** Writes the 36 characters of the UUID whose 16 bytes stand at `start` to `target`. */
export function formatUuid(source: Uint8Array, start: number, target: Uint8Array): void {
  for (let index = 0; index < UUID_BYTES; index++) {
    const value = source[start + index] ?? 0;
    const digit = FIRST_DIGIT[index] ?? 0;
    target[digit] = HEX_DIGITS[value >> 4] ?? 0;
    target[digit + 1] = HEX_DIGITS[value & 15] ?? 0;
  }
  for (const dash of DASHES) target[dash] = DASH;
}
