/** A whole server in this process over a database of its own, one at a time: for tests. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabase, type TestDatabase } from '../test/support/database.ts';
import { createApp, type App } from './app.ts';
import { loadConfig } from './config.ts';
import { openDatabase } from './platform/postgres/pool.ts';

const TURN = 5_018;
/** Of one server at a time; the files that hold one take two minutes each on a machine that does nothing else for long. */
const TURN_MS_MAX = 900_000;
/** How long the hook that opens a fixture may take: its turn, and what a server takes to start. */
export const OPENED_MS_MAX = TURN_MS_MAX + 120_000;

/** A key of the tenant `default` that may do everything. */
export const ADMIN_KEY = 'an admin key of a test, 24 characters and more';

export interface WholeServer {
  readonly app: App;
  readonly database: TestDatabase['database'];
  close(): Promise<void>;
}

export async function wholeServer(
  environment: Readonly<Record<string, string>> = {},
): Promise<WholeServer> {
  const held = await testDatabase({ connectionsMax: 2 });
  const endTurn = await takeTurn(held.url);
  const folder = await mkdtemp(path.join(tmpdir(), 'comptoir-whole-'));
  const app = await createApp(
    loadConfig({
      COMPTOIR_DATABASE_URL: held.url,
      COMPTOIR_DATA_DIR: folder,
      COMPTOIR_HTTP_PORT: '0',
      COMPTOIR_DEMO: 'off',
      COMPTOIR_LOG_LEVEL: 'error',
      COMPTOIR_ADMIN_API_KEY: ADMIN_KEY,
      COMPTOIR_MASTER_KEY: randomBytes(32).toString('hex'),
      ...environment,
    }),
  );
  return {
    app,
    database: held.database,
    async close() {
      await app.close();
      await held.drop();
      await endTurn();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The pools of two whole servers together are larger than what the PostgreSQL of the tests lends: one after the other. */
async function takeTurn(url: string): Promise<() => Promise<void>> {
  const everybodys = new URL(url);
  everybodys.pathname = '/postgres';
  const database = openDatabase({
    url: everybodys.href,
    connectionsMax: 1,
    connectTimeoutMs: 5_000,
    statementTimeoutMs: TURN_MS_MAX,
  });
  const over = Promise.withResolvers<void>();
  const mine = Promise.withResolvers<void>();
  const turn = database.transaction(async (tx) => {
    // It stands idle for as long as a file takes; the server ends such transactions after 30 s.
    await tx.query({ text: 'set local idle_in_transaction_session_timeout = 0' });
    await tx.query({ text: 'select pg_advisory_xact_lock($1)', values: [TURN] });
    mine.resolve();
    await over.promise;
  });
  turn.catch(mine.reject);
  await mine.promise;
  return async () => {
    over.resolve();
    await turn;
    await database.close();
  };
}
