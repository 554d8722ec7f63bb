import type { KeyStore } from '../core/key-store.ts';
import type { PersonReference } from '../core/personal-data.ts';
import { createMasterKeys, type MasterKeys } from './master-key.ts';
import { openSecret } from './named-secrets.ts';

/** Ids of erased persons as the erasure list holds them: sealed under a secret of the key store. */
export interface PersonIds {
  /** Base64url. */
  seal(reference: PersonReference, personId: string): string;
  open(reference: PersonReference, sealedId: string): string;
}

export async function openPersonIds(keys: KeyStore, master: MasterKeys): Promise<PersonIds> {
  const secret = await openSecret(keys, master, 'erasures');
  const sealer = createMasterKeys(secret.toString('base64url'));
  return {
    seal: (reference, personId) =>
      sealer.wrap(Buffer.from(personId), reference).toString('base64url'),
    open: (reference, sealedId) =>
      sealer.unwrap(Buffer.from(sealedId, 'base64url'), reference).toString(),
  };
}
