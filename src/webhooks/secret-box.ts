/** Sealing of webhook secrets at rest: signing needs them back, so a hash as for API keys does not do. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { assert } from '../core/assert.ts';

export interface SecretBox {
  seal(bytes: Uint8Array): Uint8Array;
  /** Throws when the bytes were altered or sealed with another key. */
  open(bytes: Uint8Array): Uint8Array;
}

export const SECRET_BOX_KEY_BYTES = 32;
/** First byte of what is sealed, so that another construction can follow. */
const VERSION = 1;
/** NIST SP 800-38D: 96-bit nonces; random ones are safe for 2^32 messages of a key, far above any number of secrets. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES;

/** AES-256-GCM: version byte, nonce, ciphertext, tag. `key` has 32 bytes and is copied. */
export function createSecretBox(key: Uint8Array): SecretBox {
  assert(key.length === SECRET_BOX_KEY_BYTES, 'the key of a secret box has 32 bytes');
  const own = Uint8Array.from(key);
  return {
    seal(bytes) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', own, nonce, { authTagLength: TAG_BYTES });
      return Buffer.concat([
        Uint8Array.of(VERSION),
        nonce,
        cipher.update(bytes),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
    },
    open(bytes) {
      if (bytes.length < HEAD_BYTES + TAG_BYTES || bytes[0] !== VERSION)
        throw new Error('the sealed secret cannot be read');
      const tagAt = bytes.length - TAG_BYTES;
      const decipher = createDecipheriv('aes-256-gcm', own, bytes.subarray(1, HEAD_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAuthTag(bytes.subarray(tagAt));
      return Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES, tagAt)), decipher.final()]);
    },
  };
}
