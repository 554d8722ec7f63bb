/** Secrets of an installation that are made once and live as long as it: in the key store, wrapped by the master key. */
import { randomBytes } from 'node:crypto';
import type { KeyStore } from '../core/key-store.ts';
import type { MasterKeys } from './master-key.ts';

const SECRET_BYTES = 32;

/** Every secret that the store may hold, each bound to its own name; a rotation of the master key wraps them all anew. */
export const SECRET_NAMES = [
  'references',
  'erasures',
  'commands',
  'webhooks',
  'blobs',
  'audit',
  'access',
  'links',
  'documents',
] as const;
export type SecretName = (typeof SECRET_NAMES)[number];

/** The secret of that name, 32 bytes, made when there is none. Errors: UNAVAILABLE. */
export async function openSecret(
  keys: KeyStore,
  master: MasterKeys,
  name: SecretName,
): Promise<Buffer> {
  const fresh = master.wrap(randomBytes(SECRET_BYTES), name);
  return master.unwrap(await keys.createSecret(name, fresh), name);
}
