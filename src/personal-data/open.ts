import { silentLogger, type Logger } from '../core/logger.ts';
import type { KeyStore } from '../core/key-store.ts';
import type { MasterKeyTexts } from '../platform/keys/master-key-file.ts';
import { createMasterKeys } from './master-key.ts';
import { openSecret, type SecretName } from './named-secrets.ts';
import { openPersonIds, type PersonIds } from './person-ids.ts';
import { createPersonalData, type PersonalDataService } from './personal-data.ts';
import { rotateMaster } from './rotate-master.ts';

export interface OpenedPersonalData {
  readonly personal: PersonalDataService;
  readonly personIds: PersonIds;
  /** A secret of the installation, made when there is none. Errors: UNAVAILABLE. */
  secret(name: SecretName): Promise<Uint8Array>;
}

/**
 * Opens personal data on a key store, after a rotation of the master key where one was begun. Errors: UNAVAILABLE when
 * the store cannot be reached or was made under another master key.
 */
export async function openPersonalData(options: {
  readonly keys: KeyStore;
  readonly texts: MasterKeyTexts;
  readonly logger?: Logger;
}): Promise<OpenedPersonalData> {
  const { keys, texts, logger = silentLogger } = options;
  const master = createMasterKeys(texts.newest, texts.older);
  if (texts.older.length > 0) {
    const count = await rotateMaster(keys, master);
    // Another process may still wrap by the old key: it goes at a later start, when nothing was left to wrap anew.
    if (count === 0) await texts.settled();
    logger.info('data keys were wrapped anew by the new master key', { count });
  }
  return {
    personal: await createPersonalData({ keys, master, logger }),
    personIds: await openPersonIds(keys, master),
    secret: (name) => openSecret(keys, master, name),
  };
}
