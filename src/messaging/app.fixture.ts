/** A whole server in this process over a database of its own, with the fake provider as its channel: for tests. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { takeTurn } from '../../test/support/whole-server-turn.ts';
import { startFakeProvider, type FakeProvider } from '../../tools/fake-provider/fake-provider.ts';
import type { Behaviour } from '../../tools/fake-provider/behaviour.ts';
import { createApp, type App } from '../app.ts';
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
