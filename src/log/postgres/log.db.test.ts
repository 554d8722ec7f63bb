import { testDatabase } from '../../../test/support/database.ts';
import { openDatabase } from '../../platform/postgres/pool.ts';
import { describeLogContract } from '../contract.ts';
import { openPostgresLog, type PostgresLog } from './postgres-log.ts';

const WINDOW = { dedupeWindowSeconds: 3_600, dedupeKeysMax: 1_000_000 };

describeLogContract('postgres', async () => {
  const { url, database, drop } = await testDatabase();
  const opened: { close(): Promise<void> }[] = [];
  const open = async (): Promise<PostgresLog> => {
    const own = openDatabase({
      url,
      connectionsMax: 4,
      connectTimeoutMs: 5_000,
      statementTimeoutMs: 10_000,
    });
    const log = await openPostgresLog({ ...WINDOW, database: own, maintenance: false });
    opened.push({
      close: async () => {
        await log.close();
        await own.close();
      },
    });
    return log;
  };
  const log = await openPostgresLog({ ...WINDOW, database, maintenance: false });
  return {
    log,
    another: open,
    restart: open,
    close: async () => {
      await log.close();
      for (const each of opened) await each.close();
      await drop();
    },
  };
});
