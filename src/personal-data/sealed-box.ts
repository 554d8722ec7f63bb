/**
 * One sealed value: `{"$sealed":"..."}`, the text being base64url of
 *
 *     1 byte kind, 16 bytes person reference, 12 bytes nonce, ciphertext, 16 bytes tag (AES-256-GCM)
 *
 * Tenant, person, pointer of the field and (kind TYPED) type of the event are bound as additional data: a ciphertext that
 * is moved elsewhere does not open.
 *
 * The nonce is a keyed hash of all of these and the value (a synthetic nonce, as in RFC 8452): the same value of the same
 * field of the same person seals to the same bytes, so an event that is sent again is recognised as a duplicate without
 * opening what is stored. What an onlooker learns is that a person's field had the same value twice. Different
 * values meet in one nonce after some 2^48 of them under one key.
 */
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { REFERENCE_BYTES } from '../core/key-store.ts';
import type { PersonReference } from '../core/personal-data.ts';

export const BOX_START = '{"$sealed":"';
export const BOX_END = '"}';

const KIND = { untyped: 0, typed: 1 } as const;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + REFERENCE_BYTES + NONCE_BYTES;
const BASE64URL = /^[A-Za-z0-9_-]+$/;

/** A data key ready for use. */
export interface DataKey {
  readonly cipherKey: Buffer;
  readonly nonceKey: Buffer;
}

export function dataKeyOf(bytes: Buffer): DataKey {
  return {
    cipherKey: bytes,
    nonceKey: createHmac('sha256', bytes).update('comptoir nonce 1').digest(),
  };
}

/** Where a value stands: what it is bound to. */
export interface BoxPlace {
  readonly tenant: string;
  readonly reference: PersonReference;
  /** JSON Pointer of the field. */
  readonly pointer: string;
  /** CloudEvents type; null where the writer does not know it. */
  readonly type: string | null;
}

/** The whole object as JSON text. */
export function sealBox(value: Uint8Array, place: BoxPlace, key: DataKey): string {
  const bound = boundBytes(place);
  const nonce = createHmac('sha256', key.nonceKey)
    .update(bound)
    .update(value)
    .digest()
    .subarray(0, NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.cipherKey, nonce);
  cipher.setAAD(bound);
  const kind = place.type === null ? KIND.untyped : KIND.typed;
  const bytes = Buffer.concat([
    Buffer.of(kind),
    Buffer.from(place.reference, 'hex'),
    nonce,
    cipher.update(value),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return `${BOX_START}${bytes.toString('base64url')}${BOX_END}`;
}

export interface ParsedBox {
  readonly reference: PersonReference;
  readonly typed: boolean;
  readonly bytes: Buffer;
}

/** Reads the object between `start` and `end`. Throws a TypeError when it is none: sealed events hold only ours. */
export function parseBox(text: Buffer, start: number, end: number): ParsedBox {
  const inner = text.toString('latin1', start + BOX_START.length, end - BOX_END.length);
  const bytes = Buffer.from(inner, 'base64url');
  const kind = bytes[0];
  if (
    !BASE64URL.test(inner) ||
    bytes.length < HEAD_BYTES + TAG_BYTES ||
    (kind !== KIND.untyped && kind !== KIND.typed)
  )
    throw new TypeError('a sealed field cannot be read');
  const reference = bytes.toString('hex', 1, 1 + REFERENCE_BYTES);
  return { reference, typed: kind === KIND.typed, bytes };
}

/** The value's JSON text. Throws when it was moved or changed: storage is damaged or somebody tampers. */
export function openBox(box: ParsedBox, place: Omit<BoxPlace, 'reference'>, key: DataKey): Buffer {
  const { bytes, reference, typed } = box;
  const bound = boundBytes({ ...place, reference, type: typed ? place.type : null });
  const nonce = bytes.subarray(HEAD_BYTES - NONCE_BYTES, HEAD_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key.cipherKey, nonce);
  decipher.setAAD(bound);
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  const body = bytes.subarray(HEAD_BYTES, bytes.length - TAG_BYTES);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

/** As a JSON array: no two places have the same bytes. */
function boundBytes({ tenant, reference, pointer, type }: BoxPlace): Buffer {
  return Buffer.from(JSON.stringify([tenant, reference, pointer, type]));
}
