import type { KeyStore } from '../core/key-store.ts';
import type { MasterKeys } from './master-key.ts';
import { SECRET_NAMES } from './named-secrets.ts';

/**
 * Wraps everything in the store by the newest master key; answers with how many keys were changed. May be ended at any
 * moment and be begun again: each wrapped value names its master key, and both are known until all is done. Errors:
 * UNAVAILABLE when something was wrapped by a third one.
 */
export async function rotateMaster(keys: KeyStore, master: MasterKeys): Promise<number> {
  for (const name of SECRET_NAMES) {
    const held = await keys.readSecret(name);
    const next = held === null ? null : master.rewrap(held, name);
    if (next !== null) await keys.replaceSecret(name, next);
  }
  return keys.rewrapKeys((reference, wrapped) => master.rewrap(wrapped, reference));
}
