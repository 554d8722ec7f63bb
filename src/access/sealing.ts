/**
 * What the tables of access keep secret: texts sealed with AES-256-GCM, and keyed hashes of values that must be found
 * again. Both keys come from one secret of the key store, which is no part of the database or its backups.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { assert } from '../core/assert.ts';

export interface AccessSecrets {
  /** Bound to its place (tenant, row, column): bytes moved elsewhere do not open. */
  seal(text: string, place: readonly string[]): Buffer;
  /** Throws when the bytes were altered, moved or sealed with another key. */
  open(bytes: Uint8Array, place: readonly string[]): string;
  /** HMAC-SHA-256 of the parts, as a JSON array so that no two lists of parts meet. */
  hash(parts: readonly string[]): Buffer;
}

const SECRET_BYTES_MIN = 32;
const KEY_BYTES = 32;
/** First byte of what is sealed, so that another construction can follow. */
const VERSION = 1;
/** NIST SP 800-38D: random 96-bit nonces are safe for 2^32 messages of a key, far above any number of people. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES;

/** `secret` has 32 bytes or more, such as a named secret of the key store. */
export function createAccessSecrets(secret: Uint8Array): AccessSecrets {
  assert(secret.length >= SECRET_BYTES_MIN, 'the secret of access has 32 bytes or more');
  const sealKey = keyOf(secret, 'comptoir access seal 1');
  const hashKey = keyOf(secret, 'comptoir access hash 1');
  return {
    seal(text, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(bytesOf(place));
      return Buffer.concat([
        Uint8Array.of(VERSION),
        nonce,
        cipher.update(text, 'utf8'),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
    },
    open(bytes, place) {
      if (bytes.length < HEAD_BYTES + TAG_BYTES || bytes[0] !== VERSION)
        throw new Error('a sealed field of access cannot be read');
      const tagAt = bytes.length - TAG_BYTES;
      const nonce = bytes.subarray(1, HEAD_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', sealKey, nonce, {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(bytesOf(place));
      decipher.setAuthTag(bytes.subarray(tagAt));
      const body = bytes.subarray(HEAD_BYTES, tagAt);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    },
    hash: (parts) => createHmac('sha256', hashKey).update(bytesOf(parts)).digest(),
  };
}

/** Compares in constant time; different lengths are different. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function keyOf(secret: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, KEY_BYTES));
}

function bytesOf(parts: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(parts));
}
