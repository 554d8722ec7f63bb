import { hash } from 'node:crypto';

/** Bytes of a block of SHA-256. */
const BLOCK_BYTES = 64;

/** HMAC-SHA256 of a text: 32 bytes. */
export type KeyedHash = (text: string) => Buffer;

/** Texts up to this length, in UTF-8, are hashed where they were written; longer ones in a buffer of their own. */
const SCRATCH_BYTES = 8_192;
const DIGEST_BYTES = 32;
/** Most bytes that UTF-8 takes for a UTF-16 code unit. */
const BYTES_PER_UNIT = 3;

/**
 * HMAC (RFC 2104) by two one-shot hashes over keys padded once: 1 us for a request, where an Hmac object costs 8. Digests come
 * as text of a character a byte: as a buffer each would have memory of its own outside the heap, which made it 2.
 */
export function createKeyedHash(secret: Uint8Array): KeyedHash {
  const key = secret.length > BLOCK_BYTES ? hash('sha256', secret, 'buffer') : secret;
  const padded = (byte: number, room: number): Buffer => {
    const block = Buffer.alloc(BLOCK_BYTES + room, byte);
    key.forEach((value, index) => (block[index] = value ^ byte));
    return block;
  };
  const inner = padded(0x36, SCRATCH_BYTES);
  const outer = padded(0x5c, DIGEST_BYTES);
  return (text) => {
    outer.write(hash('sha256', withText(inner, text), 'latin1'), BLOCK_BYTES, 'latin1');
    return Buffer.from(hash('sha256', outer, 'latin1'), 'latin1');
  };
}

/** The padded key and the text behind it; overwritten by the next one. */
function withText(inner: Buffer, text: string): Buffer {
  if (text.length * BYTES_PER_UNIT > SCRATCH_BYTES)
    return Buffer.concat([inner.subarray(0, BLOCK_BYTES), Buffer.from(text)]);
  return inner.subarray(0, BLOCK_BYTES + inner.write(text, BLOCK_BYTES));
}
