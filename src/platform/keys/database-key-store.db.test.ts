import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/support/database.ts';
import { openDatabase } from '../postgres/pool.ts';
import { describeKeyStore } from './key-store-contract.fixture.ts';
import { openDatabaseKeyStore } from './database-key-store.ts';

const LIMITS = { connectionsMax: 4, connectTimeoutMs: 5_000, statementTimeoutMs: 30_000 };

describe('the key store in a database', () => {
  describeKeyStore(async () => {
    const { url, drop } = await testDatabase();
    return {
      open: () => openDatabaseKeyStore(openDatabase({ url, ...LIMITS })),
      bytes: async () => null,
      dispose: drop,
    };
  });

  it('is made once when several processes open it at the same time', async () => {
    const { url, drop } = await testDatabase();
    try {
      const stores = await Promise.all(
        Array.from({ length: 4 }, () => openDatabaseKeyStore(openDatabase({ url, ...LIMITS }))),
      );
      expect(await stores[3]?.erasures()).toEqual([]);
      for (const store of stores) await store.close();
    } finally {
      await drop();
    }
  });
});
