/** Time-based one-time passwords (RFC 6238 over RFC 4226): SHA-1, 30 s, 6 digits, as every authenticator app has them. */
import { createHmac, randomBytes } from 'node:crypto';
import { sameBytes } from '../sealing.ts';

export const TOTP_STEP_SECONDS = 30;
const DIGITS = 6;
/** RFC 4226, section 4: 160 bits recommended. */
const SECRET_BYTES = 20;
/** One step back and one ahead: clocks of telephones are right to the second, people type for a while. */
const STEPS_APART_MAX = 1;

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A new secret in base32 (RFC 4648, section 6), without padding. */
export function newTotpSecret(): string {
  return toBase32(randomBytes(SECRET_BYTES));
}

/** What an authenticator app reads from a square code. `account` is shown there beside the issuer. */
export function totpUri(secret: string, account: string): string {
  const label = `Comptoir:${account}`;
  return `otpauth://totp/${encodeURIComponent(label)}?secret=${secret}&issuer=Comptoir&algorithm=SHA1&digits=${DIGITS}&period=${TOTP_STEP_SECONDS}`;
}

/** The code of a time step. */
export function totpAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** The step whose code was given, null for none near `nowMs`. Every candidate is compared, so time tells nothing. */
export function stepOfCode(secret: string, code: string, nowMs: number): number | null {
  const now = Math.floor(nowMs / 1000 / TOTP_STEP_SECONDS);
  let found: number | null = null;
  for (let step = now - STEPS_APART_MAX; step <= now + STEPS_APART_MAX; step += 1)
    if (sameBytes(Buffer.from(totpAt(secret, step)), Buffer.from(code))) found = step;
  return found;
}

export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let value = 0;
  let bits = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += BASE32.charAt((value >>> (bits - 5)) & 31);
    value &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + BASE32.charAt((value << (5 - bits)) & 31);
}

function fromBase32(text: string): Buffer {
  const bytes: number[] = [];
  let value = 0;
  let bits = 0;
  for (const letter of text) {
    value = (value << 5) | BASE32.indexOf(letter);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((value >>> bits) & 255);
    value &= (1 << bits) - 1;
  }
  return Buffer.from(bytes);
}
