/** Keys of an installation: where they lie, the master key, and what is sealed and revealed with them. */
import type { Config } from './config.ts';
import type { Opened } from './app-opened.ts';
import { CONNECT_TIMEOUT_MS, STATEMENT_TIMEOUT_MS, type Storage } from './app-storage.ts';
import path from 'node:path';
import type { KeyStore } from './core/key-store.ts';
import type { Logger } from './core/logger.ts';
import { openPersonalData } from './personal-data/open.ts';
import type { PersonIds } from './personal-data/person-ids.ts';
import type { PersonalDataService } from './personal-data/personal-data.ts';
import { openDatabaseKeyStore } from './platform/keys/database-key-store.ts';
import { openDirectoryKeyStore } from './platform/keys/directory-key-store.ts';
import { loadMasterKeys } from './platform/keys/master-key-file.ts';
import { openDatabase } from './platform/postgres/pool.ts';

/** Keys are cached; a handful of statements a second at most. */
const KEY_CONNECTIONS_MAX = 2;

export interface Keys {
  readonly store: KeyStore;
  readonly personal: PersonalDataService;
  readonly personIds: PersonIds;
  /** Keys the hashes of idempotency keys. */
  readonly commandSecret: Uint8Array;
  /** Seals the secrets of webhook endpoints. */
  readonly webhookSecret: Uint8Array;
  /** Names and keys of the tenants' own blobs derive from it. */
  readonly blobSecret: Uint8Array;
  /** Links of the audit chains and what is about nobody in particular. */
  readonly auditSecret: Uint8Array;
  /** Names, e-mail addresses and second factors of people. */
  readonly accessSecret: Uint8Array;
  /** Links that are given to guests, such as to manage a booking. */
  readonly linkSecret: Uint8Array;
  /** Links to documents and the options of their jobs. */
  readonly documentSecret: Uint8Array;
  readonly notices: readonly string[];
}

/** Errors: UNAVAILABLE when the store cannot be reached or was wrapped by another master key. */
export async function openKeys(
  config: Config,
  opened: Opened,
  { storage, logger }: { readonly storage: Storage; readonly logger: Logger },
): Promise<Keys> {
  const folder = keyFolderOf(config, storage);
  const texts = await loadMasterKeys({
    folder,
    given: config.masterKey,
    givenOld: config.masterKeyOld,
  });
  const store = opened.add(await openStore(config, folder, { storage, logger }), (it) =>
    it.close(),
  );
  const { personal, personIds, secret } = await openPersonalData({ keys: store, texts, logger });
  return {
    store,
    personal: opened.add(personal, (it) => it.close()),
    personIds,
    commandSecret: await secret('commands'),
    webhookSecret: await secret('webhooks'),
    blobSecret: await secret('blobs'),
    auditSecret: await secret('audit'),
    accessSecret: await secret('access'),
    linkSecret: await secret('links'),
    documentSecret: await secret('documents'),
    notices: texts.notices,
  };
}

/** Where the embedded database had to go elsewhere than asked, its keys go with it. */
function keyFolderOf(config: Config, { embedded }: Storage): string {
  if (config.keys.kind === 'directory' && config.data.chosen) return config.keys.path;
  return path.join(embedded?.dataDir ?? config.data.dir, 'keys');
}

async function openStore(
  config: Config,
  folder: string,
  { storage, logger }: { readonly storage: Storage; readonly logger: Logger },
): Promise<KeyStore> {
  if (config.keys.kind === 'directory') return openDirectoryKeyStore(folder);
  return openDatabaseKeyStore(
    openDatabase({
      url: config.keys.url,
      connectionsMax: KEY_CONNECTIONS_MAX,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      isPatient: storage.isPatient,
      logger,
    }),
  );
}
