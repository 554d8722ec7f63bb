import type { IdKind } from '../options.ts';
import { saltsOf, scramble } from './scramble.ts';
import type { EventSlots } from './template.ts';

/** What makes event numbers into bytes: the same identity and number always give the same bytes. */
export interface Identity {
  readonly seed: number;
  readonly ids: IdKind;
  /** So many subjects come round in turn; undefined gives each order its own. */
  readonly subjects: number | undefined;
  /** Derived from the seed once, because patching is on the hot path. */
  readonly salts: readonly number[];
}

export function identityOf(seed: number, ids: IdKind, subjects?: number): Identity {
  return { seed, ids, subjects, salts: saltsOf(seed + 1_000_003, 8) };
}

/**
 * The four events of an order (placed, sent, paid, closed) lie this many orders apart, so that a subject's events
 * spread over batches as they do in life: seconds to a minute at the target rate, the last one far behind.
 */
const STAGE_DELAY_ORDERS = [0, 5_000, 25_000, 250_000] as const;
const FIRST_ORDER = 20_000_000;
/** 6,667 events a second, the target rate, told as the producer's clock. */
const MICROS_PER_EVENT = 150;
/** 14 March 2026, 08:00 UTC; the clock starts again at 08:00 after twelve hours of service. */
const OPENING_MS = Date.UTC(2026, 2, 14, 8);
const SERVICE_MS = 12 * 3_600_000;

/** Order number of event `number`; event numbers run from 0. */
export function orderOf(number: number): number {
  const stage = number % 4;
  return FIRST_ORDER + Math.floor(number / 4) - (STAGE_DELAY_ORDERS[stage] ?? 0);
}

/** Number in the subject of event `number`: its order's, unless the identity has fewer subjects. */
export function subjectOf(identity: Identity, number: number): number {
  return identity.subjects === undefined
    ? orderOf(number)
    : FIRST_ORDER + (number % identity.subjects);
}

/** Producer's clock of event `number` in milliseconds since the epoch. */
export function timeMsOf(number: number): number {
  return OPENING_MS + (Math.floor((number * MICROS_PER_EVENT) / 1000) % SERVICE_MS);
}

/** The id of event `number` as text. */
export function idOf(identity: Identity, number: number): string {
  const bytes = Buffer.alloc(36);
  writeId(bytes, 0, { identity, number });
  return bytes.toString('latin1');
}

export interface EventNumber {
  readonly identity: Identity;
  readonly number: number;
}

/** Writes event `number` into the holes of a template that was copied to `target` at `base`. */
export function patchEvent(
  target: Uint8Array,
  base: number,
  event: EventNumber & { readonly slots: EventSlots },
): void {
  const { slots, identity, number } = event;
  writeId(target, base + slots.idAt, event);
  const order = orderOf(number);
  writeDigits8(target, base + slots.subjectAt, subjectOf(identity, number));
  writeDigits8(target, base + slots.orderAt, order);
  writeTime(target, base + slots.timeAt, timeMsOf(number));
  const price0 = priceOf(number, identity.salts[5] ?? 0);
  const price1 = slots.price1At < 0 ? 0 : priceOf(number, identity.salts[6] ?? 0);
  writeDigits4(target, base + slots.price0At, price0);
  if (slots.price1At >= 0) writeDigits4(target, base + slots.price1At, price1);
  const total = price0 * slots.quantity0 + price1 * slots.quantity1;
  writeDigits4(target, base + slots.totalAt, total);
}

/** Minor units, 1000 to 2495 in steps of 5. */
function priceOf(number: number, salt: number): number {
  return 1000 + (scramble(number, salt) % 300) * 5;
}

/** RFC 9562: version 4 is 122 random bits; version 7 begins with 48 bits of the producer's clock. */
function writeId(target: Uint8Array, at: number, event: EventNumber): void {
  const { identity, number } = event;
  let word0 = scramble(number, identity.salts[0] ?? 0);
  let word1 = scramble(number, identity.salts[1] ?? 0);
  let version = 0x4000;
  if (identity.ids === 'v7') {
    const ms = timeMsOf(number);
    word0 = Math.floor(ms / 65_536) >>> 0;
    word1 = ((ms % 65_536) * 65_536 + (word1 & 0xffff)) >>> 0;
    version = 0x7000;
  }
  const word2 = scramble(number, identity.salts[2] ?? 0);
  const word3 = scramble(number, identity.salts[3] ?? 0);
  writeHex4(target, at, word0 >>> 16);
  writeHex4(target, at + 4, word0);
  target[at + 8] = DASH;
  writeHex4(target, at + 9, word1 >>> 16);
  target[at + 13] = DASH;
  writeHex4(target, at + 14, (word1 & 0x0fff) | version);
  target[at + 18] = DASH;
  writeHex4(target, at + 19, ((word2 >>> 16) & 0x3fff) | 0x8000);
  target[at + 23] = DASH;
  writeHex4(target, at + 24, word2);
  writeHex4(target, at + 28, word3 >>> 16);
  writeHex4(target, at + 32, word3);
}

const ZERO = 48;
const DASH = 45;
const HEX = Buffer.from('0123456789abcdef');

/** The lower 16 bits as four hexadecimal digits. */
function writeHex4(target: Uint8Array, at: number, word: number): void {
  target[at] = HEX[(word >>> 12) & 15] ?? ZERO;
  target[at + 1] = HEX[(word >>> 8) & 15] ?? ZERO;
  target[at + 2] = HEX[(word >>> 4) & 15] ?? ZERO;
  target[at + 3] = HEX[word & 15] ?? ZERO;
}

function writeDigits2(target: Uint8Array, at: number, value: number): void {
  const tens = Math.floor(value / 10);
  target[at] = ZERO + (tens % 10);
  target[at + 1] = ZERO + value - tens * 10;
}

function writeDigits4(target: Uint8Array, at: number, value: number): void {
  const hundreds = Math.floor(value / 100);
  writeDigits2(target, at, hundreds);
  writeDigits2(target, at + 2, value - hundreds * 100);
}

function writeDigits8(target: Uint8Array, at: number, value: number): void {
  const upper = Math.floor(value / 10_000);
  writeDigits4(target, at, upper);
  writeDigits4(target, at + 4, value - upper * 10_000);
}

const DAY_MS = 86_400_000;
const DATE = Buffer.from('2026-03-14T00:00:00.000Z');

/** The corpus stays within one day, so only the clock has to be written. */
function writeTime(target: Uint8Array, at: number, ms: number): void {
  const clock = ms % DAY_MS;
  target.set(DATE, at);
  writeDigits2(target, at + 11, Math.floor(clock / 3_600_000));
  writeDigits2(target, at + 14, Math.floor(clock / 60_000) % 60);
  writeDigits2(target, at + 17, Math.floor(clock / 1000) % 60);
  const millis = clock % 1000;
  target[at + 20] = ZERO + Math.floor(millis / 100);
  writeDigits2(target, at + 21, millis % 100);
}
