/** A rendered event as bytes with slots that are overwritten in place: no string is made for an event. */
import type { Random } from './random.ts';

interface Slot {
  readonly kind: 'digits' | 'hex' | 'uuid' | 'time';
  readonly at: number;
  readonly width: number;
}

export interface EventTemplate {
  readonly bytes: Buffer;
  readonly slots: readonly Slot[];
}

const TIME_WIDTH = '2026-01-01T00:00:00.000Z'.length;
const UUID_WIDTH = 36;
const HEX = Buffer.from('0123456789abcdef');
const ZERO = 0x30;
const DASH = 0x2d;

/** Reads the marks of shapes.ts. The text is ASCII, so characters are bytes. */
export function parseTemplate(text: string): EventTemplate {
  const slots: Slot[] = [];
  let out = '';
  for (const part of text.split(/(<(?:digits:\d+|hex:\d+|uuid|time)>)/)) {
    const mark = /^<(digits|hex|uuid|time)(?::(\d+))?>$/.exec(part);
    if (mark === null) {
      out += part;
      continue;
    }
    const [, word, count] = mark;
    const kind = word === 'digits' || word === 'hex' || word === 'uuid' ? word : 'time';
    const width = kind === 'uuid' ? UUID_WIDTH : kind === 'time' ? TIME_WIDTH : Number(count);
    slots.push({ kind, at: out.length, width });
    out += '0'.repeat(width);
  }
  return { bytes: Buffer.from(out, 'latin1'), slots };
}

/**
 * Writes the event at `at` of `target` and returns where it ends. `time` is the text of the event's time, already as
 * bytes, since many events share a millisecond.
 */
export function writeEvent(
  template: EventTemplate,
  to: { readonly target: Buffer; readonly at: number },
  values: { readonly random: Random; readonly time: Buffer },
): number {
  const { target, at } = to;
  template.bytes.copy(target, at);
  for (const slot of template.slots) {
    const start = at + slot.at;
    if (slot.kind === 'time') values.time.copy(target, start);
    else if (slot.kind === 'digits') writeDigits(target, start, { width: slot.width, ...values });
    else writeHex(target, start, { ...slot, ...values });
  }
  return at + template.bytes.length;
}

function writeDigits(
  target: Buffer,
  start: number,
  { width, random }: { readonly width: number; readonly random: Random },
): void {
  let value = random.next();
  for (let index = width - 1; index > 0; index--) {
    target[start + index] = ZERO + (value % 10);
    // Nine digits are what 32 bits hold; a wider slot takes a new number.
    value = value < 10 ? random.next() : Math.floor(value / 10);
  }
  target[start] = ZERO + 1 + (value % 9);
}

function writeHex(
  target: Buffer,
  start: number,
  slot: {
    readonly kind: 'hex' | 'uuid' | 'digits' | 'time';
    readonly width: number;
    readonly random: Random;
  },
): void {
  let value = 0;
  for (let index = 0; index < slot.width; index++) {
    if (index % 8 === 0) value = slot.random.next();
    target[start + index] = HEX[value & 15] ?? ZERO;
    value >>>= 4;
  }
  if (slot.kind !== 'uuid') return;
  for (const dash of [8, 13, 18, 23]) target[start + dash] = DASH;
  // Version 4, variant 10 (RFC 9562).
  target[start + 14] = ZERO + 4;
  target[start + 19] = HEX[8 + (slot.random.next() & 3)] ?? ZERO;
}
