/** The demo filled as `npm start` fills it, everything included: half a minute on a quiet machine. */
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type ServerProcess } from '../../test/support/server-process.ts';
import { until } from '../../test/support/until.ts';
import { startMailServer, type MailServer } from '../platform/mail/smtp.fixture.ts';
import { DRAWINGS } from './pictures/drawings.ts';

const TIMEOUT_MS = 240_000;
const FILLED = { timeoutMs: 150_000, intervalMs: 500 };

/** Stands for the provider of chats; what it hears is kept, and nobody is answered. */
interface Outside {
  readonly server: Server;
  readonly heard: { count: number };
  readonly port: number;
}

let server: ServerProcess;
let whatsApp: Outside;
let mail: MailServer;

async function outside(): Promise<Outside> {
  const heard = { count: 0 };
  const listening = createServer((socket) => {
    heard.count += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return { server: listening, heard, port: (listening.address() as AddressInfo).port };
}

beforeAll(async () => {
  [whatsApp, mail] = [await outside(), await startMailServer()];
  server = await startServer({
    env: {
      COMPTOIR_DEMO: 'on',
      COMPTOIR_WHATSAPP_URL: `http://127.0.0.1:${whatsApp.port}`,
      COMPTOIR_WHATSAPP_TOKEN: 'a-token-of-the-installation',
      COMPTOIR_SMTP_URL: mail.url,
    },
  });
}, TIMEOUT_MS);
afterAll(async () => {
  await server.dispose();
  whatsApp.server.close();
  await mail.close();
});

type Answer = Record<string, unknown> & {
  readonly id: string;
  readonly items: readonly Record<string, unknown>[];
  readonly albums: readonly { readonly images: readonly object[] }[];
};

async function call(key: string, path: string, body?: object): Promise<Answer> {
  const answer = await fetch(`${server.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  expect(answer.ok, `${path}: ${text}`).toBe(true);
  // safe because the paths below answer with parts of this shape
  return (text === '' ? {} : JSON.parse(text)) as Answer;
}

const demoKey = (): string =>
  /Its API key, shown this once: (ck_\S+)/.exec(server.logs())?.[1] ?? '';
const get = (path: string): Promise<Answer> => call(demoKey(), path);

async function conversations(): Promise<void> {
  const filled = async () => (await get('/v1/messages/conversations')).items.length === 6;
  await until('the conversations of the demo', filled, FILLED);
}

test(
  'a demo is filled through the doors of the server, and its evening begins',
  async () => {
    await until(
      'the album of the demo',
      async () => (await get('/public/demo/gallery')).albums.length === 1,
      FILLED,
    );
    expect((await get('/public/demo/gallery')).albums[0]?.images).toHaveLength(DRAWINGS.length);
    const verdicts = async () => (await get('/v1/documents')).items.map(({ verdict }) => verdict);
    await until('verdicts', async () => (await verdicts()).every((each) => each !== null), FILLED);
    expect(new Set(await verdicts())).toEqual(new Set(['clean', 'disarmed', 'refused']));
    const names = (await get('/v1/documents')).items.map(({ name }) => name);
    expect(names).toContain('carte-du-dimanche.pdf');
    expect((await get('/v1/events/rejected')).items).toHaveLength(2);
    expect((await get('/v1/leads')).items.length).toBeGreaterThan(10);
    expect((await get('/v1/invoices')).items).toHaveLength(3);
    expect((await get('/v1/webhooks')).items).toHaveLength(1);
    const begun = async () =>
      (await get('/v1/orders?limit=20')).items.some(({ id }) => String(id).startsWith('evening-'));
    await until('the first order of the evening', begun, FILLED);
  },
  TIMEOUT_MS,
);

test(
  'a demo shows conversations and a campaign with its figures',
  async () => {
    await conversations();
    const { items } = await get('/v1/messages/conversations');
    expect(items).toHaveLength(6);
    expect(items[0]).toMatchObject({ unanswered: true, customerId: expect.any(String) });
    expect(items.filter(({ optedOut }) => optedOut === true)).toHaveLength(1);
    const progress = await get('/v1/messages/campaigns/new-wine-evening/progress');
    expect(progress).toMatchObject({ recipients: expect.any(Number) });
    expect(JSON.stringify(progress)).toMatch(/"open":0/);
    expect((await get('/v1/messages?status=failed')).items.length).toBeGreaterThan(0);
    const held = (await get('/v1/messages?status=held')).items;
    // This test runs at any hour: at night the house confirms bookings of its evening in the morning.
    expect(held.filter(({ reason }) => reason !== 'quiet-hours')).toEqual([]);
  },
  TIMEOUT_MS,
);

test(
  'what is sent in the demo comes to its end and not a byte leaves, though the installation sends for others',
  async () => {
    const key = demoKey();
    await conversations();
    // This test runs at any hour.
    await call(key, '/v1/messages/senders/front-desk/change', { quietHours: null });
    const { items } = await get('/v1/messages/conversations?unanswered=true');
    await call(key, `/v1/messages/conversations/${String(items[0]?.['id'])}/reply`, {
      text: 'Of course, at eight.',
    });
    const toGuest = { purpose: 'transactional', to: { customerId: 'guest-001' } };
    const own = [
      {
        channel: 'whatsapp',
        senderId: 'front-desk',
        template: { id: 'order-at-the-counter', variables: { name: 'A' } },
      },
      { channel: 'email', senderId: 'newsletter', text: 'Your table', subject: 'Table' },
    ];
    const asked: string[] = [];
    for (const each of own)
      asked.push((await call(key, '/v1/messages', { ...toGuest, ...each })).id);
    await call(key, '/v1/messages/campaigns/autumn-menu/start', {});
    await call(key, '/v1/messages/templates/tables-for-december/submit', {
      senderId: 'front-desk',
    });

    // The same by somebody else goes out, so the sender of messages is awake and has read what came before.
    const sender = await call(server.apiKey, '/v1/messages/senders', {
      name: 'House',
      channel: 'email',
      from: 'house@example.com',
      quietHours: null,
    });
    await call(server.apiKey, '/v1/messages', {
      channel: 'email',
      senderId: sender.id,
      purpose: 'transactional',
      to: { email: 'somebody@example.com' },
      text: 'Hello',
      subject: 'Hello',
    });
    await until('the e-mail of another tenant', () => mail.mails.length > 0, FILLED);
    const released = async () => {
      const progress = await get('/v1/messages/campaigns/autumn-menu/progress');
      return Number(progress['recipients']) > 50;
    };
    await until('the recipients of the campaign of the demo', released, FILLED);
    // The pretended provider took all of it: what was written by WhatsApp was delivered, e-mails are accepted at most.
    const statusOf = async (id: string) => (await get(`/v1/messages/${id}`))['status'];
    const [chat = '', letter = ''] = asked;
    const came = async () => ['delivered', 'read'].includes(String(await statusOf(chat)));
    await until('the message to a guest', came, FILLED);
    await until('the e-mail', async () => (await statusOf(letter)) === 'accepted', FILLED);
    const finished = async () => {
      const progress = await get('/v1/messages/campaigns/autumn-menu/progress');
      return progress['finished'] === true;
    };
    await until('the end of the campaign', finished, FILLED);
    const approved = async () => {
      const template = await get('/v1/messages/templates/tables-for-december');
      return JSON.stringify(template['reviews']).split('"approved"').length === 3;
    };
    await until('the review of the text', approved, FILLED);
    // Of the demo's hundreds not a byte came.
    expect(whatsApp.heard.count).toBe(0);
    expect(mail.mails.map(({ to }) => to)).toEqual(['somebody@example.com']);
  },
  TIMEOUT_MS,
);
