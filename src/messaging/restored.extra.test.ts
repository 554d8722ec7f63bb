/** An operator restores a backup that is older than what was sent: nothing of it leaves a second time by itself. */
import { execFile } from 'node:child_process';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  startServer,
  temporaryFolder,
  type ServerProcess,
} from '../../test/support/server-process.ts';
import { until } from '../../test/support/until.ts';
import { startFakeProvider, type FakeProvider } from '../../tools/fake-provider/fake-provider.ts';

const TEST_MS = 180_000;
const COMPTOIR = join(import.meta.dirname, '..', '..', 'bin', 'comptoir');
const APP_SECRET = 'app secret of a test';
const run = promisify(execFile);

let provider: FakeProvider;
let server: ServerProcess;
let copy: ServerProcess;
let folder: string;

beforeAll(async () => {
  // No statuses: one that comes to the copy settles its message, and rightly so.
  const behaviour = { statusDelayMs: 3_600_000 };
  provider = await startFakeProvider({ appSecret: APP_SECRET, behaviour });
  folder = await temporaryFolder('comptoir-restored-');
  server = await startServer({ env: environment() });
}, TEST_MS);
afterAll(async () => {
  await copy?.dispose();
  await server?.dispose();
  await provider?.close();
  await rm(folder, { recursive: true, force: true });
});

function environment(): Record<string, string> {
  return {
    COMPTOIR_DEMO: 'off',
    COMPTOIR_WHATSAPP_URL: provider.url,
    COMPTOIR_WHATSAPP_TOKEN: 'token',
    COMPTOIR_WHATSAPP_APP_SECRET: APP_SECRET,
  };
}

interface Answered {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function call(on: ServerProcess, path: string, body?: object): Promise<Answered> {
  const response = await fetch(`${on.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  // safe because every answer of the API is a JSON object
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function make(path: string, body: object, on = server): Promise<string> {
  const made = await call(on, path, body);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return String(made.body['id']);
}

async function statuses(on: ServerProcess): Promise<readonly string[]> {
  const { body } = await call(on, '/v1/messages?limit=100');
  return (body['items'] as { status: string }[]).map(({ status }) => status);
}

async function house(): Promise<House> {
  const senderId = await make('/v1/messages/senders', {
    name: 'Desk',
    channel: 'whatsapp',
    from: '+48123456789',
    phoneNumberId: '1001',
    wabaId: '2001',
    secretName: 'main',
    quietHours: null,
    caps: [],
  });
  const templateId = await make('/v1/messages/templates', {
    name: 'hello',
    channel: 'whatsapp',
    category: 'utility',
    variables: [],
    texts: [{ language: 'en', body: 'Hello.' }],
  });
  await call(server, `/v1/messages/templates/${templateId}/submit`, { senderId });
  await until('the template to be approved', async () =>
    JSON.stringify(await call(server, `/v1/messages/templates/${templateId}`)).includes(
      '"approval":"approved"',
    ),
  );
  return { senderId, templateId };
}

interface House {
  readonly senderId: string;
  readonly templateId: string;
}

function ask({ senderId, templateId }: House, phone: string, on = server): Promise<string> {
  const template = { id: templateId, language: 'en', variables: {} };
  const wanted = { channel: 'whatsapp', senderId, template, purpose: 'transactional' };
  return make('/v1/messages', { ...wanted, to: { phone } }, on);
}

/** Three guests that agreed, and a campaign to them that has begun. */
async function campaignOf(of: House): Promise<void> {
  for (const index of [1, 2, 3]) {
    const phone = `+4850200100${index}`;
    const id = await make('/v1/customers', { name: `Guest ${index}`, phone, language: 'en' });
    const consent = { channel: 'whatsapp', wording: 'Write to me.' };
    expect((await call(server, `/v1/customers/${id}/give-consent`, consent)).status).toBe(200);
  }
  const filter = { consents: ['whatsapp'] };
  const segmentId = await make('/v1/customers/segments', { name: 'All', filter });
  await until('the guests to be listed', async () => {
    const { body } = await call(server, '/v1/customers');
    const items = body['items'] as { consents: string[] }[];
    return items.filter(({ consents }) => consents.length === 1).length === 3;
  });
  const drafted = { name: 'News', channel: 'whatsapp', segmentId, ...of };
  const campaign = await make('/v1/messages/campaigns', { ...drafted, variables: {} });
  expect((await call(server, `/v1/messages/campaigns/${campaign}/start`, {})).status).toBe(200);
}

test(
  'what a backup shows as waiting and was sent since is unknown in the copy, and leaves only if a person says so',
  async () => {
    const own = await house();
    const { senderId } = own;
    await call(server, `/v1/messages/senders/${senderId}/pause`, { reason: 'backup' });
    const single = await ask(own, '+48501001001');
    await campaignOf(own);
    await until('four messages to wait', async () => (await statuses(server)).length === 4);
    const env = { ...process.env, COMPTOIR_DATA_DIR: server.dataDir, NO_COLOR: '1' };
    await run(COMPTOIR, ['backup', join(folder, 'backup')], { env });
    await call(server, `/v1/messages/senders/${senderId}/resume`, {});
    await until('all to be sent', () => provider.received.length === 4);
    await server.stop();

    const data = join(folder, 'restored');
    await run(COMPTOIR, ['restore', join(folder, 'backup')], {
      env: { ...env, COMPTOIR_DATA_DIR: data },
    });
    // The keys of persons are kept apart from backups, and are brought back by themselves.
    await cp(join(server.dataDir, 'keys'), join(data, 'keys'), { recursive: true });
    copy = await startServer({ dataDir: data, env: environment() });
    provider.webhookTo(`${copy.url}/public/webhooks/whatsapp/default`);
    await call(copy, `/v1/messages/senders/${senderId}/resume`, {});
    await until('the copy to say that it does not know', async () => {
      const shown = await statuses(copy);
      return shown.length === 4 && shown.every((status) => status === 'unknown');
    });
    const later = await ask(own, '+48501001009', copy);
    await until('what is asked for now to leave', () =>
      provider.received.some(({ callbackData }) => callbackData === later),
    );
    expect(provider.received).toHaveLength(5);
    const early = await call(copy, `/v1/messages/${single}/resend`, {});
    expect([early.status, early.body['code']]).toEqual([409, 'MESSAGE_STILL_OPEN']);
  },
  TEST_MS,
);
