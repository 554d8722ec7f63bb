/**
 * Envelope encryption: the master key wraps data keys and secrets, AES-256-GCM each. A wrapped value begins with the
 * name of the master key that wrapped it, so a rotation that was interrupted leaves nothing unreadable: whoever knows
 * both master keys opens both kinds.
 *
 *     4 bytes name of the master key, 12 bytes nonce, ciphertext, 16 bytes tag
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { Failure } from '../core/errors.ts';

const NAME_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
/** Sets our use of the text apart from any other use of it. */
const PURPOSE = 'comptoir master key 1';

interface MasterKey {
  readonly key: Buffer;
  readonly name: Buffer;
}

export interface MasterKeys {
  /** Wraps with the newest master key. `purpose` is bound: a wrapped value opens under the same one only. */
  wrap(value: Uint8Array, purpose: string): Buffer;
  /** Errors: UNAVAILABLE when it was wrapped by a master key that is not known here, or was changed. */
  unwrap(wrapped: Uint8Array, purpose: string): Buffer;
  /** The same value under the newest master key, or null when it is wrapped by that already. */
  rewrap(wrapped: Uint8Array, purpose: string): Buffer | null;
}

/**
 * From the texts of the master keys: high entropy is theirs to have (32 characters at least, made by a machine), so a
 * plain derivation does. `older` still open what they wrapped.
 */
export function createMasterKeys(newest: string, older: readonly string[] = []): MasterKeys {
  const own = masterKeyOf(newest);
  const known = [own, ...older.map(masterKeyOf)];

  function unwrap(wrapped: Uint8Array, purpose: string): Buffer {
    const bytes = Buffer.from(wrapped.buffer, wrapped.byteOffset, wrapped.byteLength);
    const name = bytes.subarray(0, NAME_BYTES);
    const master = known.find((candidate) => candidate.name.equals(name));
    if (master === undefined) throw unreadable('It was wrapped by another master key');
    const nonce = bytes.subarray(NAME_BYTES, NAME_BYTES + NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', master.key, nonce);
    decipher.setAAD(Buffer.from(purpose));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    const body = bytes.subarray(NAME_BYTES + NONCE_BYTES, bytes.length - TAG_BYTES);
    try {
      return Buffer.concat([decipher.update(body), decipher.final()]);
    } catch (cause) {
      throw unreadable('Its bytes were changed', cause);
    }
  }

  function wrap(value: Uint8Array, purpose: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', own.key, nonce);
    cipher.setAAD(Buffer.from(purpose));
    const body = [cipher.update(value), cipher.final()];
    return Buffer.concat([own.name, nonce, ...body, cipher.getAuthTag()]);
  }

  return {
    wrap,
    unwrap,
    rewrap(wrapped, purpose) {
      if (own.name.equals(Buffer.from(wrapped).subarray(0, NAME_BYTES))) return null;
      return wrap(unwrap(wrapped, purpose), purpose);
    },
  };
}

function masterKeyOf(text: string): MasterKey {
  const key = Buffer.from(hkdfSync('sha256', text, '', PURPOSE, KEY_BYTES));
  return { key, name: createHash('sha256').update(key).digest().subarray(0, NAME_BYTES) };
}

function unreadable(reason: string, cause?: unknown): Failure {
  return new Failure(
    'UNAVAILABLE',
    `A key of the key store cannot be opened. ${reason}; start with the master key that it was made under.`,
    { cause, retryAfterSeconds: 5 },
  );
}
