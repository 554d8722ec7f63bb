import { testDatabase } from '../../test/support/database.ts';
import { openPostgresLog } from '../log/postgres/postgres-log.ts';
import { createPostgresStore } from './postgres/postgres-store.ts';
import { describeProjections } from './suite/fixture.ts';

describeProjections('in PostgreSQL', async () => {
  const held = await testDatabase();
  const { database } = held;
  const log = await openPostgresLog({
    database,
    dedupeWindowSeconds: 3600,
    dedupeKeysMax: 1000,
    maintenance: false,
  });
  return {
    log,
    store: createPostgresStore({ database, bucketCount: log.bucketCount }),
    async close() {
      await log.close();
      await held.drop();
    },
  };
});
