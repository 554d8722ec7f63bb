/** A whole server in this process over a database of its own, with the fake provider as its channel: for tests. */
import type { TestDatabase } from '../../test/support/database.ts';
import { startFakeProvider, type FakeProvider } from '../../tools/fake-provider/fake-provider.ts';
import type { Behaviour } from '../../tools/fake-provider/behaviour.ts';
import type { App } from '../app.ts';
import { ADMIN_KEY, wholeServer } from '../whole-server.fixture.ts';

export const APP_SECRET = 'app secret of a test';
export const VERIFY_TOKEN = 'verify token of a test';
export const BOUNCE_TOKEN = 'bounce token of a test, long enough';

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
  const provider = await startFakeProvider({ appSecret: APP_SECRET, behaviour });
  const server = await wholeServer({
    COMPTOIR_PUBLIC_URL: 'https://bar.example',
    COMPTOIR_WHATSAPP_URL: provider.url,
    COMPTOIR_WHATSAPP_TOKEN: 'token',
    COMPTOIR_WHATSAPP_APP_SECRET: APP_SECRET,
    COMPTOIR_WHATSAPP_VERIFY_TOKEN: VERIFY_TOKEN,
    COMPTOIR_BOUNCE_TOKEN: BOUNCE_TOKEN,
    ...environment,
  });
  const { app, database } = server;
  provider.webhookTo(`${app.url}/public/webhooks/whatsapp/default`);
  return {
    app,
    database,
    provider,
    async call(method, at, body) {
      const response = await fetch(`${app.url}${at}`, {
        method,
        headers: {
          authorization: `Bearer ${ADMIN_KEY}`,
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
      await server.close();
    },
  };
}
