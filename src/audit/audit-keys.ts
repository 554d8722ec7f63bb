/**
 * Keys of the audit trail, all derived (HKDF, RFC 5869) from one secret of the key store, which the master key wraps: a
 * rotation of the master key leaves them as they are. Each chain has its own, so a row moved to another chain fits nowhere.
 */
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  hkdfSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { assert } from '../core/assert.ts';
import type { Chain } from './chain.ts';

const KEY_BYTES = 32;
/** Keys held, some 300 B each; far above the chains that are written to in a minute. */
const CACHED_KEYS_MAX = 10_000;
/** 64 bits would do to find an address; twice that keeps two addresses from ever meeting. */
const ADDRESS_BYTES = 16;
/** What precedes the 32 bytes of an Ed25519 seed in PKCS #8 (RFC 8410, section 7). */
const ED25519_PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface AuditKeys {
  /** Of links, heads and cuts. */
  chain(chain: Chain): KeyObject;
  /** Of the contents of entries sealed in `epoch`. */
  seal(chain: Chain, epoch: number): KeyObject;
  /** What an address is found by within a tenant. */
  addressHash(tenant: string, address: string): Buffer;
  /** Ed25519 (RFC 8032): who has the public key can check checkpoints and cannot make any. */
  sign(bytes: Uint8Array): Buffer;
  verify(bytes: Uint8Array, signature: Uint8Array): boolean;
  /** PEM. */
  readonly publicKey: string;
}

export function createAuditKeys(secret: Uint8Array): AuditKeys {
  assert(secret.length >= KEY_BYTES, 'the secret of the audit trail has at least 32 bytes');
  const cached = new Map<string, KeyObject>();
  const bytesFor = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, '', purpose, KEY_BYTES));
  const keyFor = (...purpose: readonly (string | number)[]): KeyObject => {
    const text = JSON.stringify(['comptoir audit 1', ...purpose]);
    const known = cached.get(text);
    if (known !== undefined) return known;
    if (cached.size >= CACHED_KEYS_MAX) cached.clear();
    const key = createSecretKey(bytesFor(text));
    cached.set(text, key);
    return key;
  };
  const seed = bytesFor('comptoir audit checkpoints 1');
  const signing = createPrivateKey({
    key: Buffer.concat([ED25519_PKCS8_HEAD, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const checking = createPublicKey(signing);
  return {
    chain: ({ tenant, class: of }) => keyFor('chain', tenant, of),
    seal: ({ tenant, class: of }, epoch) => keyFor('seal', tenant, of, epoch),
    addressHash: (tenant, address) =>
      createHmac('sha256', keyFor('address', tenant))
        .update(address)
        .digest()
        .subarray(0, ADDRESS_BYTES),
    sign: (bytes) => sign(null, bytes, signing),
    verify: (bytes, signature) => verify(null, bytes, checking, signature),
    publicKey: checking.export({ format: 'pem', type: 'spki' }).toString(),
  };
}
