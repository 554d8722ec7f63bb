import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { until } from '../../../test/support/until.ts';
import { createWhatsAppClient, type WhatsAppClient } from './client.ts';

const ACCOUNT = { phoneNumberId: '1', token: 'secret' };
const CONTENT = { kind: 'text', text: 'Hello', subject: null } as const;
/** A thousand a second of a provider that answers after 300 ms. */
const AT_ONCE = 300;

let server: Server;
let client: WhatsAppClient;
let waiting: ServerResponse[];

/** A provider that answers when it is told to. */
async function open(connectionsMax?: number): Promise<void> {
  waiting = [];
  server = createServer((request, response) => {
    request.resume().on('end', () => waiting.push(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  client = createWhatsAppClient({
    baseUrl: `http://127.0.0.1:${port}/v23.0`,
    nowUs: () => 0,
    ...(connectionsMax === undefined ? {} : { connectionsMax }),
  });
}

function answerAll(): void {
  for (const response of waiting.splice(0))
    response.end(JSON.stringify({ messages: [{ id: 'wamid.1' }] }));
}

function send(index: number) {
  const message = { messageId: `m${index}`, to: '+48501234567', content: CONTENT };
  return client.send(ACCOUNT, { ...message, unsubscribeUrl: null });
}

afterEach(async () => {
  await client.close();
  server.close();
});

test('what is sent at a provider that takes its time leaves at once, not one answer after the other', async () => {
  await open();
  const sent = Array.from({ length: AT_ONCE }, (_, index) => send(index));
  await until('all to have arrived', () => waiting.length === AT_ONCE);
  answerAll();
  const results = await Promise.all(sent);
  expect(results.every(({ kind }) => kind === 'accepted')).toBe(true);
});

test('there is room when what sends is loaded, while a connection is free, and again when an answer came', async () => {
  await open(2);
  expect(client.hasRoom()).toBe(false);
  await until('it to be loaded', () => client.hasRoom());
  const sent = [send(1), send(2)];
  expect(client.hasRoom()).toBe(false);
  await until('both to have arrived', () => waiting.length === 2);
  answerAll();
  await Promise.all(sent);
  expect(client.hasRoom()).toBe(true);
});
