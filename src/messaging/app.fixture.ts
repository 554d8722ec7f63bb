/** A whole server in this process over a database of its own, with the fake provider as its channel: for tests. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { startFakeProvider, type FakeProvider } from '../../tools/fake-provider/fake-provider.ts';
import type { Behaviour } from '../../tools/fake-provider/behaviour.ts';
import { createApp, type App } from '../app.ts';
import { openDatabase } from '../platform/postgres/pool.ts';
import { loadConfig } from '../config.ts';

export const APP_SECRET = 'app secret of a test';
export const VERIFY_TOKEN = 'verify token of a test';
export const BOUNCE_TOKEN = 'bounce token of a test, long enough';
const KEY = 'an admin key of a messaging test';

export interface MessagingFixture {
  readonly app: App;
  readonly database: TestDatabase['database'];
  readonly provider: FakeProvider;
  call(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
  close(): Promise<void>;
}

export async function messagingFixture(
  behaviour: Partial<Behaviour> = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<MessagingFixture> {
  const held = await testDatabase({ connectionsMax: 2 });
  const endTurn = await takeTurn(held.url);
  const provider = await startFakeProvider({ appSecret: APP_SECRET, behaviour });
  const folder = await mkdtemp(path.join(tmpdir(), 'comptoir-messaging-'));
  const app = await createApp(
    loadConfig({
      COMPTOIR_DATABASE_URL: held.url,
      COMPTOIR_DATA_DIR: folder,
      COMPTOIR_HTTP_PORT: '0',
      COMPTOIR_DEMO: 'off',
      COMPTOIR_LOG_LEVEL: 'error',
      COMPTOIR_ADMIN_API_KEY: KEY,
      COMPTOIR_MASTER_KEY: randomBytes(32).toString('hex'),
      COMPTOIR_PUBLIC_URL: 'https://bar.example',
      COMPTOIR_WHATSAPP_URL: provider.url,
      COMPTOIR_WHATSAPP_TOKEN: 'token',
      COMPTOIR_WHATSAPP_APP_SECRET: APP_SECRET,
      COMPTOIR_WHATSAPP_VERIFY_TOKEN: VERIFY_TOKEN,
      COMPTOIR_BOUNCE_TOKEN: BOUNCE_TOKEN,
      ...environment,
    }),
  );
  provider.webhookTo(`${app.url}/public/webhooks/whatsapp/default`);
  return {
    app,
    database: held.database,
    provider,
    async call(method, at, body) {
      const response = await fetch(`${app.url}${at}`, {
        method,
        headers: {
          authorization: `Bearer ${KEY}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      // safe because every answer of the API is a JSON object
      const parsed = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
      return { status: response.status, body: parsed };
    },
    async close() {
      await provider.close();
      await app.close();
      await held.drop();
      await endTurn();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const TURN = 5_018;
/** Of one server at a time; the files that hold one take two minutes each on a machine that does nothing else for long. */
const TURN_MS_MAX = 900_000;
/** How long the hook that opens a fixture may take: its turn, and what a server takes to start. */
export const OPENED_MS_MAX = TURN_MS_MAX + 120_000;

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
